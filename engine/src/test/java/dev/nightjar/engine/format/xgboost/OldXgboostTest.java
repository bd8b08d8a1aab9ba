package dev.nightjar.engine.format.xgboost;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models in the format that XGBoost itself no longer reads. */
class OldXgboostTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xg_dart_agaricus.model",
                "xgagaricus.model",
                "xgblin_agaricus.model",
                "xgdermatology.model"
            })
    void oldBinariesAreRefusedWithAdvice(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(SharedFiles.get("data", "classical", "leaves", name));
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> XgboostFile.read(bytes, name));
        assertTrue(refused.getMessage().contains("save_model"), refused.getMessage());
    }
}
