package dev.nightjar.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Mutations;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.family.Families;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged configurations of every family are refused with typed errors, or mean something. */
class DamagedConfigTest {

    static Stream<String> families() {
        return GoldenFolders.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("families")
    void some(String family) {
        check(family, 300);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("families")
    void many(String family) {
        check(family, 40_000);
    }

    private static void check(String family, int count) {
        byte[] config = GoldenFolders.all().get(family).config().getBytes(StandardCharsets.UTF_8);
        Map<String, LazyTensor> tensors = new LinkedHashMap<>();
        // Shapes that fit some layouts and not others.
        for (String name :
                new String[] {
                    "model.layers.0.self_attn.kv_b_proj.weight",
                    "h.0.self_attention.query_key_value.weight",
                    "gpt_neox.layers.0.attention.query_key_value.bias",
                    "transformer.h.0.attn.c_attn.weight",
                    "model.layers.#.*.weight",
                    "model.layers.0.mlp.experts.gate_up_proj"
                }) {
            tensors.put(
                    name,
                    LazyTensor.of(
                            new WrittenTensor(DType.F16, new Shape(24, 2), new byte[96]).tensor()));
        }
        // Families know their keys, so few changes are without effect.
        assertTrue(Mutations.refused(config, count, 5, bytes -> read(bytes, tensors)) > 0);
    }

    private static void read(byte[] bytes, Map<String, LazyTensor> tensors) {
        HfConfig config = HfConfig.of("config.json", JsonReader.readObject(bytes, "config", 0));
        Family family = Families.of(config);
        ModelConfig model = family.config(config);
        config.refuseUnknownKeys();
        try {
            family.names(model).apply("weights", tensors);
        } catch (ModelFormatException unfit) {
            // The tensors fit one family or another, not this one.
            assertTrue(unfit.getMessage().contains("tensor"), unfit.getMessage());
        }
    }
}
