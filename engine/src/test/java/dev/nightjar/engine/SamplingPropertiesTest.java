package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.CompletionBuilder;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import dev.nightjar.engine.text.TokenText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the knobs: a text depends on its request alone. */
class SamplingPropertiesTest {

    private static final int NUM_SEQUENCES = 6;

    private static Engine engine;

    @BeforeContainer
    static void open() {
        engine = Engine.openDemo();
    }

    @AfterContainer
    static void close() {
        engine.close();
    }

    private static GenerationRequest request(Random random, int choice, int[] prompt) {
        TextModel model = engine.model();
        return new GenerationRequest(
                prompt,
                RandomSampling.of(random, model.vocabSize(), 40),
                choice,
                Optional.empty(),
                "",
                random.nextInt(21),
                Optional.empty());
    }

    private static int[] prompt(Random random) {
        int[] prompt = new int[1 + random.nextInt(70)];
        for (int i = 0; i < prompt.length; i++) {
            prompt[i] = random.nextInt(engine.model().vocabSize());
        }
        return prompt;
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void batchEqualsAlone(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < NUM_SEQUENCES; i++) {
            requests.add(request(random, 0, prompt(random)));
        }
        List<Together.Outcome> together = Together.run(engine.model(), requests);
        for (int i = 0; i < NUM_SEQUENCES; i++) {
            Together.Outcome alone = Together.alone(engine.model(), requests.get(i));
            assertEquals(alone.tokens(), together.get(i).tokens(), requests.get(i).toString());
            assertEquals(alone.end().reason(), together.get(i).end().reason());
        }
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void choicesEqualRunsWithTheNextSeeds(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        int[] prompt = prompt(random);
        long knobs = random.nextLong();
        List<GenerationRequest> choices = new ArrayList<>();
        for (int choice = 0; choice < 3; choice++) {
            choices.add(request(new Random(knobs), choice, prompt));
        }
        List<Together.Outcome> together = Together.run(engine.model(), choices);
        for (int i = 0; i < 3; i++) {
            SamplingParams params = choices.get(i).sampling();
            GenerationRequest single =
                    GenerationRequest.of(prompt, withSeed(knobs, params.seed().getAsLong() + i))
                            .withTopLogprobs(choices.get(i).numTopLogprobs());
            assertEquals(Together.alone(engine.model(), single).tokens(), together.get(i).tokens());
        }
    }

    private static SamplingParams withSeed(long knobs, long seed) {
        SamplingParams same = RandomSampling.of(new Random(knobs), engine.model().vocabSize(), 40);
        return new SamplingParams(
                same.temperature(),
                same.topK(),
                same.typicalP(),
                same.topP(),
                same.minP(),
                same.filterOrder(),
                same.repetitionPenalty(),
                same.repetitionWindow(),
                same.presencePenalty(),
                same.frequencyPenalty(),
                same.dry(),
                same.logitBias(),
                OptionalLong.of(seed),
                same.minTokens(),
                same.maxTokens(),
                same.stopTokens(),
                same.ignoreEos());
    }

    /** Tokens included, each exactly once, whatever the stop strings cut off. */
    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void streamEqualsWhole(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        TextModel model = engine.model();
        TextRequest plain =
                TextRequest.of(new Prompt.Tokens(prompt(random)))
                        .withSampling(RandomSampling.of(random, model.vocabSize(), 40));
        Completion uncut = model.generate(plain.withOutput(plain.output().withLogprobs(2)));
        assertEquals(uncut.text(), textOf(uncut.tokens()));
        String text = uncut.text();
        if (text.length() < 4) {
            return;
        }
        int at = random.nextInt(text.length() - 3);
        String stop = text.substring(at, at + 1 + random.nextInt(3));
        TextRequest cut =
                plain.withOutput(
                        plain.output().withStop(List.of("never seen", stop)).withLogprobs(2));
        Completion whole = model.generate(cut);
        CompletionBuilder pieces = new CompletionBuilder();
        try (TextStream stream = model.start(cut)) {
            while (!pieces.isFinished()) {
                pieces.accept(stream.next());
            }
        }
        assertEquals(whole.text(), pieces.build().text());
        assertEquals(whole.tokens(), pieces.build().tokens());
        assertEquals(text.substring(0, text.indexOf(stop)), whole.text());
        assertEquals(uncut.tokens().subList(0, whole.tokens().size()), whole.tokens());
        checkCut(whole);
    }

    /** All tokens that begin before the cut and none that begins behind it. */
    private static void checkCut(Completion whole) {
        List<TokenText> tokens = whole.tokens();
        String covered = textOf(tokens);
        assertEquals(whole.text(), covered.substring(0, whole.text().length()));
        if (!tokens.isEmpty() && !whole.text().equals(covered)) {
            String shorter = textOf(tokens.subList(0, tokens.size() - 1));
            assertEquals(true, shorter.length() < whole.text().length());
        }
    }

    private static String textOf(List<TokenText> tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tokens.stream()
                .filter(token -> !engine.model().tokenizer().vocabulary().isControl(token.id()))
                .forEach(token -> bytes.writeBytes(token.bytes()));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
