package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many sequences at once: each as if it were alone, all of them in few steps. */
class ContinuousBatchingTest {

    private static final int NUM_STREAMS = 16;
    private static final int NUM_TOKENS = 80;

    private Path file;

    @BeforeEach
    void findModel() {
        file = SharedFiles.get("data", "lm", "stories260K-f32.gguf");
    }

    @Test
    void sixteenStreamsEqualTheSameRequestsAlone() throws Exception {
        List<Completion> alone = alone();
        try (Engine engine = open(LoadOptions.defaults())) {
            List<Completion> together = together(engine);
            assertEquals(texts(alone), texts(together));
            EngineStats stats = engine.stats();
            assertTrue(stats.meanBatchSize() >= 8, () -> "sequences per step: " + stats);
            int longest =
                    together.stream().mapToInt(c -> c.usage().completionTokens()).max().orElse(0);
            assertTrue(stats.steps() <= 1.3 * (longest + 1), () -> longest + ": " + stats);
            assertAllBlocksFree(engine);
        }
    }

    @Test
    void preemptionChangesNoText() throws Exception {
        List<Completion> alone = alone();
        LoadOptions small =
                LoadOptions.defaults().withBlockSize(16).withKvBytes(blockBytes(16, 20));
        try (Engine engine = open(small)) {
            assertEquals(20, engine.model().memoryPlan().kvBlocks());
            assertEquals(texts(alone), texts(together(engine)));
            assertTrue(engine.stats().preemptions() > 0, () -> engine.stats().toString());
            assertAllBlocksFree(engine);
        }
    }

    @Test
    void longPromptStallsNoRunningStream() throws Exception {
        LoadOptions options = LoadOptions.defaults().withMaxBatchedTokens(16);
        try (Engine engine = open(options)) {
            List<TextRequest> requests = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                requests.add(request(i, 150));
            }
            requests.add(TextRequest.of(longPrompt()).withSampling(greedy(5)));
            List<TextStream> streams = startTogether(engine, requests);
            Completion late = streams.getLast().await();
            assertTrue(late.usage().promptTokens() >= 200, () -> late.usage().toString());
            for (TextStream stream : streams.subList(0, 4)) {
                assertEquals(150, stream.await().usage().completionTokens());
            }
            // 150 steps for the streams' tokens if each step gave each of them one, a few for
            // their own prompts; the long prompt, computed meanwhile, costs none.
            long steps = engine.stats().steps();
            assertTrue(steps <= 150 + 4, () -> "steps: " + steps);
        }
    }

    @Test
    void repeatedPrefixComputesOnlyItsTail() throws Exception {
        try (Engine engine = open(LoadOptions.defaults())) {
            TextModel model = engine.model();
            String prefix = longPrompt().substring(0, 400);
            Completion first = model.generate(TextRequest.of(prefix).withSampling(greedy(8)));
            Completion again = model.generate(TextRequest.of(prefix).withSampling(greedy(8)));
            assertEquals(first.text(), again.text());
            assertEquals(0, first.usage().cachedTokens());
            int promptTokens = again.usage().promptTokens();
            assertTrue(promptTokens >= 100, () -> "prompt tokens: " + promptTokens);
            assertEquals(promptTokens - 1, again.usage().cachedTokens());

            TextRequest salted =
                    TextRequest.of(prefix).withSampling(greedy(8)).withCacheSalt("tenant-2");
            Completion other = model.generate(salted);
            assertEquals(first.text(), other.text());
            assertEquals(0, other.usage().cachedTokens());
        }
    }

    @Test
    void slowReaderIsPausedAndLosesNothing() throws Exception {
        try (Engine engine = open(LoadOptions.defaults())) {
            TextModel model = engine.model();
            TextRequest endless = TextRequest.of("Once upon a time").withSampling(unending(400));
            String whole = model.generate(endless).text();
            try (TextStream slow = model.start(endless)) {
                model.generate(request(3, 200));
                awaitQuiet(engine);
                assertEquals(1, engine.stats().inFlight());
                assertEquals(whole, slow.await().text());
            }
        }
    }

    @Test
    void abortEndsASequenceWithinOneStep() throws Exception {
        try (Engine engine = open(LoadOptions.defaults())) {
            TextModel model = engine.model();
            TextStream stream =
                    model.start(TextRequest.of("Once upon a time").withSampling(unending(400)));
            stream.next();
            stream.close();
            TextEvent last = stream.next();
            while (last instanceof TextEvent.Delta) {
                last = stream.next();
            }
            assertEquals(1, engine.stats().aborted());
            assertEquals(0, engine.stats().running());
            assertAllBlocksFree(engine);
        }
    }

    private static void awaitQuiet(Engine engine) throws InterruptedException {
        long steps = -1;
        while (steps != engine.stats().steps()) {
            steps = engine.stats().steps();
            Thread.sleep(100);
        }
    }

    private List<Completion> alone() throws Exception {
        List<Completion> completions = new ArrayList<>();
        for (int i = 0; i < NUM_STREAMS; i++) {
            try (Engine engine = open(LoadOptions.defaults())) {
                completions.add(engine.generate(request(i, NUM_TOKENS)));
            }
        }
        return completions;
    }

    private static List<Completion> together(Engine engine) throws Exception {
        List<TextRequest> requests = new ArrayList<>();
        for (int i = 0; i < NUM_STREAMS; i++) {
            requests.add(request(i, NUM_TOKENS));
        }
        List<Completion> completions = new ArrayList<>();
        for (TextStream stream : startTogether(engine, requests)) {
            completions.add(stream.await());
        }
        return completions;
    }

    /** Submits while the engine thread is held up, so that all of them meet in its first step. */
    private static List<TextStream> startTogether(Engine engine, List<TextRequest> requests) {
        List<TextStream> streams = new ArrayList<>();
        engine.model()
                .logits(
                        new int[] {1},
                        (position, logits) ->
                                requests.forEach(request -> streams.add(engine.stream(request))));
        return streams;
    }

    private static List<String> texts(List<Completion> completions) {
        return completions.stream().map(Completion::text).toList();
    }

    private Engine open(LoadOptions options) {
        return Engine.builder().threads(2).options(options).model(file).open();
    }

    private long blockBytes(int blockSize, int numBlocks) {
        try (Engine engine = open(LoadOptions.defaults().withBlockSize(blockSize))) {
            var plan = engine.model().memoryPlan();
            return plan.kvBytes() / plan.kvBlocks() * numBlocks;
        }
    }

    private static void assertAllBlocksFree(Engine engine) throws InterruptedException {
        engine.drain(Duration.ofSeconds(5));
        assertEquals(engine.stats().totalBlocks(), engine.stats().freeBlocks());
        assertEquals(0, engine.stats().running());
        assertEquals(0, engine.stats().waiting());
    }

    private static TextRequest request(int index, int maxTokens) {
        String[] names = {"Lily", "Tom", "Ben", "Sue", "Max", "Anna", "Tim", "Mia"};
        String prompt =
                "%s %s ".formatted(index % 2 == 0 ? "One day," : "There was", names[index % 8])
                        + "x".repeat(index / 8);
        return TextRequest.of(prompt).withSampling(unending(maxTokens));
    }

    private static SamplingParams greedy(int maxTokens) {
        return SamplingParams.builder().temperature(0).maxTokens(maxTokens).build();
    }

    private static SamplingParams unending(int maxTokens) {
        return SamplingParams.builder().temperature(0).maxTokens(maxTokens).ignoreEos(true).build();
    }

    private static String longPrompt() {
        return "Once upon a time, there was a little girl named Lily. She loved to play outside. "
                .repeat(8);
    }
}
