package dev.nightjar.engine.format.sklearn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of every class that is supported, with their predictions. */
class SklearnGoldenTest {

    @Test
    void predictsWhatScikitLearnDid(@TempDir Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : Goldens.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        OracleCases cases = OracleCases.of(folder);
        System.out.println("scikit-learn, goldens: " + cases);
        assertEquals("", String.join("\n", cases.failures()));
        assertTrue(cases.numModels() > 130, cases::toString);
    }
}
