package dev.nightjar.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.ExpertRouting.Scoring;
import dev.nightjar.kernels.backend.ExpertRouting.Weights;
import dev.nightjar.kernels.backend.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which experts are chosen, in which order, with which weights. */
class ExpertChooserTest {

    private static final float LN2 = (float) Math.log(2);
    private static final float LN3 = (float) Math.log(3);

    private final ExpertChooser chooser = new ExpertChooser();
    private int[] experts;
    private float[] weights;

    private void choose(ExpertRouting routing, float[] bias, float... logits) {
        CpuBuffer in = new CpuBuffer(logits.length);
        in.write(0, logits, 0, logits.length);
        CpuBuffer out = new CpuBuffer(routing.numUsed());
        experts = new int[routing.numUsed()];
        chooser.run(
                Matrix.of(in, logits.length),
                routing,
                bias,
                0,
                1,
                experts,
                Matrix.of(out, routing.numUsed()));
        weights = out.data();
    }

    private void assertChosen(int... expected) {
        assertArrayEquals(expected, experts);
    }

    private void assertWeights(double... expected) {
        float[] floats = new float[expected.length];
        for (int i = 0; i < expected.length; i++) {
            floats[i] = (float) expected[i];
        }
        assertArrayEquals(floats, weights, 1e-6f);
    }

    @Test
    void expertsAreListedByFallingScore() {
        choose(
                new ExpertRouting(4, 3, Scoring.SOFTMAX, Weights.SCORES, 1),
                null,
                0,
                LN3,
                -LN2,
                LN2);
        assertChosen(1, 3, 0);
        assertWeights(3 / 6.5, 2 / 6.5, 1 / 6.5);
    }

    @ParameterizedTest
    @EnumSource
    void ofEqualScoresTheLowerIndexWins(Scoring scoring) {
        choose(new ExpertRouting(5, 3, scoring, Weights.NORMALIZED, 1), null, 1, 2, 1, 2, 1);
        assertChosen(1, 3, 0);
    }

    @Test
    void normalizedWeightsSumToTheScale() {
        choose(
                new ExpertRouting(3, 2, Scoring.SIGMOID, Weights.NORMALIZED, 2.5f),
                null,
                LN3,
                -LN3,
                0);
        assertChosen(0, 2);
        assertWeights(2.5 * 0.75 / 1.25, 2.5 * 0.5 / 1.25);
        choose(new ExpertRouting(3, 2, Scoring.SIGMOID, Weights.SCORES, 2), null, LN3, -LN3, 0);
        assertWeights(1.5, 1);
    }

    /** Scores that vanish are not blown up to a full weight. */
    @Test
    void vanishingScoresStaySmall() {
        choose(new ExpertRouting(2, 1, Scoring.SIGMOID, Weights.NORMALIZED, 1), null, -40, -50);
        assertChosen(0);
        assertTrue(weights[0] < 1e-10f, "weight " + weights[0]);
    }

    @Test
    void softmaxOfTheChosenIgnoresTheOthers() {
        choose(
                new ExpertRouting(4, 2, Scoring.SOFTMAX_OF_CHOSEN, Weights.SCORES, 1),
                null,
                5,
                5 + LN3,
                4,
                -100);
        assertChosen(1, 0);
        assertWeights(0.75, 0.25);
    }

    /** The bias lifts expert 2 to the top; weights are those of the scores without it. */
    @Test
    void theBiasCountsForTheChoiceOnly() {
        float[] bias = {0, 0, 1};
        choose(new ExpertRouting(3, 2, Scoring.SIGMOID, Weights.SCORES, 1), bias, 0, LN3, -LN3);
        assertChosen(2, 1);
        assertWeights(0.25, 0.75);
        float[] large = {0, 0, 9};
        choose(
                new ExpertRouting(3, 2, Scoring.SOFTMAX_OF_CHOSEN, Weights.SCORES, 1),
                large,
                0,
                LN3,
                0);
        assertChosen(2, 1);
        assertWeights(0.25, 0.75);
    }

    /** Groups of two by the sum of their two best: (4, 0), (3, 2), (1, 1). */
    @Test
    void expertsOfWeakGroupsAreOut() {
        var routing = new ExpertRouting(6, 2, Scoring.SOFTMAX_OF_CHOSEN, Weights.SCORES, 1, 3, 1);
        choose(routing, null, 4, 0, 3, 2, 1, 1);
        assertChosen(2, 3);
        var two = new ExpertRouting(6, 3, Scoring.SOFTMAX_OF_CHOSEN, Weights.SCORES, 1, 3, 2);
        choose(two, null, 4, 0, 3, 2, 1, 1);
        assertChosen(0, 2, 3);
        choose(two, new float[] {-9, 0, 0, 0, 0, 0}, 4, 0, 3, 2, 1, 1);
        assertChosen(2, 3, 4);
        var single = new ExpertRouting(3, 1, Scoring.SIGMOID, Weights.SCORES, 1, 3, 2);
        choose(single, null, -1, -3, -2);
        assertChosen(0);
    }

    @Test
    void ofEqualGroupsTheLowerWins() {
        var routing = new ExpertRouting(6, 2, Scoring.SOFTMAX_OF_CHOSEN, Weights.SCORES, 1, 3, 1);
        choose(routing, null, 1, 2, 3, 0, 2, 1);
        assertChosen(1, 0);
    }

    /** A damaged row gives indices that exist and weights that show the damage. */
    @ParameterizedTest
    @EnumSource
    void rowsOfNanStayNan(Scoring scoring) {
        var routing = new ExpertRouting(4, 2, scoring, Weights.NORMALIZED, 1, 2, 1);
        choose(routing, null, Float.NaN, Float.NaN, Float.NaN, Float.NaN);
        for (int j = 0; j < 2; j++) {
            assertTrue(experts[j] >= 0 && experts[j] < 4, "expert " + experts[j]);
            assertTrue(Float.isNaN(weights[j]), "weight " + weights[j]);
        }
        choose(routing, null, 1, 2, 3, 4);
        assertChosen(3, 2);
    }

    @Test
    void matricesMustFitTheRouting() {
        var routing = new ExpertRouting(4, 2, Scoring.SIGMOID, Weights.SCORES, 1);
        assertThrows(IllegalArgumentException.class, () -> choose(routing, null, 1, 2, 3));
    }
}
