package dev.nightjar.engine.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.engine.ComputeBackends;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.kernels.backend.ActivationPrecision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pooled vectors and scores against numbers that an independent engine computed for small random
 * encoders, and packed inputs against lone ones.
 */
class GoldenEncodersTest {

    private static final double MAX_ERROR = 1e-5;

    private static final List<String> MODELS =
            List.of("bert-mean", "bert-cls", "bert-rerank", "bert-classify", "nomic-bert");

    static Stream<List<String>> cases() {
        return Stream.of("scalar", "vector")
                .flatMap(backend -> MODELS.stream().map(model -> List.of(backend, model)));
    }

    private static Engine open(String backend, Path folder) {
        ComputeBackends.require(backend);
        return Engine.builder()
                .backend(backend)
                .activations(ActivationPrecision.EXACT)
                .model(folder.resolve("model.gguf"))
                .open();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsMatch(List<String> backendAndModel) throws Exception {
        Path folder = SharedFiles.get("golden", backendAndModel.getLast());
        float[] expected = floats(folder.resolve("embeddings.f32"));
        int[] tokens = tokens(folder.resolve("expected.json"));
        try (Engine engine = open(backendAndModel.getFirst(), folder)) {
            EncoderModel encoder = engine.encoders().getFirst();
            float[] actual = encoder.compute(List.of(EncoderInput.of(tokens)))[0];
            double error = error(expected, actual);
            System.getLogger("golden")
                    .log(System.Logger.Level.INFO, "{0}: error {1}", backendAndModel, error);
            assertTrue(
                    error < MAX_ERROR, "%s: relative error %.3g".formatted(backendAndModel, error));
        }
    }

    /** Batches of random sequences, longer than a step together, on several threads at once. */
    @ParameterizedTest
    @MethodSource("cases")
    void packedInputsAreAsIfAlone(List<String> backendAndModel) throws Exception {
        Path folder = SharedFiles.get("golden", backendAndModel.getLast());
        int numInputs = backendAndModel.getFirst().equals("scalar") ? 9 : 70;
        List<EncoderInput> inputs = randomInputs(numInputs);
        try (Engine engine = open(backendAndModel.getFirst(), folder)) {
            EncoderModel encoder = engine.encoders().getFirst();
            float[][] alone = new float[numInputs][];
            for (int i = 0; i < numInputs; i++) {
                alone[i] = encoder.compute(inputs.subList(i, i + 1))[0];
            }
            List<float[][]> together = computeThreeTimes(encoder, inputs);
            for (float[][] results : together) {
                for (int i = 0; i < numInputs; i++) {
                    assertArrayEquals(alone[i], results[i], "input " + i);
                }
            }
            assertEquals(4L * numInputs, encoder.stats().sequences());
            assertEquals(0, encoder.stats().waiting());
        }
    }

    private static List<float[][]> computeThreeTimes(EncoderModel encoder, List<EncoderInput> inputs)
            throws InterruptedException {
        List<float[][]> results = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    float[][] own = encoder.compute(inputs);
                                    synchronized (results) {
                                        results.add(own);
                                    }
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(3, results.size());
        return results;
    }

    private static List<EncoderInput> randomInputs(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(
                        i -> {
                            int length = 1 + random.nextInt(128);
                            int[] ids = random.ints(length, 0, 95).toArray();
                            int[] types = random.ints(length, 0, 2).toArray();
                            return new EncoderInput(ids, types);
                        })
                .toList();
    }

    /** The largest difference relative to the largest value. */
    private static double error(float[] expected, float[] actual) {
        assertEquals(expected.length, actual.length);
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return worst / largest;
    }

    private static float[] floats(Path file) throws IOException {
        FloatBuffer buffer =
                ByteBuffer.wrap(Files.readAllBytes(file))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static int[] tokens(Path json) throws IOException {
        List<Integer> values = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json.toFile())) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals("tokens")) {
                    parser.nextToken();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        values.add(parser.getIntValue());
                    }
                }
            }
        }
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
