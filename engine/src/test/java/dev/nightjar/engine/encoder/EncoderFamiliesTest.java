package dev.nightjar.engine.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.ComputeBackends;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.Classification.ScoredLabel;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.tokenizer.encoding.TextInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Model folders of each family against an independent program: what is right is met, and what the
 * program computes when it makes one known mistake is missed by more than a hundred times the
 * tolerance, so that none of them is made here.
 */
class EncoderFamiliesTest {

    /** Relative to the largest number. */
    private static final double MAX_ERROR = 1e-5;

    private static final double MIN_MISS = 100 * MAX_ERROR;

    private static final System.Logger LOG = System.getLogger(EncoderFamiliesTest.class.getName());

    static final List<String> FAMILIES = TinyEncoder.FAMILIES;

    @TempDir private Path temporary;

    static Stream<List<String>> cases() {
        return Stream.of("scalar", "vector")
                .flatMap(backend -> FAMILIES.stream().map(family -> List.of(backend, family)));
    }

    private static Engine open(String backend, Path folder) {
        ComputeBackends.require(backend);
        return Engine.builder()
                .backend(backend)
                .activations(ActivationPrecision.EXACT)
                .model(folder)
                .open();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void meansOfHiddenStates(List<String> backendAndFamily) throws Exception {
        TinyEncoder tiny = TinyEncoder.of(backendAndFamily.getLast());
        try (Engine engine = open(backendAndFamily.getFirst(), tiny.means(temporary))) {
            EncoderModel encoder = engine.encoders().getFirst();
            check(backendAndFamily, tiny.section("mean"), together(encoder, tiny.inputs()));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scoresOfHeads(List<String> backendAndFamily) throws Exception {
        TinyEncoder tiny = TinyEncoder.of(backendAndFamily.getLast());
        try (Engine engine = open(backendAndFamily.getFirst(), tiny.scores())) {
            EncoderModel encoder = engine.encoders().getFirst();
            check(backendAndFamily, tiny.section("scores"), together(encoder, tiny.inputs()));
        }
    }

    /** The results of a batch one behind the other; each must be what it is alone, to the bit. */
    private static float[] together(EncoderModel encoder, List<EncoderInput> inputs)
            throws InterruptedException {
        float[][] results = encoder.compute(inputs);
        for (int i = 0; i < results.length; i++) {
            float[] alone = encoder.compute(inputs.subList(i, i + 1))[0];
            assertArrayEquals(alone, results[i], "input " + i);
        }
        int size = encoder.outputSize();
        float[] all = new float[results.length * size];
        for (int i = 0; i < results.length; i++) {
            System.arraycopy(results[i], 0, all, i * size, size);
        }
        return all;
    }

    @ParameterizedTest
    @FieldSource("FAMILIES")
    void pairsAreJoinedAsTheFamilyDoes(String family) throws Exception {
        TinyEncoder tiny = TinyEncoder.of(family);
        try (Engine engine = open("vector", tiny.scores())) {
            EncoderModel encoder = engine.encoders().getFirst();
            TextInput pair = TextInput.ofPair("a1 a2 a3", "b1 b2");
            EncoderInput ids = encoder.encode(pair, Overflow.REFUSE);
            assertSame(tiny.input("pair"), ids);
            check(List.of(family, "pair"), tiny.section("pair"), encoder.compute(List.of(ids))[0]);
        }
    }

    @ParameterizedTest
    @FieldSource("FAMILIES")
    void answersAreWhatTheScoresMean(String family) throws Exception {
        TinyEncoder tiny = TinyEncoder.of(family);
        try (Engine engine = open("vector", tiny.scores())) {
            float[] answers = answers(engine.encoders().getFirst(), tiny.labels());
            check(List.of(family, "answers"), tiny.section("answers"), answers);
        }
    }

    private static float[] answers(EncoderModel encoder, List<String> labels)
            throws InterruptedException {
        if (encoder.tasks().contains(EncoderTask.RERANK)) {
            return new float[] {encoder.rerank("a1 a2 a3", List.of("b1 b2")).getFirst().score()};
        }
        Map<String, Float> scores =
                encoder.classify("a1 a2 a3").labels().stream()
                        .collect(Collectors.toMap(ScoredLabel::label, ScoredLabel::score));
        float[] answers = new float[labels.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = scores.get(labels.get(i));
        }
        return answers;
    }

    @ParameterizedTest
    @FieldSource("FAMILIES")
    void textsThatAreCutKeepTheirLastToken(String family) throws Exception {
        TinyEncoder tiny = TinyEncoder.of(family);
        try (Engine engine = open("vector", tiny.means(temporary))) {
            EncoderModel encoder = engine.encoders().getFirst();
            assertEquals(tiny.limit(), encoder.maxInputTokens());
            String text = words(tiny.limit() + 9);
            EncoderInput ids = encoder.encode(TextInput.of(text), Overflow.CUT);
            assertSame(tiny.input("cut"), ids);
            check(List.of(family, "cut"), tiny.section("cut"), encoder.compute(List.of(ids))[0]);
            EmbedOptions options =
                    EmbedOptions.defaults()
                            .withOverflow(Overflow.CUT)
                            .withDimensions(tiny.dimensions());
            float[] vector = encoder.embed(List.of(text), options).getFirst().vector();
            check(List.of(family, "short"), tiny.section("short"), vector);
        }
    }

    /** The words of the tiny vocabularies in turn. */
    private static String words(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> (i % 56 < 28 ? "a" : "b") + (i % 28 + 1))
                .collect(Collectors.joining(" "));
    }

    private static void assertSame(EncoderInput expected, EncoderInput actual) {
        assertArrayEquals(expected.ids(), actual.ids());
        assertArrayEquals(expected.typeIds(), actual.typeIds());
    }

    private static void check(List<String> what, TinyEncoder.Section section, float[] actual) {
        double error = distance(section.right(), section.right(), actual);
        assertTrue(error < MAX_ERROR, "%s: relative error %.3g".formatted(what, error));
        double least = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, float[]> mistake : section.mistakes().entrySet()) {
            double miss = distance(section.right(), mistake.getValue(), actual);
            assertTrue(miss > MIN_MISS, what + ": " + mistake.getKey() + " is off by " + miss);
            least = Math.min(least, miss);
        }
        LOG.log(
                System.Logger.Level.DEBUG,
                "%s: error %.2e, nearest mistake %.2e".formatted(what, error, least));
    }

    /** The largest difference relative to the largest of the right numbers. */
    private static double distance(float[] right, float[] some, float[] others) {
        assertEquals(some.length, others.length);
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < some.length; i++) {
            worst = Math.max(worst, Math.abs(some[i] - others[i]));
            largest = Math.max(largest, Math.abs(right[i]));
        }
        return worst / largest;
    }
}
