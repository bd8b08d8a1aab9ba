package dev.nightjar.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.GoldenModel;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.encoder.RankedText;
import dev.nightjar.engine.format.HostVector;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufWriter;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Decoders that judge pairs: their score is the difference of two logits of the last token, which
 * an independent engine computed for the small model.
 */
class CausalJudgeTest {

    private static final int YES = 200;
    private static final int NO = 210;

    @TempDir private Path folder;

    private final GoldenFolder golden = GoldenFolders.all().get("qwen3");

    private static float[] row(GgufFile file, int row) {
        Tensor head =
                file.tensor("output.weight")
                        .or(() -> file.tensor("token_embd.weight"))
                        .orElseThrow();
        return HostVector.floats(head.rows(row, 1));
    }

    /** The golden model as a converter writes judges. */
    private Path file(boolean hasHead) throws IOException {
        Path file = folder.resolve("judge.gguf");
        try (GgufFile source = GgufFile.open(golden.source().resolve("model.gguf"))) {
            GgufWriter writer = CausalEmbeddingTest.copy(source).uint32("qwen3.pooling_type", 4);
            float[] yes = row(source, YES);
            float[] both = new float[2 * yes.length];
            System.arraycopy(yes, 0, both, 0, yes.length);
            System.arraycopy(row(source, NO), 0, both, yes.length, yes.length);
            if (hasHead) {
                writer.floatTensor("cls.output.weight", both, 2, yes.length);
            }
            writer.write(file);
        }
        return file;
    }

    private static void check(EncoderModel model, GoldenModel expected, int yes, int no)
            throws InterruptedException {
        List<EncoderInput> inputs = CausalEmbeddingTest.beginnings(expected);
        float[][] scores = model.compute(inputs);
        int V = expected.logits().limit() / inputs.size();
        for (int i = 0; i < scores.length; i++) {
            assertEquals(1, scores[i].length);
            float difference =
                    expected.logits().get(i * V + yes) - expected.logits().get(i * V + no);
            assertEquals(difference, scores[i][0], 2e-3, "position " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalar", "vector"})
    void theScoreIsTheDifferenceOfTwoLogits(String backend) throws Exception {
        GoldenModel expected = GoldenModel.read(golden.source());
        try (Engine engine = CausalEmbeddingTest.open(backend, file(true))) {
            EncoderModel model = engine.encoders().getFirst();
            assertEquals(Set.of(EncoderTask.RERANK), model.tasks());
            check(model, expected, YES, NO);
        }
    }

    @Test
    void aFileWithoutItsHeadIsRefused() throws IOException {
        Path file = file(false);
        String message =
                assertThrows(ModelFormatException.class, () -> Engine.open(file)).getMessage();
        assertTrue(message.contains("cls.output.weight"), message);
    }

    /** Folders have the whole head, and a vocabulary that tells the two tokens. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void foldersAreKnownByTheirNames(boolean byTitle) throws Exception {
        GoldenModel expected = GoldenModel.read(golden.source());
        Path model = folder.resolve(byTitle ? "model" : "Qwen3-Reranker-tiny");
        Files.createDirectories(model);
        SafetensorsWriter.write(model, golden.tensors(model));
        if (byTitle) {
            Files.writeString(model.resolve("README.md"), "---\n---\n# Qwen3-Reranker-0.6B\n");
        }
        String message =
                assertThrows(ModelFormatException.class, () -> Engine.open(model)).getMessage();
        assertTrue(message.contains("yes"), message);
        int V = expected.logits().limit() / expected.tokens().size();
        Files.writeString(model.resolve("tokenizer.json"), tokenizer(V));
        try (Engine engine = CausalEmbeddingTest.open("vector", model)) {
            EncoderModel judge = engine.encoders().getFirst();
            check(judge, expected, YES, NO);
            List<RankedText> ranked = judge.rerank("a", List.of("b", "a b", "c a"));
            assertEquals(3, ranked.size());
            assertTrue(ranked.get(0).rawScore() >= ranked.get(2).rawScore());
            assertTrue(ranked.getFirst().numTokens() > 300, "the prompt is there");
        }
    }

    /** Tokens of one byte, and those that the model judges by. */
    private static String tokenizer(int size) {
        String letters =
                IntStream.range(0, size)
                        .mapToObj(
                                id ->
                                        "\"%s\": %d"
                                                .formatted(
                                                        switch (id) {
                                                            case YES -> "yes";
                                                            case NO -> "no";
                                                            default ->
                                                                    id < 0x7f
                                                                            ? spelled(id)
                                                                            : "t" + id;
                                                        },
                                                        id))
                        .collect(Collectors.joining(", "));
        return """
                {"version": "1.0", "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false,
                                   "trim_offsets": true, "use_regex": true},
                 "decoder": {"type": "ByteLevel"},
                 "model": {"type": "BPE", "vocab": {%s}, "merges": []}}
                """
                .formatted(letters);
    }

    /** As files write bytes, quoted. */
    private static String spelled(int id) {
        return switch (id) {
            case '"', '\\' -> "\\" + (char) id;
            default -> id <= 0x20 ? Character.toString(0x100 + id) : Character.toString(id);
        };
    }
}
