package dev.nightjar.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.format.gguf.GgufFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Folders written from the goldens of {@code decoder_goldens.py} compute their logits. */
class OwnFoldersTest {

    private static final int VOCAB = 29;
    private static final int TOKENS = 24;
    private static final int[] IDS = IntStream.range(0, TOKENS).map(i -> i * 7 % VOCAB).toArray();

    /** GGUF files round GELU to half precision, folders do not. */
    private static final double MAX_NMSE = 1e-5;

    private static final String SIZES =
            """
            {"vocab_size": 29, "hidden_size": 24, "intermediate_size": 20, "head_dim": 8,
             "num_attention_heads": 6, "num_key_value_heads": 2, "max_position_embeddings": 64,
             "%s": 1e-5, "tie_word_embeddings": false, %s}""";

    private static final String LAYER = "model.layers.#.";

    @TempDir private Path folder;

    static Stream<GoldenFolder> cases() {
        return Stream.of(gemma(), cohere2(), olmo3(), seedOss());
    }

    private static GoldenFolder gemma() {
        UnaryOperator<WrittenTensor> norm = WrittenTensor::minusOne;
        String second = LAYER + "post_attention_layernorm.weight";
        return decoder("gemma", "\"model_type\": \"gemma\", \"num_hidden_layers\": 2")
                .change("output_norm.weight", "model.norm.weight", norm)
                .change("blk.#.attn_norm.weight", LAYER + "input_layernorm.weight", norm)
                .change("blk.#.ffn_norm.weight", second, norm);
    }

    private static GoldenFolder cohere2() {
        return decoder(
                "cohere2-window",
                """
                "model_type": "cohere2", "num_hidden_layers": 5,
                 "logit_scale": 0.25, "sliding_window": 6, "sliding_window_pattern": 4,
                 "position_embedding_type": "rope_gptj", "rotary_pct": 1.0, "layer_switch": 4,
                 "order_of_interleaved_layers": "local_attn_first"
                """);
    }

    private static GoldenFolder olmo3() {
        return decoder(
                        "olmo3-window",
                        """
                        "model_type": "olmo3", "num_hidden_layers": 5, "sliding_window": 6,
                         "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "beta_fast": 32.0,
                         "beta_slow": 1.0, "attention_factor": 1.138629436111989,
                         "original_max_position_embeddings": 16}
                        """)
                .name("blk.#.attn_q_norm.weight", LAYER + "self_attn.q_norm.weight")
                .name("blk.#.attn_k_norm.weight", LAYER + "self_attn.k_norm.weight")
                .name("blk.#.post_attention_norm.weight", LAYER + "post_attention_layernorm.weight")
                .name("blk.#.post_ffw_norm.weight", LAYER + "post_feedforward_layernorm.weight");
    }

    private static GoldenFolder seedOss() {
        return decoder(
                        "seed-oss",
                        """
                        "model_type": "seed_oss", "num_hidden_layers": 2, "attention_bias": true,
                         "attention_out_bias": false, "residual_dropout": 0.1
                        """)
                .name(
                        "blk.#.post_attention_norm.weight",
                        LAYER + "post_attention_layernorm.weight");
    }

    private static GoldenFolder decoder(String golden, String keys) {
        String eps = golden.startsWith("cohere") ? "layer_norm_eps" : "rms_norm_eps";
        return GoldenFolder.decoder(golden, SIZES.formatted(eps, keys));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logitsMatch(GoldenFolder golden) throws Exception {
        Path file = folder.resolve("golden.gguf");
        Files.write(file, resource(golden.golden() + ".gguf"));
        try (GgufFile gguf = GgufFile.open(file)) {
            SafetensorsWriter.write(folder, golden.tensors(folder, gguf));
        }
        FloatBuffer expected =
                ByteBuffer.wrap(resource(golden.golden() + ".logits.f32"))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        List<Integer> seen = new ArrayList<>();
        try (Engine engine = Engine.builder().backend("scalar").model(folder).open()) {
            engine.model()
                    .logits(
                            IDS,
                            (position, logits) -> {
                                seen.add(position);
                                double nmse = nmse(logits, expected, position);
                                assertTrue(
                                        nmse < MAX_NMSE,
                                        "%s at %d: NMSE %.3g"
                                                .formatted(golden.golden(), position, nmse));
                            });
        }
        assertEquals(TOKENS, seen.size());
    }

    private static double nmse(float[] logits, FloatBuffer expected, int position) {
        double error = 0;
        double power = 0;
        for (int i = 0; i < VOCAB; i++) {
            double b = expected.get(position * VOCAB + i);
            error += (logits[i] - b) * (logits[i] - b);
            power += b * b;
        }
        return error / power;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Engine.class.getResourceAsStream("golden/" + name)) {
            return in.readAllBytes();
        }
    }
}
