package dev.nightjar.engine.format.sklearn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.tabular.PythonPeer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimators that scikit-learn fits during the test, with what they predict. */
@Tag("full")
class SklearnOracleTest {
    private static final int COUNT = 500;

    @Test
    void predictsWhatScikitLearnDoes(@TempDir Path folder) throws Exception {
        PythonPeer.run("sklearn", SklearnOracleTest.class, "train_random.py", folder, COUNT, 5);
        OracleCases cases = OracleCases.of(folder);
        System.out.println("scikit-learn: " + cases);
        assertEquals("", String.join("\n", cases.failures()));
        // Some classes are not in all versions, and some random data cannot be fitted.
        assertTrue(cases.numModels() > COUNT * 9 / 10, cases::toString);
    }
}
