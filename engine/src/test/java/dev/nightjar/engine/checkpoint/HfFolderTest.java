package dev.nightjar.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.QueryTemperature;
import dev.nightjar.engine.format.lazy.TensorCopies;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingKnob;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder says beside its weights, and folders that lack something. */
class HfFolderTest {

    private static final String CONFIG =
            """
            {"model_type": "llama", "vocab_size": 6, "hidden_size": 8, "num_hidden_layers": 1,
             "num_attention_heads": 2, "intermediate_size": 16, "max_position_embeddings": 64%s}""";

    @TempDir private Path folder;

    private Checkpoint open(String more) throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG.formatted(more));
        WrittenTensor norm = new WrittenTensor(DType.F32, new Shape(8), new byte[32]);
        SafetensorsWriter.write(folder, Map.of("model.norm.weight", norm));
        return Checkpoints.open(folder);
    }

    @Test
    void endTokensComeFromTheGenerationConfigFirst() throws IOException {
        try (Checkpoint checkpoint = open(", \"eos_token_id\": 2")) {
            assertEquals(Set.of(2), checkpoint.endTokens());
            Path generation = folder.resolve("generation_config.json");
            Files.writeString(generation, "{\"eos_token_id\": [3, 4]}");
            assertEquals(Set.of(3, 4), checkpoint.endTokens());
            Files.writeString(generation, "{\"temperature\": 0.6}");
            assertEquals(Set.of(2), checkpoint.endTokens());
            Files.writeString(generation, "{\"eos_token_id\": [-3]}");
            assertThrows(ModelFormatException.class, checkpoint::endTokens);
        }
    }

    @Test
    void x1_samplingComesFromTheGenerationConfig() throws IOException {
        try (Checkpoint checkpoint = open("")) {
            assertEquals(ModelSampling.NONE, checkpoint.sampling());
            Path generation = folder.resolve("generation_config.json");
            Files.writeString(
                    generation,
                    """
                    {"do_sample": false, "temperature": 0.6, "top_k": 20, "top_p": 0.95,
                     "min_p": null, "typical_p": "0.5", "repetition_penalty": -1}""");
            assertEquals(
                    Map.of(
                            SamplingKnob.TEMPERATURE, 0.6,
                            SamplingKnob.TOP_K, 20.0,
                            SamplingKnob.TOP_P, 0.95),
                    checkpoint.sampling().values());
            Files.writeString(generation, "{\"do_sample\": false}");
            assertEquals(Map.of(SamplingKnob.TEMPERATURE, 0.0), checkpoint.sampling().values());
        }
    }

    @Test
    void tokenizersAreOptionalAndTyped() throws IOException {
        try (Checkpoint checkpoint = open("")) {
            assertTrue(checkpoint.tokenizer().isEmpty());
        }
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(
                file,
                """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                 "normalizer": null, "pre_tokenizer": null, "post_processor": null,
                 "decoder": null, "model": {"type": "BPE", "dropout": null, "unk_token": null,
                  "vocab": {"a": 0, "b": 1, "c": 2, "ab": 3}, "merges": ["a b"]}}""");
        try (Checkpoint checkpoint = open("")) {
            assertArrayEquals(new int[] {3, 2}, checkpoint.tokenizer().orElseThrow().encode("abc"));
        }
        Files.writeString(file, "{}");
        try (Checkpoint checkpoint = open("")) {
            assertThrows(ModelFormatException.class, checkpoint::tokenizer);
        }
    }

    @Test
    void unknownKeysAreRefusedUnlessTheySayNothing() throws IOException {
        try (Checkpoint checkpoint =
                open(", \"novelty\": null, \"other\": false, \"more\": [], \"use_cache\": true")) {
            assertEquals(8, checkpoint.config().hiddenSize());
        }
        try (Checkpoint checkpoint = open(", \"novelty\": 3")) {
            ModelFormatException refused =
                    assertThrows(ModelFormatException.class, checkpoint::config);
            assertTrue(refused.getMessage().contains("novelty"), refused.getMessage());
        }
    }

    @Test
    void unknownTypesListTheKnownOnes() throws IOException {
        try (Checkpoint checkpoint = open("")) {
            assertEquals("llama", checkpoint.architecture());
        }
        String config = CONFIG.formatted("").replace("\"llama\"", "\"novel\"");
        Files.writeString(folder.resolve("config.json"), config);
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            ModelFormatException refused =
                    assertThrows(ModelFormatException.class, checkpoint::architecture);
            assertTrue(refused.getMessage().contains("qwen3_moe"), refused.getMessage());
        }
    }

    @Test
    void aPartOfALargerModelIsFound() throws IOException {
        String config =
                """
                {"model_type": "gemma3", "vision_config": {"x": 1}, "mm_tokens_per_image": 256,
                 "boi_token_index": 1, "eos_token_id": [1, 106], "text_config": {
                  "hidden_size": 2560, "intermediate_size": 10240, "model_type": "gemma3_text",
                  "num_hidden_layers": 34, "sliding_window": 1024,
                  "rope_scaling": {"factor": 8.0, "rope_type": "linear"}}}""";
        open("").close();
        Files.writeString(folder.resolve("config.json"), config);
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            assertEquals("gemma3", checkpoint.architecture());
            assertEquals(256, checkpoint.config().headDim());
            assertEquals(4, checkpoint.config().numKvHeads());
            assertEquals(1024, checkpoint.config().windowOf(0));
            assertEquals(0, checkpoint.config().windowOf(5));
            assertEquals(10_000, checkpoint.config().ropeOf(0).theta());
            assertEquals(1_000_000, checkpoint.config().ropeOf(5).theta());
            assertEquals(Set.of(1, 106), checkpoint.endTokens());
        }
    }

    @Test
    void scoresThatGrowReachTheWholeContext() throws IOException {
        String scaling =
                """
                , "rope_parameters": {"rope_type": "yarn", "factor": 4.0, "rope_theta": 1e6,
                 "llama_4_scaling_beta": 0.1, "original_max_position_embeddings": 16%s}""";
        String config = CONFIG.replace("\"llama\"", "\"ministral3\"");
        open("").close();
        Path file = folder.resolve("config.json");
        Files.writeString(file, config.formatted(scaling.formatted("")));
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            assertEquals(64, checkpoint.config().maxPositions());
            assertEquals(
                    Optional.of(new QueryTemperature(0.1, 16)),
                    checkpoint.config().queryTemperature());
        }
        String partly = scaling.formatted(", \"partial_rotary_factor\": 0.5");
        Files.writeString(file, config.formatted(partly));
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            assertThrows(ModelFormatException.class, checkpoint::config);
        }
    }

    @Test
    void packedWeightsAreConverted() throws IOException {
        String quantization =
                ", \"quantization_config\": {\"quant_method\": \"gptq\", \"bits\": 4,"
                        + " \"group_size\": 32, \"sym\": true, \"damp_percent\": 0.1}";
        open(quantization).close();
        // Codes of 9 less a zero point of 8, scales of about 1.
        String base = "model.layers.0.self_attn.q_proj.";
        SafetensorsWriter.write(
                folder,
                Map.of(
                        base + "qweight", filled(DType.I32, 0x99, 4, 8),
                        base + "qzeros", filled(DType.I32, 0x77, 1, 1),
                        base + "scales", filled(DType.F16, 0x3c, 1, 8)));
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            assertEquals(64, checkpoint.config().maxPositions());
            Tensor weight = checkpoint.weights().tensor("blk.0.attn_q.weight").orElseThrow();
            assertEquals(DType.Q4_0, weight.dtype());
            assertEquals(new Shape(8, 32), weight.shape());
            // The scale is the half 0x3c3c, 1.05859375.
            assertEquals(1.05859375f, TensorCopies.floats(weight, 0, 32)[31]);
        }
    }

    private static WrittenTensor filled(DType dtype, int value, long... dims) {
        Shape shape = new Shape(dims);
        byte[] bytes = new byte[(int) dtype.bytesFor(shape.numElements())];
        Arrays.fill(bytes, (byte) value);
        return new WrittenTensor(dtype, shape, bytes);
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertMentions("config.json", folder);
        Files.writeString(folder.resolve("config.json"), CONFIG.formatted(""));
        assertMentions("model.safetensors", folder);
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"weight_map\": {\"a\": \"part-1.safetensors\"}}");
        assertMentions("part-1.safetensors", folder);
        Files.writeString(index, "{\"weight_map\": {\"a\": \"../secret.safetensors\"}}");
        assertMentions("beside the index", folder);
        Files.writeString(index, "{}");
        assertMentions("weight_map", folder);
    }

    private static void assertMentions(String text, Path path) {
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> Checkpoints.open(path).close());
        assertTrue(refused.getMessage().contains(text), refused.getMessage());
    }
}
