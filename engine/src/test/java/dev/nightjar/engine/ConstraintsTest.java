package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.TokenConstraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sequences held to constraints, on the demo model. */
class ConstraintsTest {

    private static final int[] PROMPT = {20, 21, 22};

    private static Engine engine;
    private static int end;

    @BeforeAll
    static void open() {
        engine = Engine.openDemo();
        end = engine.model().tokenizer().vocabulary().endOfGeneration().iterator().next();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** Allows other tokens at each place; complete when the places are used up. */
    private static final class Places implements TokenConstraint {

        private final IntFunction<Set<Integer>> allowedAt;
        private final int numPlaces;
        private int place;

        Places(int numPlaces, IntFunction<Set<Integer>> allowedAt) {
            this.numPlaces = numPlaces;
            this.allowedAt = allowedAt;
        }

        @Override
        public void fillMask(long[] mask) {
            Arrays.fill(mask, 0);
            allowedAt.apply(place).forEach(id -> mask[id / 64] |= 1L << id);
        }

        @Override
        public void accept(int token) {
            if (!allowedAt.apply(place).contains(token)) {
                throw new IllegalStateException("token %d is forbidden".formatted(token));
            }
            place++;
        }

        @Override
        public boolean isComplete() {
            return place == numPlaces;
        }
    }

    private static SamplingParams.Builder sampling() {
        return SamplingParams.builder().seed(3).maxTokens(30);
    }

    private static GenerationRequest request(SamplingParams.Builder params, TokenConstraint held) {
        return GenerationRequest.of(PROMPT, params.build()).withConstraint(held);
    }

    private static Together.Outcome run(SamplingParams.Builder params, TokenConstraint held)
            throws InterruptedException {
        return Together.alone(engine.model(), request(params, held));
    }

    @Test
    void completeConstraintEndsTheTextAtOnce() throws Exception {
        Places held = new Places(4, place -> Set.of(30 + place));
        Together.Outcome outcome = run(sampling(), held);
        assertEquals(List.of(30, 31, 32, 33), outcome.ids());
        assertEquals(FinishReason.STOP, outcome.end().reason());
        assertEquals(4, outcome.end().usage().completionTokens());
    }

    @Test
    void constraintThatIsCompleteFromTheStartEndsAnEmptyText() throws Exception {
        Together.Outcome outcome = run(sampling(), new Places(0, place -> Set.of()));
        assertEquals(List.of(), outcome.ids());
        assertEquals(FinishReason.STOP, outcome.end().reason());
    }

    @Test
    void endTokenEndsTheTextWhereTheMaskAllowsIt() throws Exception {
        for (boolean ignoreEos : new boolean[] {false, true}) {
            Places held = new Places(9, place -> Set.of(place < 2 ? 40 : end));
            Together.Outcome outcome = run(sampling().ignoreEos(ignoreEos), held);
            assertEquals(List.of(40, 40), outcome.ids());
            assertEquals(FinishReason.STOP, outcome.end().reason());
            assertEquals(3, outcome.end().usage().completionTokens());
            assertTrue(outcome.end().stopToken().isEmpty(), "the model's own");
        }
    }

    @Test
    void minimumHoldsTheEndBackUnlessNothingElseIsAllowed() throws Exception {
        Map<Integer, Float> bias = Map.of(end, 100f);
        Places either = new Places(30, place -> Set.of(end, 41));
        assertEquals(5, run(sampling().minTokens(5).logitBias(bias), either).ids().size());
        Places only = new Places(30, place -> Set.of(end));
        Together.Outcome ended = run(sampling().minTokens(5), only);
        assertEquals(FinishReason.STOP, ended.end().reason());
        assertEquals(List.of(), ended.ids());
    }

    @Test
    void limitEndsAnIncompleteText() throws Exception {
        Places held = new Places(9, place -> Set.of(40));
        assertEquals(FinishReason.LENGTH, run(sampling().maxTokens(3), held).end().reason());
    }

    @Test
    void forbiddenEverythingFailsThatSequenceAlone() throws Exception {
        Places dead = new Places(9, place -> place < 2 ? Set.of(40) : Set.of());
        assertFailsAlone(dead, "the constraint allows no token");
    }

    @Test
    void exceptionOfAConstraintFailsThatSequenceAlone() throws Exception {
        IntFunction<Set<Integer>> breaks =
                place -> {
                    if (place == 2) {
                        throw new IllegalStateException("this grammar is broken");
                    }
                    return Set.of(40);
                };
        assertFailsAlone(new Places(9, breaks), "this grammar is broken");
    }

    private static void assertFailsAlone(TokenConstraint bad, String message) throws Exception {
        GenerationRequest plain = GenerationRequest.of(PROMPT, sampling().build());
        List<Together.Outcome> outcomes =
                Together.run(engine.model(), List.of(plain, request(sampling(), bad), plain));
        assertEquals(FinishReason.ERROR, outcomes.get(1).end().reason());
        String error = outcomes.get(1).end().error().orElseThrow();
        assertTrue(error.contains(message), error);
        assertEquals(Together.alone(engine.model(), plain).ids(), outcomes.get(0).ids());
        assertEquals(outcomes.get(0).ids(), outcomes.get(2).ids());
    }

    @Test
    void maskedTokensAreNeverDrawn() throws Exception {
        Random random = new Random(11);
        int vocabSize = engine.model().vocabSize();
        for (int round = 0; round < 30; round++) {
            Map<Integer, Set<Integer>> allowed = new HashMap<>();
            for (int place = 0; place < 20; place++) {
                allowed.put(place, randomIds(random, vocabSize));
            }
            SamplingParams params = RandomSampling.of(random, vocabSize, 20);
            GenerationRequest request =
                    GenerationRequest.of(PROMPT, params)
                            .withConstraint(new Places(20, allowed::get));
            Together.Outcome outcome = Together.alone(engine.model(), request);
            String what = params + " " + outcome.end();
            assertTrue(outcome.end().reason() != FinishReason.ERROR, what);
            for (int place = 0; place < outcome.ids().size(); place++) {
                assertTrue(allowed.get(place).contains(outcome.ids().get(place)), what);
            }
        }
    }

    private static Set<Integer> randomIds(Random random, int vocabSize) {
        return Set.copyOf(random.ints(1 + random.nextInt(8), 0, vocabSize).boxed().toList());
    }

    @Test
    void preemptionKeepsTheStateOfConstraints() throws Exception {
        List<List<Integer>> alone = new ArrayList<>();
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            GenerationRequest request = longRequest(i);
            alone.add(Together.alone(engine.model(), request).ids());
            requests.add(longRequest(i));
        }
        long blockBytes =
                engine.model().memoryPlan().kvBytes() / engine.model().memoryPlan().kvBlocks();
        LoadOptions small = LoadOptions.defaults().withKvBytes(12 * blockBytes);
        try (Engine tight = Engine.builder().options(small).demoModel().open()) {
            List<Together.Outcome> together = Together.run(tight.model(), requests);
            assertTrue(tight.stats().preemptions() > 0, () -> tight.stats().toString());
            assertEquals(alone, together.stream().map(Together.Outcome::ids).toList());
        }
    }

    /** Places that allow other tokens each, so that a state lost or repeated shows. */
    private static GenerationRequest longRequest(int index) {
        Places held = new Places(90, place -> Set.of(20 + place, 120 + (place + index) % 50));
        SamplingParams params =
                SamplingParams.builder()
                        .seed(index)
                        .maxTokens(100)
                        .repetitionPenalty(1.2)
                        .repetitionWindow(20)
                        .build();
        return GenerationRequest.of(new int[] {20 + index, 22}, params).withConstraint(held);
    }
}
