package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.DryParams;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.TextModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What single knobs do to a text, on the demo model. */
class SamplingKnobsTest {

    private static final int[] PROMPT = {20, 21, 22};

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

    private static SamplingParams.Builder greedy(int maxTokens) {
        return SamplingParams.builder().temperature(0).maxTokens(maxTokens).ignoreEos(true);
    }

    private static Together.Outcome run(SamplingParams.Builder params) throws InterruptedException {
        return Together.alone(model, GenerationRequest.of(PROMPT, params.build()));
    }

    private static String refused(SamplingParams.Builder params) {
        GenerationRequest request = GenerationRequest.of(PROMPT, params.build());
        return assertThrows(InvalidRequestException.class, () -> model.submit(request)).parameter();
    }

    @Test
    void biasForcesAndForbids() throws Exception {
        assertEquals(List.of(77, 77, 77), run(greedy(3).logitBias(Map.of(77, 100f))).ids());
        int first = run(greedy(1)).ids().getFirst();
        assertNotEquals(first, run(greedy(1).logitBias(Map.of(first, -100f))).ids().getFirst());
    }

    @Test
    void idsOutsideTheVocabularyAreRefused() {
        int beyond = model.vocabSize();
        assertEquals("logit_bias", refused(greedy(1).logitBias(Map.of(beyond, 1f))));
        assertEquals("logit_bias", refused(greedy(1).logitBias(Map.of(-1, 1f))));
        assertEquals("stop_token_ids", refused(greedy(1).stopTokens(Set.of(beyond))));
        DryParams dry = DryParams.of(1);
        assertEquals(
                "dry_sequence_breakers",
                refused(greedy(1).dry(dry.withBreakerTokens(Set.of(beyond)))));
        assertEquals(
                "dry_sequence_breakers",
                refused(greedy(1).dry(dry.withSequenceBreakers(List.of("no such token")))));
    }

    /** Bias and penalties draw a model into a loop; DRY gets it out. */
    @Test
    void dryBreaksALoop() throws Exception {
        Map<Integer, Float> loop = Map.of(77, 30f);
        assertEquals(Set.of(77), Set.copyOf(run(greedy(20).logitBias(loop)).ids()));
        List<Integer> free = run(greedy(20).logitBias(loop).dry(DryParams.of(2).withBase(2))).ids();
        assertTrue(Set.copyOf(free).size() > 1, free::toString);
    }

    @Test
    void breakersAreFoundInTheVocabulary() throws Exception {
        Map<Integer, Float> loop = Map.of(77, 30f);
        String text = model.tokenizer().vocabulary().token(77);
        String letter = new String(model.tokenizer().bytesOf(77)).strip().substring(0, 1);
        DryParams dry = DryParams.of(2).withBase(2).withSequenceBreakers(List.of(letter));
        List<Integer> ids = run(greedy(20).logitBias(loop).dry(dry)).ids();
        assertEquals(Set.of(77), Set.copyOf(ids), text);
    }

    @Test
    void minimumKeepsATextFromEnding() throws Exception {
        int end = model.tokenizer().vocabulary().endOfGeneration().iterator().next();
        SamplingParams.Builder eager =
                SamplingParams.builder().logitBias(Map.of(end, 100f)).maxTokens(30);
        Together.Outcome atOnce = run(eager);
        assertEquals(List.of(), atOnce.ids());
        assertEquals(1, atOnce.end().usage().completionTokens());
        Together.Outcome later = run(eager.minTokens(12));
        assertEquals(12, later.ids().size());
        assertEquals(FinishReason.STOP, later.end().reason());
    }

    @Test
    void onlyAStopTokenOfTheRequestIsNamed() throws Exception {
        int end = model.tokenizer().vocabulary().endOfGeneration().iterator().next();
        Map<Integer, Float> bias = Map.of(end, 100f);
        SamplingParams.Builder own = SamplingParams.builder().logitBias(bias);
        assertEquals(Optional.empty(), run(own).end().stopToken());
        Together.Outcome named = run(own.ignoreEos(true).stopTokens(Set.of(end)));
        assertEquals(Optional.of(end), named.end().stopToken());
        assertEquals(FinishReason.STOP, named.end().reason());
    }

    @Test
    void repetitionWindowForgets() throws Exception {
        List<Integer> plain = run(greedy(40)).ids();
        SamplingParams.Builder penalized = greedy(40).repetitionPenalty(1.5);
        List<Integer> all = run(penalized).ids();
        assertNotEquals(plain, all);
        assertNotEquals(all, run(penalized.repetitionWindow(1)).ids());
        assertEquals(all, run(penalized.repetitionWindow(43)).ids());
        assertEquals(plain, run(penalized.repetitionWindow(0)).ids());
    }
}
