package dev.nightjar.engine.format.onnx;

import dev.nightjar.engine.format.Mutations;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged files are refused with typed errors, or read and run, in bounded memory. */
class DamagedOnnxTest {
    private static final List<String> FILES =
            List.of("boosted_small", "mlp", "pipeline", "svc_3_proba", "trees_v5");

    @Test
    void some() throws IOException {
        check(1000, 1);
    }

    @Tag("full")
    @Test
    void aMillion() throws IOException {
        check(1_000_000 / FILES.size(), 100);
    }

    private static void check(int count, long seed) throws IOException {
        for (int i = 0; i < FILES.size(); i++) {
            byte[] file = OnnxFileTest.bytes(FILES.get(i) + ".onnx");
            int refused = Mutations.refused(file, count, seed + i, DamagedOnnxTest::readAll);
            System.out.printf("%s: refused %d of %d%n", FILES.get(i), refused, count);
        }
    }

    private static void readAll(byte[] file) {
        TabularModel model = OnnxFile.read(file, "damaged");
        if (model.numFeatures() > 1000) {
            return;
        }
        String[][] texts = new String[model.numFeatures()][];
        model.textFeatures().forEach(column -> texts[column] = new String[] {"red", "blue"});
        Table rows = Table.of(2, new double[2 * model.numFeatures()], texts);
        for (PredictionKind kind : model.kinds()) {
            try {
                model.predict(rows, kind);
            } catch (InvalidRequestException e) {
                // These rows are no longer what the model takes.
            }
        }
    }
}
