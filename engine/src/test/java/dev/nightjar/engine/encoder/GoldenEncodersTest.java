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
import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.format.gguf.GgufEncoderConfig;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.model.encoder.EncoderBatch;
import dev.nightjar.engine.model.encoder.TextEncoder;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pooled vectors and scores of small random encoders against plain numpy in float64 (see {@code
 * src/test/python/encoder_goldens.py}) and against an independent engine; packed inputs against
 * lone ones.
 *
 * <p>The independent engine looks the tanh form of GELU up in a table of halves (docs/adr/0008),
 * while BERT was trained with the erf form, which encoders have here. Beside a rounding boundary of
 * that table two correct programs part, numpy with the same table too, as far as the bounds say.
 */
class GoldenEncodersTest {

    private static final double MAX_ERROR = 1e-5;

    /** With roundings on different sides. */
    private static final double MAX_ROUNDED_ERROR = 2e-4;

    /** The one score of this model is a small difference of large numbers. */
    private static final double MAX_SCORE_ERROR = 5e-5;

    private static final double MAX_ROUNDED_SCORE_ERROR = 5e-3;

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
        int[] tokens = tokens(folder.resolve("expected.json"));
        try (Engine engine = open(backendAndModel.getFirst(), folder)) {
            EncoderModel encoder = engine.encoders().getFirst();
            float[] actual = encoder.compute(List.of(EncoderInput.of(tokens)))[0];
            boolean isSmall = backendAndModel.getLast().equals("bert-rerank");
            double allowed = isSmall ? MAX_SCORE_ERROR : MAX_ERROR;
            check(backendAndModel, own(backendAndModel.getLast()), actual, allowed);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsMatchThoseOfAnotherEngine(List<String> backendAndModel) throws Exception {
        ComputeBackends.require(backendAndModel.getFirst());
        String model = backendAndModel.getLast();
        Path folder = SharedFiles.get("golden", model);
        float[] expected = floats(Files.readAllBytes(folder.resolve("embeddings.f32")));
        float[] actual = withFormOfTheReference(backendAndModel.getFirst(), folder);
        double allowed =
                switch (model) {
                    case "nomic-bert" -> MAX_ERROR;
                    case "bert-rerank" -> MAX_ROUNDED_SCORE_ERROR;
                    default -> MAX_ROUNDED_ERROR;
                };
        check(backendAndModel, expected, actual, allowed);
    }

    private static float[] withFormOfTheReference(String backendName, Path folder)
            throws IOException {
        int[] tokens = tokens(folder.resolve("expected.json"));
        try (GgufFile file = GgufFile.open(folder.resolve("model.gguf"));
                Backend backend = Backends.open(new BackendOptions(Optional.of(backendName), 1))) {
            EncoderConfig config = GgufEncoderConfig.read(file);
            if (config.activation() == Activation.GELU) {
                config = config.withActivation(Activation.GELU_TANH_HALF);
            }
            WeightMap weights = WeightMap.of(file);
            TextEncoder encoder = new TextEncoder(backend, config, weights, tokens.length);
            EncoderBatch batch = new EncoderBatch(backend, tokens.length);
            batch.add(tokens, new int[tokens.length]);
            batch.commit();
            float[] result = new float[config.outputSize()];
            encoder.forward(batch).buffer().read(0, result, 0, result.length);
            return result;
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

    private static List<float[][]> computeThreeTimes(
            EncoderModel encoder, List<EncoderInput> inputs) throws InterruptedException {
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
    private static void check(List<String> what, float[] expected, float[] actual, double allowed) {
        assertEquals(expected.length, actual.length);
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        double error = worst / largest;
        System.getLogger(GoldenEncodersTest.class.getName())
                .log(System.Logger.Level.DEBUG, "%s: error %.2e".formatted(what, error));
        assertTrue(error < allowed, "%s: relative error %.3g".formatted(what, error));
    }

    private static float[] own(String model) throws IOException {
        String resource = "/dev/nightjar/engine/golden/" + model + ".vector.f32";
        try (InputStream in = GoldenEncodersTest.class.getResourceAsStream(resource)) {
            return floats(in.readAllBytes());
        }
    }

    private static float[] floats(byte[] bytes) {
        FloatBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
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
