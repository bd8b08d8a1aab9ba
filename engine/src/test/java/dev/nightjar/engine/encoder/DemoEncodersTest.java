package dev.nightjar.engine.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the encoders in the jar promise: see bench/demo-encoder/README.md. */
final class DemoEncodersTest {

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.builder().demoEncoders().open();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void oneForEachTask() {
        assertEquals(
                List.of("nightjar-demo-embed", "nightjar-demo-rerank", "nightjar-demo-classify"),
                engine.encoders().stream().map(EncoderModel::name).toList());
        assertEquals(
                List.of(EncoderTask.values()),
                engine.encoders().stream().flatMap(model -> model.tasks().stream()).toList());
        assertTrue(engine.requireEncoder("nightjar-demo-classify").labels().contains("animal"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A cat sleeps on the sofa. | A small cat takes a nap on the couch. | Paris is in France.",
                "What do owls eat? | An owl eats mice. | What colour is the sky?",
                "It is raining in Berlin. | Take an umbrella in Berlin, it will rain. | A fox lives here.",
                "What is 2 + 3? | Two plus three is five. | Where do bears live?"
            })
    void whatMeansTheSameIsNearer(String text, String same, String other) throws Exception {
        List<Embedding> vectors =
                engine.requireEncoder("nightjar-demo-embed").embed(List.of(text, same, other));
        double near = cosine(vectors.get(0).vector(), vectors.get(1).vector());
        double far = cosine(vectors.get(0).vector(), vectors.get(2).vector());
        assertTrue(near > far + 0.2, near + " and " + far);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What does a fox eat? | Foxes eat mice and berries. | A cow eats grass. | Lima is the capital of Peru.",
                "What is the capital of Italy? | Rome is the capital of Italy. | Paris is the capital of France. | It rains.",
                "How does honey taste? | Honey tastes sweet. | Lemons taste sour. | A cat sleeps."
            })
    void theAnswerComesFirst(String query, String answer, String near, String far)
            throws Exception {
        List<RankedText> ranked =
                engine.requireEncoder("nightjar-demo-rerank")
                        .rerank(query, List.of(far, near, answer));
        assertEquals(2, ranked.getFirst().index());
        assertTrue(ranked.getFirst().score() > ranked.getLast().score());
    }

    @ParameterizedTest
    @CsvSource({
        "Owls hunt mice at night., animal",
        "We had soup and bread for lunch., food",
        "It snows in the mountains tonight., weather",
        "What is seven plus five?, sum",
        "Good morning to all of you!, greeting",
        "Paris is the capital of France., place"
    })
    void theLabelFits(String text, String label) throws Exception {
        Classification found = engine.requireEncoder("nightjar-demo-classify").classify(text);
        assertEquals(label, found.top().label(), found.toString());
    }

    /** One task alone, as the commands take it. */
    @Test
    void oneOfThem() {
        try (Engine alone = Engine.builder().demoEncoder(EncoderTask.RERANK).open()) {
            assertEquals(1, alone.encoders().size());
            assertTrue(alone.models().isEmpty());
        }
    }
}
