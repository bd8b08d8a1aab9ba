package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.KvType;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.kernels.backend.ActivationPrecision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole generations on the emulated device: graphs change how steps are launched, and no bit. */
class CudaGraphsTest {

    private static final String PROPERTY = "nightjar.cuda.graphs";

    /** While all of them decode, they are padded to ten. */
    private static final int SEQUENCES = 9;

    private static final int AT_ONCE = 12;
    private static final int VOCABULARY = 32;

    @BeforeAll
    static void require() throws Exception {
        EmulatedGpu.require();
    }

    @AfterEach
    void switchOn() {
        System.clearProperty(PROPERTY);
    }

    private static Engine open(String model, ActivationPrecision precision) {
        LoadOptions options =
                LoadOptions.defaults()
                        .withKvType(KvType.F32)
                        .withMaxContext(64)
                        .withBlockSize(16)
                        .withMaxSequences(AT_ONCE)
                        .withMaxBatchedTokens(16);
        return Engine.builder()
                .backend("cuda")
                .options(options)
                .activations(precision)
                .model(model, SharedFiles.get("golden", model).resolve("model.gguf"))
                .open();
    }

    private static int graphs() {
        return EmulatedGpu.calls("cuGraphInstantiate") - EmulatedGpu.calls("cuGraphExecDestroy");
    }

    @ParameterizedTest
    @CsvSource("gpt-oss, Q8")
    void generationsAreTheSameWithAndWithoutGraphs(String model, ActivationPrecision precision)
            throws Exception {
        int before = EmulatedGpu.calls("cuGraphLaunch");
        System.setProperty(PROPERTY, "off");
        List<List<TokenEvent.Token>> plain = generations(model, precision);
        assertEquals(before, EmulatedGpu.calls("cuGraphLaunch"));
        System.setProperty(PROPERTY, "on");
        assertEquals(plain, generations(model, precision));
        assertTrue(EmulatedGpu.calls("cuGraphLaunch") > before);
        assertEquals(0, graphs());
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({
        "llama, EXACT",
        "qwen3, EXACT",
        "mixtral, EXACT",
        "mixtral, Q8",
        "deepseek2, EXACT",
        "gemma3, Q8",
        "bloom, EXACT",
        "quant-Q4_K, Q8"
    })
    void moreGenerationsAreTheSame(String model, ActivationPrecision precision) throws Exception {
        generationsAreTheSameWithAndWithoutGraphs(model, precision);
    }

    /** Sequences of all lengths, greedy and drawn, which join and leave the batch as they come. */
    private static List<List<TokenEvent.Token>> generations(
            String model, ActivationPrecision precision) throws Exception {
        try (Engine engine = open(model, precision)) {
            List<TokenStream> streams = new ArrayList<>();
            for (int i = 0; i < SEQUENCES; i++) {
                streams.add(engine.model().submit(request(i)));
            }
            List<List<TokenEvent.Token>> all = new ArrayList<>();
            for (TokenStream stream : streams) {
                all.add(tokens(stream));
            }
            return all;
        }
    }

    private static GenerationRequest request(int i) {
        Random random = new Random(i);
        int[] prompt = random.ints(1 + i % 5, 3, VOCABULARY).toArray();
        SamplingParams.Builder params =
                SamplingParams.builder().maxTokens(5 + i % 3).ignoreEos(true).seed(i);
        switch (i % 3) {
            case 0 -> params.temperature(0);
            case 1 -> params.temperature(1.2).topK(20);
            default -> params.temperature(0.9).topP(0.8).repetitionPenalty(1.2);
        }
        return GenerationRequest.of(prompt, params.build()).withTopLogprobs(i % 2);
    }

    private static List<TokenEvent.Token> tokens(TokenStream stream) throws InterruptedException {
        List<TokenEvent.Token> tokens = new ArrayList<>();
        try (stream) {
            while (stream.next() instanceof TokenEvent.Token token) {
                tokens.add(token);
            }
        }
        return tokens;
    }

    /** What six tokens more take: for each the graph, and a kernel that samples. */
    @Test
    void aTokenIsOneLaunchOfAGraph() throws Exception {
        try (Engine engine = open("llama", ActivationPrecision.EXACT)) {
            greedy(engine, 4);
            int[] few = calls(engine, 4);
            int[] many = calls(engine, 10);
            assertEquals(6, many[0] - few[0], "launches of kernels");
            assertEquals(6, many[1] - few[1], "launches of graphs");
            assertEquals(1, graphs());
            System.setProperty(PROPERTY, "off");
        }
        try (Engine engine = open("llama", ActivationPrecision.EXACT)) {
            assertTrue(calls(engine, 3)[0] - calls(engine, 1)[0] > 2 * 20);
        }
    }

    private static int[] calls(Engine engine, int tokens) throws Exception {
        int launches = EmulatedGpu.calls("cuLaunchKernel");
        int graphs = EmulatedGpu.calls("cuGraphLaunch");
        assertEquals(tokens, greedy(engine, tokens).size());
        return new int[] {
            EmulatedGpu.calls("cuLaunchKernel") - launches,
            EmulatedGpu.calls("cuGraphLaunch") - graphs
        };
    }

    private static List<TokenEvent.Token> greedy(Engine engine, int count) throws Exception {
        SamplingParams params =
                SamplingParams.builder().temperature(0).maxTokens(count).ignoreEos(true).build();
        int[] prompt = {5, 6, 7};
        return tokens(engine.model().submit(GenerationRequest.of(prompt, params)));
    }

    @Test
    void graphsGoWithTheirModel() throws Exception {
        Path other = SharedFiles.get("golden", "quant-Q8_0").resolve("model.gguf");
        try (Engine engine = open("llama", ActivationPrecision.EXACT)) {
            List<TokenEvent.Token> expected = greedy(engine, 8);
            engine.load("other", other);
            SamplingParams params = SamplingParams.builder().maxTokens(8).ignoreEos(true).build();
            GenerationRequest request = GenerationRequest.of(new int[] {5, 6, 7}, params);
            tokens(engine.model("other").orElseThrow().submit(request));
            assertEquals(2, graphs());
            engine.unload("other");
            assertEquals(1, graphs());
            assertEquals(expected, greedy(engine, 8));
        }
        assertEquals(0, graphs());
    }
}
