package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.KvType;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.WeightLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Copied weights and mapped ones give the same logits but for rounding: the two layouts add in
 * different orders.
 */
class RepackTest {

    private static final double MAX_NMSE = 1e-10;
    private static final int[] IDS = {1, 5, 9, 2, 7, 30, 4, 8, 12, 3, 21, 6};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama",
                "mixtral",
                "quant-F16",
                "quant-Q8_0",
                "quant-Q4_0",
                "quant-Q4_K",
                "quant-Q5_K",
                "quant-Q6_K"
            })
    void bothLayoutsGiveTheSameLogits(String model) {
        ComputeBackends.require("vector");
        Path file = SharedFiles.get("golden", model, "model.gguf");
        List<float[]> packed = logits(file, WeightLayout.REPACKED);
        List<float[]> mapped = logits(file, WeightLayout.IN_PLACE);
        double error = 0;
        double power = 0;
        for (int position = 0; position < IDS.length; position++) {
            for (int i = 0; i < packed.get(position).length; i++) {
                double a = mapped.get(position)[i];
                error += Math.pow(packed.get(position)[i] - a, 2);
                power += a * a;
            }
        }
        assertTrue(power > 0, "logits of a model are not all zero");
        assertTrue(error <= MAX_NMSE * power, model + ": NMSE " + error / power);
    }

    private static List<float[]> logits(Path file, WeightLayout layout) {
        List<float[]> rows = new ArrayList<>();
        try (Engine engine =
                Engine.builder()
                        .backend("vector")
                        .options(LoadOptions.defaults().withKvType(KvType.F32))
                        .activations(ActivationPrecision.EXACT)
                        .weightLayout(layout)
                        .model(file)
                        .open()) {
            engine.model().logits(IDS, (position, row) -> rows.add(row.clone()));
        }
        return rows;
    }
}
