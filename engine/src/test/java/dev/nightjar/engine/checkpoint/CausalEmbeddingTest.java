package dev.nightjar.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.ComputeBackends;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.GoldenModel;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.format.HostVector;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufWriter;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.engine.request.KvType;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Decoders that make vectors. What an independent engine computed for the small model are logits;
 * they are the products of its hidden states, the vectors here, with the rows of its head.
 */
class CausalEmbeddingTest {

    private static final double MAX_NMSE = 1e-7;
    private static final String MODULES =
            """
            [{"path": "", "type": "sentence_transformers.models.Transformer"},
             {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
             {"path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
            """;

    @TempDir private Path folder;

    private final GoldenFolder golden = GoldenFolders.all().get("qwen3");

    private void write(String flag) throws IOException {
        SafetensorsWriter.write(folder, golden.tensors(folder));
        Files.writeString(folder.resolve("modules.json"), MODULES);
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.writeString(
                folder.resolve("1_Pooling/config.json"), "{\"%s\": true}".formatted(flag));
    }

    static Engine open(String backend, Path model) {
        ComputeBackends.require(backend);
        LoadOptions options = LoadOptions.defaults().withKvType(KvType.F32);
        return Engine.builder().backend(backend).options(options).model(model).open();
    }

    /** All beginnings of the golden's tokens. */
    static List<EncoderInput> beginnings(GoldenModel expected) {
        int[] tokens = expected.tokens().stream().mapToInt(Integer::intValue).toArray();
        List<EncoderInput> inputs = new ArrayList<>();
        for (int length = 1; length <= tokens.length; length++) {
            inputs.add(EncoderInput.of(Arrays.copyOf(tokens, length)));
        }
        return inputs;
    }

    /** The head {@code [V, C]} of the golden model. */
    private float[] head() {
        try (GgufFile file = GgufFile.open(golden.source().resolve("model.gguf"))) {
            Tensor rows =
                    file.tensor("output.weight")
                            .or(() -> file.tensor("token_embd.weight"))
                            .orElseThrow();
            return HostVector.floats(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalar", "vector"})
    void vectorsTimesTheHeadAreTheLogits(String backend) throws Exception {
        GoldenModel expected = GoldenModel.read(golden.source());
        float[] head = head();
        write("pooling_mode_lasttoken");
        try (Engine engine = open(backend, folder)) {
            EncoderModel model = engine.encoders().getFirst();
            assertEquals(Set.of(EncoderTask.EMBED), model.tasks());
            assertEquals(List.of(), engine.models());
            float[][] vectors = model.compute(beginnings(expected));
            double nmse = nmse(vectors, head, expected, 0);
            assertTrue(nmse < MAX_NMSE, "NMSE " + nmse);
            // Those of the token before are no such thing.
            assertTrue(nmse(vectors, head, expected, 1) > 1e5 * MAX_NMSE);
        }
    }

    private static double nmse(float[][] vectors, float[] head, GoldenModel expected, int shift) {
        int C = vectors[0].length;
        int V = head.length / C;
        double error = 0;
        double total = 0;
        for (int position = shift; position < vectors.length; position++) {
            for (int token = 0; token < V; token++) {
                double logit = 0;
                for (int c = 0; c < C; c++) {
                    logit += (double) vectors[position - shift][c] * head[token * C + c];
                }
                double golden = expected.logits().get(position * V + token);
                error += (logit - golden) * (logit - golden);
                total += golden * golden;
            }
        }
        return error / total;
    }

    @Test
    void vectorsDoNotDependOnTheOthersOfAStep() throws Exception {
        GoldenModel expected = GoldenModel.read(golden.source());
        List<EncoderInput> inputs = beginnings(expected);
        write("pooling_mode_mean_tokens");
        try (Engine engine = open("vector", folder)) {
            EncoderModel model = engine.encoders().getFirst();
            assertEquals(Pooling.MEAN, model.pooling());
            float[][] together = model.compute(inputs);
            for (int i = 0; i < inputs.size(); i += 7) {
                assertArrayEquals(together[i], model.compute(inputs.subList(i, i + 1))[0]);
            }
        }
    }

    @Test
    void withoutModulesItGeneratesText() throws Exception {
        SafetensorsWriter.write(folder, golden.tensors(folder));
        try (Engine engine = Engine.open(folder)) {
            assertEquals(1, engine.models().size());
            assertEquals(List.of(), engine.encoders());
        }
    }

    /** The same model as a GGUF file, with a pooling type or without. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void filesSayItToo(int pooling) throws Exception {
        Path file = folder.resolve("model.gguf");
        try (GgufFile source = GgufFile.open(golden.source().resolve("model.gguf"))) {
            copy(source).uint32("qwen3.pooling_type", pooling).write(file);
        }
        try (Engine engine = open("vector", file)) {
            assertEquals(pooling == 0 ? 1 : 0, engine.models().size());
            if (pooling == 3) {
                GoldenModel expected = GoldenModel.read(golden.source());
                float[][] vectors = engine.encoders().getFirst().compute(beginnings(expected));
                assertTrue(nmse(vectors, head(), expected, 0) < MAX_NMSE);
            }
        }
    }

    static GgufWriter copy(GgufFile source) {
        GgufWriter writer =
                new GgufWriter()
                        .string("general.architecture", "qwen3")
                        .string("tokenizer.ggml.model", "none");
        for (String key :
                List.of(
                        "context_length",
                        "embedding_length",
                        "block_count",
                        "feed_forward_length",
                        "attention.head_count",
                        "attention.head_count_kv",
                        "attention.key_length",
                        "attention.value_length")) {
            String name = "qwen3." + key;
            if (source.metadata().keys().contains(name)) {
                writer.uint32(name, Long.parseLong(source.metadata().text(name)));
            }
        }
        for (String key : List.of("attention.layer_norm_rms_epsilon", "rope.freq_base")) {
            String name = "qwen3." + key;
            writer.float32(name, Double.parseDouble(source.metadata().text(name)));
        }
        for (String name : source.tensorNames()) {
            Tensor tensor = source.tensor(name).orElseThrow();
            writer.tensor(
                    name,
                    tensor.dtype(),
                    tensor.data().toArray(ValueLayout.JAVA_BYTE),
                    tensor.shape().dims());
        }
        return writer;
    }
}
