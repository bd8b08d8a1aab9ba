package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.KvType;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Variants of architectures that no outside engine computed for us: logits against plain numpy, see
 * {@code src/test/python/decoder_goldens.py}; and that a sequence gives the same tokens whether it
 * is cut into steps of a few tokens among others or computed whole and alone.
 */
class OwnGoldensTest {

    private static final int VOCAB = 29;
    private static final int TOKENS = 24;
    private static final int[] IDS = IntStream.range(0, TOKENS).map(i -> i * 7 % VOCAB).toArray();
    private static final double MAX_NMSE = 1e-9;

    /** Where rounding to half falls on different sides of a boundary. */
    private static final double MAX_NMSE_WITH_GELU = 1e-7;

    private static final List<String> MODELS =
            List.of(
                    "mistral-window",
                    "olmo2",
                    "phi3-longrope-short",
                    "phi3-longrope-long",
                    "smollm3-nope",
                    "granite-scales",
                    "falcon-7b",
                    "falcon-40b",
                    "stablelm-parallel",
                    "command-r-plus",
                    "gptneox-parallel",
                    "phi2-grouped",
                    "qwen2moe-shared",
                    "deepseek2-lite",
                    "deepseek3-groups",
                    "deepseek2-fused",
                    "mistral3-temperature",
                    "olmo3-window",
                    "gemma",
                    "cohere2-window",
                    "granitemoe-shared",
                    "olmo-clamp",
                    "glm4",
                    "internlm2",
                    "nemotron",
                    "minicpm",
                    "exaone",
                    "exaone4-window",
                    "exaone4-full",
                    "arcee",
                    "seed-oss",
                    "ernie4_5",
                    "ernie4_5-moe",
                    "hunyuan-dense",
                    "hunyuan-moe",
                    "qwen",
                    "starcoder",
                    "mpt-alibi",
                    "mpt-learned",
                    "baichuan",
                    "refact",
                    "orion",
                    "xverse",
                    "dots1",
                    "bailingmoe",
                    "bailingmoe2",
                    "glm4moe",
                    "deepseek",
                    "chatglm",
                    "codeshell",
                    "qwen2vl",
                    "qwen3vl",
                    "qwen3vlmoe");

    private static final List<String> WITH_GELU =
            List.of(
                    "falcon-7b",
                    "falcon-40b",
                    "gptneox-parallel",
                    "phi2-grouped",
                    "gemma",
                    "starcoder",
                    "mpt-alibi",
                    "mpt-learned",
                    "codeshell");

    @TempDir private static Path folder;

    static Stream<List<String>> cases() {
        return Stream.of("scalar", "vector")
                .flatMap(backend -> MODELS.stream().map(model -> List.of(backend, model)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logitsMatchAtEveryPosition(List<String> backendAndModel) throws Exception {
        String model = backendAndModel.getLast();
        FloatBuffer expected =
                ByteBuffer.wrap(resource(model + ".logits.f32"))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        double limit = WITH_GELU.contains(model) ? MAX_NMSE_WITH_GELU : MAX_NMSE;
        List<Integer> seen = new ArrayList<>();
        try (Engine engine = open(backendAndModel.getFirst(), model, 512)) {
            engine.model()
                    .logits(
                            IDS,
                            (position, logits) -> {
                                seen.add(position);
                                double nmse = nmse(logits, expected, position);
                                assertTrue(
                                        nmse < limit,
                                        "%s at %d: NMSE %.3g"
                                                .formatted(backendAndModel, position, nmse));
                            });
        }
        assertEquals(TOKENS, seen.size());
    }

    @ParameterizedTest
    @MethodSource("models")
    void tokensDoNotDependOnStepsAndNeighbours(String model) throws Exception {
        ComputeBackends.require("vector");
        List<Integer> alone;
        try (Engine engine = open("vector", model, 512)) {
            alone = greedy(engine, 1).getFirst();
        }
        try (Engine engine = open("vector", model, 7)) {
            for (List<Integer> tokens : greedy(engine, 3)) {
                assertEquals(alone, tokens);
            }
        }
    }

    static Stream<String> models() {
        return MODELS.stream();
    }

    /** Each type is as far from the reference as its precision lets expect, and no nearer. */
    @ParameterizedTest
    @CsvSource({
        "scalar, F16, 1e-9, 1e-5",
        "vector, F16, 1e-9, 1e-5",
        "scalar, BF16, 1e-7, 1e-3",
        "vector, BF16, 1e-7, 1e-3",
        "scalar, Q8_0, 1e-6, 5e-3",
        "vector, Q8_0, 1e-6, 5e-3"
    })
    void keysAndValuesMayBeRounded(String backend, KvType type, double least, double most)
            throws Exception {
        FloatBuffer expected =
                ByteBuffer.wrap(resource("mistral-window.logits.f32"))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        double[] worst = new double[1];
        try (Engine engine = open(backend, "mistral-window", 512, type)) {
            engine.model()
                    .logits(
                            IDS,
                            (position, logits) ->
                                    worst[0] =
                                            Math.max(worst[0], nmse(logits, expected, position)));
        }
        assertTrue(worst[0] > least && worst[0] < most, type + ": NMSE " + worst[0]);
    }

    private static Engine open(String backend, String model, int maxBatchedTokens)
            throws Exception {
        return open(backend, model, maxBatchedTokens, KvType.F32);
    }

    private static Engine open(String backend, String model, int maxBatchedTokens, KvType kvType)
            throws Exception {
        ComputeBackends.require(backend);
        Path file = folder.resolve(model + ".gguf");
        if (Files.notExists(file)) {
            Files.write(file, resource(model + ".gguf"));
        }
        LoadOptions options =
                LoadOptions.defaults().withMaxBatchedTokens(maxBatchedTokens).withKvType(kvType);
        if (model.equals("phi3-longrope-short")) {
            options = options.withMaxContext(32);
        }
        return Engine.builder().backend(backend).options(options).model(file).open();
    }

    private static List<List<Integer>> greedy(Engine engine, int count) throws Exception {
        SamplingParams params = SamplingParams.builder().temperature(0).maxTokens(8).build();
        List<TokenStream> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            streams.add(engine.model().submit(GenerationRequest.of(IDS, params)));
        }
        List<List<Integer>> all = new ArrayList<>();
        for (TokenStream stream : streams) {
            List<Integer> tokens = new ArrayList<>();
            try (stream) {
                while (stream.next() instanceof TokenEvent.Token token) {
                    tokens.add(token.id());
                }
            }
            all.add(tokens);
        }
        return all;
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
        try (InputStream in = OwnGoldensTest.class.getResourceAsStream("golden/" + name)) {
            return in.readAllBytes();
        }
    }
}
