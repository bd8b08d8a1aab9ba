package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.KvType;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.kernels.backend.ActivationPrecision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logits at every position, and greedy continuations, against numbers that an independent engine
 * computed for small random models of each kind.
 */
class GoldenLogitsTest {

    private static final double MAX_NMSE = 1e-7;

    private static final List<String> MODELS =
            List.of(
                    "llama",
                    "llama3",
                    "llama-linear-rope",
                    "llama-yarn",
                    "mixtral",
                    "qwen2",
                    "qwen3",
                    "qwen3moe",
                    "gemma2",
                    "gemma3",
                    "phi3",
                    "gpt2",
                    "bloom",
                    "gpt-oss",
                    "smollm3",
                    "granite",
                    "starcoder2",
                    "stablelm",
                    "falcon",
                    "command-r",
                    "phi2",
                    "deepseek2",
                    "olmoe",
                    "qwen2moe",
                    "mistral3",
                    "gptneox",
                    "quant-F32",
                    "quant-F16",
                    "quant-BF16",
                    "quant-Q8_0",
                    "quant-Q4_0",
                    "quant-Q4_1",
                    "quant-Q5_0",
                    "quant-Q5_1",
                    "quant-Q2_K",
                    "quant-Q3_K",
                    "quant-Q4_K",
                    "quant-Q5_K",
                    "quant-Q6_K",
                    "quant-IQ4_NL",
                    "quant-IQ4_XS",
                    "quant-MXFP4",
                    "quant-TQ2_0");

    static Stream<List<String>> cases() {
        return ComputeBackends.ofThisRun()
                .flatMap(backend -> MODELS.stream().map(model -> List.of(backend, model)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logitsAndGreedyTokensMatch(List<String> backendAndModel) throws Exception {
        ComputeBackends.require(backendAndModel.getFirst());
        Path folder = SharedFiles.get("golden", backendAndModel.getLast());
        Expected expected = Expected.read(folder);
        try (Engine engine =
                Engine.builder()
                        .backend(backendAndModel.getFirst())
                        .options(LoadOptions.defaults().withKvType(KvType.F32))
                        .activations(ActivationPrecision.EXACT)
                        .model(folder.resolve("model.gguf"))
                        .open()) {
            double nmse = nmse(engine, expected);
            assertTrue(
                    nmse < MAX_NMSE,
                    "%s: NMSE %.3g at some position".formatted(backendAndModel, nmse));
            assertEquals(expected.greedy, greedy(engine, expected));
        }
    }

    /**
     * What the defaults cost: halves in the cache, activations of 8 bits with integer codes. The
     * limits are what llama.cpp's own fast path (3f545bec, AVX2) reaches on these files.
     */
    @ParameterizedTest
    @CsvSource({
        "quant-F16, 2.7e-6",
        "quant-BF16, 7.1e-5",
        "quant-Q8_0, 8.3e-4",
        "quant-Q4_0, 7.5e-4",
        "quant-Q4_K, 1.6e-3",
        "quant-Q5_K, 1.8e-3",
        "quant-Q6_K, 1.6e-3"
    })
    void defaultsAreClose(String model, double limit) throws Exception {
        ComputeBackends.require("vector");
        Path folder = SharedFiles.get("golden", model);
        Expected expected = Expected.read(folder);
        try (Engine engine =
                Engine.builder().backend("vector").model(folder.resolve("model.gguf")).open()) {
            double nmse = totalNmse(engine, expected);
            assertTrue(nmse < limit, "%s: NMSE %.3g".formatted(model, nmse));
        }
    }

    /** The normalised error over all positions. */
    private static double totalNmse(Engine engine, Expected expected) {
        double[] sums = new double[2];
        FloatBuffer reference = expected.logits;
        engine.model()
                .logits(
                        expected.tokens.stream().mapToInt(Integer::intValue).toArray(),
                        (position, logits) -> {
                            for (int i = 0; i < logits.length; i++) {
                                double b = reference.get(position * logits.length + i);
                                sums[0] += (logits[i] - b) * (logits[i] - b);
                                sums[1] += b * b;
                            }
                        });
        return sums[0] / sums[1];
    }

    /** The largest normalised error of any position. */
    private static double nmse(Engine engine, Expected expected) {
        double[] worst = new double[1];
        FloatBuffer reference = expected.logits;
        engine.model()
                .logits(
                        expected.tokens.stream().mapToInt(Integer::intValue).toArray(),
                        (position, logits) -> {
                            double error = 0;
                            double power = 0;
                            for (int i = 0; i < logits.length; i++) {
                                double b = reference.get(position * logits.length + i);
                                error += (logits[i] - b) * (logits[i] - b);
                                power += b * b;
                            }
                            worst[0] = Math.max(worst[0], error / power);
                        });
        return worst[0];
    }

    private static List<Integer> greedy(Engine engine, Expected expected) throws Exception {
        int[] prompt = expected.tokens.stream().mapToInt(Integer::intValue).toArray();
        SamplingParams params =
                SamplingParams.builder().temperature(0).maxTokens(expected.greedy.size()).build();
        List<Integer> tokens = new ArrayList<>();
        try (TokenStream stream = engine.model().submit(GenerationRequest.of(prompt, params))) {
            while (stream.next() instanceof TokenEvent.Token token) {
                tokens.add(token.id());
            }
        }
        return tokens;
    }

    private record Expected(List<Integer> tokens, List<Integer> greedy, FloatBuffer logits) {

        static Expected read(Path folder) throws IOException {
            byte[] bytes = Files.readAllBytes(folder.resolve("logits.f32"));
            FloatBuffer logits =
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            Path json = folder.resolve("expected.json");
            return new Expected(ints(json, "tokens"), ints(json, "greedy"), logits);
        }

        private static List<Integer> ints(Path json, String field) throws IOException {
            List<Integer> values = new ArrayList<>();
            try (JsonParser parser = new JsonFactory().createParser(json.toFile())) {
                while (parser.nextToken() != null) {
                    if (parser.currentToken() == JsonToken.FIELD_NAME
                            && parser.currentName().equals(field)) {
                        parser.nextToken();
                        while (parser.nextToken() != JsonToken.END_ARRAY) {
                            values.add(parser.getIntValue());
                        }
                    }
                }
            }
            return values;
        }
    }
}
