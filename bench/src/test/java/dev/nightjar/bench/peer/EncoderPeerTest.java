package dev.nightjar.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.kernels.backend.ActivationPrecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sentences a second of a random MiniLM-L6 beside ONNX Runtime, in turns in one process, the same
 * weights and vectors. {@code -Dpeer.rounds} sets how many turns each takes.
 */
@Tag("full")
class EncoderPeerTest {

    private static final int NUM_ROUNDS = Integer.getInteger("peer.rounds", 7);
    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static final double ROUND_SECONDS = 0.7;
    private static final int VOCAB = 30_000;

    @TempDir private static Path folder;

    @BeforeAll
    static void writeModel() throws IOException, InterruptedException {
        Path script = root().resolve(Path.of("bench", "src", "test", "python", "minilm.py"));
        String python = System.getProperty("peer.python", "/usr/bin/python3");
        if (!Files.isExecutable(Path.of(python))) {
            Assumptions.abort("skipped: needs " + python + "; set -Dpeer.python");
        }
        Process process =
                new ProcessBuilder(python, script.toString(), folder.toString())
                        .inheritIO()
                        .start();
        if (process.waitFor() != 0) {
            Assumptions.abort("skipped: " + script + " needs numpy and onnx");
        }
    }

    @Test
    void sentencesPerSecond() throws IOException {
        try (Engine engine = Engine.open(folder);
                Engine small = Engine.builder().quantizeTo(Mixture.Q8_0).model(folder).open();
                Engine rough =
                        Engine.builder()
                                .activations(ActivationPrecision.INT8)
                                .model(folder)
                                .open();
                OnnxSession floats = new OnnxSession(folder.resolve("model.onnx"), THREADS);
                OnnxSession bytes = new OnnxSession(folder.resolve("model-int8.onnx"), THREADS)) {
            EncoderModel ours = engine.encoders().getFirst();
            requireEqualVectors(ours, floats);
            System.out.println(
                    "| tokens, batch | Nightjar F32, Q8_0, int8 | ONNX Runtime F32, int8 | F32 / F32"
                            + " | Q8_0 / F32 | int8 / F32 | int8 / int8 |");
            List<EncoderModel> all =
                    List.of(ours, small.encoders().getFirst(), rough.encoders().getFirst());
            for (int tokens : new int[] {16, 128, 512}) {
                for (int batch : new int[] {1, 32}) {
                    report(tokens, batch, all, floats, bytes);
                }
            }
        }
    }

    private static void requireEqualVectors(EncoderModel ours, OnnxSession peer) {
        long[][] ids = ids(3, 37);
        float[][] expected = peer.embed(ids);
        List<Embedding> actual = embed(ours, inputs(ids));
        for (int i = 0; i < ids.length; i++) {
            float[] vector = actual.get(i).vector();
            assertEquals(expected[i].length, vector.length);
            for (int j = 0; j < vector.length; j++) {
                assertTrue(
                        Math.abs(expected[i][j] - vector[j]) < 1e-5,
                        "element %d: %s, peer %s".formatted(j, vector[j], expected[i][j]));
            }
        }
    }

    private static void report(
            int tokens, int batch, List<EncoderModel> ours, OnnxSession floats, OnnxSession bytes) {
        long[][] ids = ids(batch, tokens);
        List<EncoderInput> inputs = inputs(ids);
        double[][] rates = new double[5][NUM_ROUNDS];
        List<DoubleSupplier> turns =
                List.of(
                        () -> rate(batch, () -> embed(ours.get(0), inputs)),
                        () -> rate(batch, () -> embed(ours.get(1), inputs)),
                        () -> rate(batch, () -> embed(ours.get(2), inputs)),
                        () -> rate(batch, () -> floats.embed(ids)),
                        () -> rate(batch, () -> bytes.embed(ids)));
        turns.forEach(DoubleSupplier::getAsDouble);
        for (int round = 0; round < NUM_ROUNDS; round++) {
            for (int i = 0; i < turns.size(); i++) {
                rates[i][round] = turns.get(i).getAsDouble();
            }
        }
        System.out.printf(
                "| %d, %d | %.1f, %.1f, %.1f | %.1f, %.1f | %.2f | %.2f | %.2f | %.2f |%n",
                tokens,
                batch,
                median(rates[0]),
                median(rates[1]),
                median(rates[2]),
                median(rates[3]),
                median(rates[4]),
                ratio(rates[0], rates[3]),
                ratio(rates[1], rates[3]),
                ratio(rates[2], rates[3]),
                ratio(rates[2], rates[4]));
    }

    /** The median of the rounds' ratios: neighbours slow down both sides of a round. */
    private static double ratio(double[] ours, double[] theirs) {
        double[] ratios = new double[ours.length];
        Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
        return median(ratios);
    }

    /** Sentences a second of calls for some time. */
    private static double rate(int batch, Runnable call) {
        long start = System.nanoTime();
        int calls = 0;
        double seconds;
        do {
            call.run();
            calls++;
            seconds = (System.nanoTime() - start) / 1e9;
        } while (seconds < ROUND_SECONDS);
        return calls * batch / seconds;
    }

    private static List<Embedding> embed(EncoderModel model, List<EncoderInput> inputs) {
        try {
            return model.embedInputs(inputs, EmbedOptions.defaults());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long[][] ids(int batch, int tokens) {
        Random random = new Random(tokens);
        return IntStream.range(0, batch)
                .mapToObj(i -> random.longs(tokens, 5, VOCAB).toArray())
                .toArray(long[][]::new);
    }

    private static List<EncoderInput> inputs(long[][] ids) {
        return Arrays.stream(ids)
                .map(row -> EncoderInput.of(Arrays.stream(row).mapToInt(id -> (int) id).toArray()))
                .toList();
    }

    private static double median(double[] rates) {
        double[] sorted = rates.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Path root() {
        String root = System.getenv("NIGHTJAR_ROOT");
        return root == null ? Path.of("..").toAbsolutePath().normalize() : Path.of(root);
    }
}
