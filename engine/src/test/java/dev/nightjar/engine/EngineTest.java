package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The door, on the demo model. */
class EngineTest {

    private static final String STORY = "Once upon a time";

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.openDemo();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void answersAConversation() throws Exception {
        var messages = List.of(new ChatMessage("user", "Tell me a story about a fox."));
        Completion answer =
                engine.generate(TextRequest.chat(messages).withSampling(SamplingParams.greedy()));
        assertTrue(answer.text().contains("fox"), answer.text());
        assertEquals(FinishReason.STOP, answer.reason());
    }

    @Test
    void streamGivesTheWholeText() throws Exception {
        TextRequest request = sampled(7).withStop(List.of("zzzz"));
        String whole = engine.generate(request).text();
        StringBuilder pieces = new StringBuilder();
        try (TextStream stream = engine.stream(request)) {
            while (stream.next() instanceof TextEvent.Delta delta) {
                pieces.append(delta.text());
            }
        }
        assertEquals(whole, pieces.toString());
    }

    @Test
    void seedMakesDrawsReproducibleWhateverElseRuns() throws Exception {
        String alone = engine.generate(sampled(1234)).text();
        List<TextStream> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(engine.stream(sampled(i)));
        }
        assertEquals(alone, engine.generate(sampled(1234)).text());
        List<String> texts = new ArrayList<>();
        for (TextStream other : others) {
            texts.add(other.await().text());
        }
        assertNotEquals(texts.getFirst(), texts.getLast());
    }

    @Test
    void choiceDrawsWhatTheNextSeedDraws() throws Exception {
        for (int choice = 1; choice < 4; choice++) {
            assertEquals(
                    engine.generate(sampled(100 + choice)).text(),
                    engine.generate(sampled(100).withChoice(choice)).text());
        }
    }

    @Test
    void requestWithoutSeedDrawsOne() throws Exception {
        SamplingParams hot = SamplingParams.builder().temperature(1.5).maxTokens(40).build();
        TextRequest request = TextRequest.of(STORY).withSampling(hot);
        assertNotEquals(engine.generate(request).text(), engine.generate(request).text());
    }

    @Test
    void stopStringEndsTheTextBeforeIt() throws Exception {
        String whole = greedy(40).text();
        String stop = whole.substring(10, 14);
        Completion cut =
                engine.generate(
                        TextRequest.of(STORY)
                                .withSampling(greedyParams(40))
                                .withStop(List.of("never seen", stop)));
        assertEquals(whole.substring(0, whole.indexOf(stop)), cut.text());
        assertEquals(FinishReason.STOP, cut.reason());
        assertTrue(cut.usage().completionTokens() < 40, () -> cut.usage().toString());
    }

    @Test
    void stopTokenEndsTheTextAndIsNotPartOfIt() throws Exception {
        int[] ids = engine.model().tokenizer().encode(greedy(20).text());
        SamplingParams params =
                SamplingParams.builder()
                        .temperature(0)
                        .maxTokens(20)
                        .stopTokens(java.util.Set.of(ids[5]))
                        .build();
        Completion cut = engine.generate(TextRequest.of(STORY).withSampling(params));
        assertEquals(FinishReason.STOP, cut.reason());
        assertTrue(cut.usage().completionTokens() <= 6, () -> cut.usage().toString());
    }

    @Test
    void tokenLimitIsKeptAndClampedToTheContext() throws Exception {
        assertEquals(13, greedy(13).usage().completionTokens());
        try (Engine small =
                Engine.builder()
                        .options(LoadOptions.defaults().withMaxContext(50))
                        .demoModel()
                        .open()) {
            SamplingParams endless =
                    SamplingParams.builder().temperature(0).ignoreEos(true).build();
            Completion all = small.generate(TextRequest.of(STORY).withSampling(endless));
            assertEquals(FinishReason.LENGTH, all.reason());
            assertEquals(50, all.usage().promptTokens() + all.usage().completionTokens());

            var tooLong =
                    assertThrows(
                            ContextLengthException.class,
                            () -> small.stream(TextRequest.of(STORY.repeat(30))));
            assertTrue(tooLong.getMessage().contains("50"), tooLong.getMessage());
        }
    }

    @Test
    void warmUpChangesNothingThatCanBeSeen() throws Exception {
        try (Engine warm = Engine.openDemo()) {
            warm.warmUp();
            assertEquals(engine.generate(sampled(9)).text(), warm.generate(sampled(9)).text());
            assertEquals(1, warm.stats().submitted());
            assertEquals(warm.stats().totalBlocks(), warm.stats().freeBlocks());
        }
    }

    @Test
    void deadlineEndsWithWhatIsThere() throws Exception {
        TextRequest endless =
                TextRequest.of(STORY)
                        .withSampling(SamplingParams.builder().ignoreEos(true).build())
                        .withTimeout(Duration.ofMillis(60));
        assertEquals(FinishReason.DEADLINE, engine.generate(endless).reason());
    }

    @Test
    void fullQueueIsRefusedAtTheDoor() throws Exception {
        LoadOptions options = LoadOptions.defaults().withMaxSequences(1).withMaxQueued(2);
        try (Engine small = Engine.builder().options(options).demoModel().open()) {
            List<TextStream> streams = new ArrayList<>();
            assertThrows(
                    QueueFullException.class,
                    () -> {
                        for (int i = 0; i < 10; i++) {
                            streams.add(small.stream(sampled(i)));
                        }
                    });
            for (TextStream stream : streams) {
                assertFalse(stream.await().text().isEmpty());
            }
            assertFalse(small.generate(sampled(1)).text().isEmpty());
        }
    }

    @Test
    void closedEngineRefusesAndEndsWhatRan() throws Exception {
        Engine closing = Engine.openDemo();
        SamplingParams endless = SamplingParams.builder().ignoreEos(true).build();
        TextStream stream = closing.stream(TextRequest.of(STORY).withSampling(endless));
        stream.next();
        closing.close();
        assertEquals(FinishReason.ABORT, stream.await().reason());
        assertThrows(EngineClosedException.class, () -> closing.stream(sampled(1)));
        closing.close();
    }

    @Test
    void drainWaitsForWhatRuns() throws Exception {
        try (Engine draining = Engine.openDemo()) {
            TextStream stream = draining.stream(sampled(3));
            draining.drain(Duration.ofSeconds(20));
            assertEquals(0, draining.stats().inFlight());
            assertFalse(stream.await().text().isEmpty());
            assertThrows(EngineClosedException.class, () -> draining.stream(sampled(1)));
        }
    }

    @Test
    void severalModelsShareOneEngine() throws Exception {
        try (Engine two =
                Engine.builder()
                        .demoModel()
                        .model("stories", SharedFiles.get("data", "lm", "stories260K-f32.gguf"))
                        .open()) {
            TextStream first = two.model("nightjar-demo").orElseThrow().start(sampled(5));
            TextStream second = two.model("stories").orElseThrow().start(sampled(5));
            assertEquals(engine.generate(sampled(5)).text(), first.await().text());
            assertFalse(second.await().text().isEmpty());
        }
    }

    @Test
    void badRequestsNameTheParameter() {
        var temperature =
                assertThrows(
                        InvalidRequestException.class,
                        () -> SamplingParams.builder().temperature(-1).build());
        assertEquals("temperature", temperature.parameter());
        var notANumber =
                assertThrows(
                        InvalidRequestException.class,
                        () -> SamplingParams.builder().topP(Double.NaN).build());
        assertEquals("top_p", notANumber.parameter());
        var ids =
                assertThrows(
                        InvalidRequestException.class,
                        () ->
                                engine.stream(
                                        TextRequest.of(new Prompt.Tokens(new int[] {1 << 20}))));
        assertEquals("prompt", ids.parameter());
    }

    @Test
    void requestsThatWouldFailOnTheEngineThreadAreRefusedAtTheDoor() throws Exception {
        var tokens = GenerationRequest.of(new int[] {-1}, SamplingParams.greedy());
        assertEquals(
                "prompt",
                assertThrows(InvalidRequestException.class, () -> engine.model().submit(tokens))
                        .parameter());
        for (Duration timeout : List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO)) {
            TextRequest request = sampled(1).withTimeout(timeout);
            assertEquals(
                    "timeout",
                    assertThrows(InvalidRequestException.class, () -> engine.stream(request))
                            .parameter());
        }
        assertThrows(
                NullPointerException.class, () -> engine.stream(sampled(1).withCacheSalt(null)));
        assertFalse(engine.generate(sampled(1)).text().isEmpty());
    }

    private static Completion greedy(int maxTokens) throws InterruptedException {
        return engine.generate(TextRequest.of(STORY).withSampling(greedyParams(maxTokens)));
    }

    private static SamplingParams greedyParams(int maxTokens) {
        return SamplingParams.builder().temperature(0).maxTokens(maxTokens).ignoreEos(true).build();
    }

    private static TextRequest sampled(long seed) {
        SamplingParams params =
                SamplingParams.builder().temperature(1).seed(seed).maxTokens(60).build();
        return TextRequest.of(STORY).withSampling(params);
    }
}
