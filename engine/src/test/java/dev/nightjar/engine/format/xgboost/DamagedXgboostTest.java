package dev.nightjar.engine.format.xgboost;

import dev.nightjar.engine.format.Mutations;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged files are refused with typed errors, or read. */
class DamagedXgboostTest {

    @Test
    void some() throws IOException {
        Mutations.check(json(), 2000, 1, DamagedXgboostTest::readAll);
        Mutations.check(binary(), 2000, 2, DamagedXgboostTest::readAll);
    }

    @Tag("full")
    @Test
    void aMillion() throws IOException {
        Mutations.check(json(), 500_000, 3, DamagedXgboostTest::readAll);
        Mutations.check(binary(), 500_000, 4, DamagedXgboostTest::readAll);
    }

    private static byte[] json() {
        return XgboostFileTest.MODEL.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] binary() throws IOException {
        try (InputStream in = DamagedXgboostTest.class.getResourceAsStream("categories.ubj")) {
            return in.readAllBytes();
        }
    }

    private static void readAll(byte[] file) {
        TabularModel model = XgboostFile.read(file, "damaged").booster();
        if (model.numFeatures() < 1000) {
            model.predict(
                    Table.of(1, model.numFeatures(), new double[model.numFeatures()]),
                    PredictionKind.VALUE);
        }
    }
}
