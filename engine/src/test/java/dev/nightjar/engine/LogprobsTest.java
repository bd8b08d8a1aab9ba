package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import dev.nightjar.engine.text.TokenText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How likely tokens were: of completions and of prompts. */
class LogprobsTest {

    private static final String STORY = "Once upon a time, there was a";

    private static Engine engine;
    private static TextModel model;

    @BeforeAll
    static void open() {
        engine = Engine.openDemo();
        model = engine.model();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static TextRequest request(SamplingParams params, int alternatives) {
        TextRequest request = TextRequest.of(STORY).withSampling(params);
        return request.withOutput(request.output().withLogprobs(alternatives));
    }

    private static SamplingParams greedy(int maxTokens) {
        return SamplingParams.builder().temperature(0).maxTokens(maxTokens).ignoreEos(true).build();
    }

    @Test
    void alternativesComeBestFirstAndTheGreedyTokenIsTheBest() throws Exception {
        Completion completion = model.generate(request(greedy(20), 20));
        assertEquals(20, completion.tokens().size());
        for (TokenText token : completion.tokens()) {
            assertEquals(20, token.top().size());
            assertEquals(token.id(), token.top().getFirst().id());
            assertEquals(token.logprob(), token.top().getFirst().logprob());
            for (int i = 1; i < 20; i++) {
                assertTrue(token.top().get(i - 1).logprob() >= token.top().get(i).logprob());
            }
            double mass = token.top().stream().mapToDouble(t -> Math.exp(t.logprob())).sum();
            assertTrue(mass > 0 && mass <= 1 + 1e-5, "mass " + mass);
        }
    }

    @Test
    void tokensAreReportedOnlyIfAskedFor() throws Exception {
        TextRequest plain = TextRequest.of(STORY).withSampling(greedy(5));
        assertEquals(List.of(), model.generate(plain).tokens());
        Completion bare = model.generate(plain.withOutput(plain.output().withLogprobs(0)));
        assertEquals(5, bare.tokens().size());
        assertEquals(List.of(), bare.tokens().getFirst().top());
    }

    /** Penalties, temperature and filters do not show. */
    @Test
    void logprobsAreThoseOfTheModel() throws Exception {
        SamplingParams wild =
                SamplingParams.builder()
                        .temperature(2)
                        .topK(30)
                        .repetitionPenalty(1.5)
                        .seed(7)
                        .maxTokens(20)
                        .ignoreEos(true)
                        .build();
        Completion completion = model.generate(request(wild, 3));
        int[] prompt = model.promptIds(request(wild, 3).prompt());
        int[] all =
                IntStream.concat(
                                Arrays.stream(prompt),
                                completion.tokens().stream().mapToInt(TokenText::id))
                        .toArray();
        List<TokenText> scored = model.scorePrompt(all, 3);
        for (int i = 0; i < completion.tokens().size(); i++) {
            TokenText expected = scored.get(prompt.length + i);
            TokenText actual = completion.tokens().get(i);
            assertEquals(expected.id(), actual.id());
            assertEquals(expected.logprob(), actual.logprob(), 0.02, "token " + i);
            assertEquals(
                    expected.top().getFirst().logprob(), actual.top().getFirst().logprob(), 0.02);
        }
    }

    @Test
    void promptScoresAreTheLogSoftmaxOfTheLogits() throws Exception {
        int[] ids = model.tokenizer().encode(STORY.repeat(12)); // several chunks
        List<TokenText> scored = model.scorePrompt(ids, 2);
        assertEquals(ids.length, scored.size());
        assertFalse(scored.getFirst().hasLogprob());
        assertEquals(List.of(), scored.getFirst().top());
        model.logits(
                ids,
                (position, logits) -> {
                    if (position + 1 < ids.length) {
                        TokenText token = scored.get(position + 1);
                        assertEquals(ids[position + 1], token.id());
                        assertEquals(logSoftmax(logits, token.id()), token.logprob(), 1e-4);
                        TokenText best = token.top().getFirst();
                        assertEquals(logSoftmax(logits, best.id()), best.logprob(), 1e-4);
                        assertTrue(best.logprob() >= token.logprob());
                    }
                });
    }

    private static double logSoftmax(float[] logits, int id) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        return logits[id] - Math.log(sum);
    }

    @Test
    void promptsOfOneTokenAndOfTheWholeContextAreScored() throws Exception {
        assertEquals(1, model.scorePrompt(new int[] {5}, 1).size());
        try (Engine small = small()) {
            int[] ids = new int[40];
            assertEquals(40, small.model().scorePrompt(ids, 1).size());
            var tooLong =
                    assertThrows(
                            ContextLengthException.class,
                            () -> small.model().scorePrompt(new int[41], 1));
            assertEquals(41, tooLong.promptTokens());
        }
    }

    private static Engine small() {
        LoadOptions options = LoadOptions.defaults().withMaxContext(40);
        return Engine.builder().options(options).demoModel().open();
    }

    @Test
    void impossibleScoresAreRefused() {
        assertEquals("prompt", refused(new int[0], 1));
        assertEquals("prompt", refused(new int[] {1 << 20}, 1));
        assertEquals("top_logprobs", refused(new int[] {1}, 21));
    }

    private static String refused(int[] ids, int top) {
        return assertThrows(InvalidRequestException.class, () -> model.scorePrompt(ids, top))
                .parameter();
    }

    /** A long prompt is looked at in pieces: streams get tokens in between. */
    @Test
    void runningStreamsGoOnWhileLogitsAreComputed() throws Exception {
        int[] ids = new int[model.maxContext()];
        List<Long> steps = new ArrayList<>();
        SamplingParams endless = SamplingParams.builder().ignoreEos(true).seed(1).build();
        try (TextStream stream = model.start(TextRequest.of(STORY).withSampling(endless))) {
            stream.next();
            model.logits(ids, (position, logits) -> steps.add(engine.stats().steps()));
        }
        assertEquals(ids.length, steps.size());
        long during = steps.getLast() - steps.getFirst();
        assertTrue(during >= ids.length / 64 - 2, "steps meanwhile: " + during);
    }

    @Test
    void interruptedCallerStopsTheComputation() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        List<Integer> positions = new ArrayList<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        model.logits(
                                                new int[model.maxContext()],
                                                (position, logits) -> {
                                                    positions.add(position);
                                                    begun.countDown();
                                                    pause();
                                                });
                                    } catch (CancellationException e) {
                                        thrown.set(e);
                                    }
                                });
        begun.await();
        caller.interrupt();
        caller.join();
        assertTrue(thrown.get() instanceof CancellationException, () -> thrown + "");
        int seen = positions.size();
        assertTrue(seen <= 64, "rows: " + seen);
        assertEquals(3, model.scorePrompt(new int[] {1, 2, 3}, 0).size());
        assertEquals(seen, positions.size());
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closedEngineEndsWhatWaits() throws Exception {
        Engine closing = Engine.openDemo();
        TextModel other = closing.model();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        other.logits(
                                                new int[other.maxContext()],
                                                (position, logits) -> {
                                                    begun.countDown();
                                                    pause();
                                                });
                                    } catch (EngineClosedException e) {
                                        thrown.set(e);
                                    }
                                });
        begun.await();
        closing.close();
        caller.join();
        assertTrue(thrown.get() instanceof EngineClosedException);
        assertThrows(EngineClosedException.class, () -> other.scorePrompt(new int[] {1, 2}, 0));
    }
}
