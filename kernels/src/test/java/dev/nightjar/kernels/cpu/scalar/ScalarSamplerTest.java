package dev.nightjar.kernels.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.FilterStep;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScalarSamplerTest {

    private static final int DRAWS = 20_000;

    private final ScalarSampler sampler = new ScalarSampler();
    private final SamplingBatch batch = new SamplingBatch(1);

    @BeforeEach
    void neutralParameters() {
        batch.temperature[0] = 1;
        batch.topP[0] = 1;
        batch.repetitionPenalty[0] = 1;
        batch.seed[0] = 42;
    }

    private int sample(float... logits) {
        sampler.sample(logits, 0, logits.length, batch, 0);
        return batch.token[0];
    }

    /** Share of each token over many positions. */
    private double[] shares(float... logits) {
        double[] shares = new double[logits.length];
        for (int position = 0; position < DRAWS; position++) {
            batch.position[0] = position;
            shares[sample(logits)] += 1.0 / DRAWS;
        }
        return shares;
    }

    private static float[] logs(double... probabilities) {
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(probabilities[i]) + 3;
        }
        return logits;
    }

    private static void assertShares(double[] actual, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], expected[i] == 0 ? 0 : 0.015, "token " + i);
        }
    }

    @Test
    void greedyTakesTheLowestOfEqualTokens() {
        batch.temperature[0] = 0;
        assertEquals(1, sample(1, 4, 4, -2));
        assertEquals(0, sample(-0f, 0f));
    }

    @Test
    void logprobIsThatOfTheUntouchedLogits() {
        batch.temperature[0] = 0;
        batch.mask[0] = new long[] {0b100};
        assertEquals(2, sample(logs(0.5, 0.3, 0.2)));
        assertEquals(Math.log(0.2), batch.logprob[0], 1e-6);
    }

    @Test
    void drawsWithTheProbabilities() {
        assertShares(shares(logs(0.5, 0.3, 0.2)), 0.5, 0.3, 0.2);
    }

    @Test
    void temperatureSharpens() {
        batch.temperature[0] = 0.5f;
        assertShares(shares(logs(0.6, 0.3, 0.1)), 36 / 46.0, 9 / 46.0, 1 / 46.0);
    }

    @Test
    void topKKeepsTheLargestAndBreaksTiesByToken() {
        batch.topK[0] = 2;
        assertShares(shares(logs(0.2, 0.4, 0.2, 0.2)), 1 / 3.0, 2 / 3.0, 0, 0);
    }

    @Test
    void topPKeepsTheSmallestSetWithThatMass() {
        batch.topP[0] = 0.6f;
        assertShares(shares(logs(0.2, 0.5, 0.3)), 0, 5 / 8.0, 3 / 8.0);
        batch.topP[0] = 0;
        assertShares(shares(logs(0.2, 0.5, 0.3)), 0, 1, 0);
    }

    @Test
    void topPCountsTheMassThatTopKLeft() {
        batch.topK[0] = 2;
        batch.topP[0] = 0.62f;
        assertShares(shares(logs(0.5, 0.3, 0.2)), 1, 0, 0);
    }

    @Test
    void minPIsRelativeToTheLargest() {
        batch.minP[0] = 0.5f;
        assertShares(shares(logs(0.5, 0.3, 0.2)), 5 / 8.0, 3 / 8.0, 0);
        batch.minP[0] = 1;
        assertShares(shares(logs(0.5, 0.3, 0.2)), 1, 0, 0);
    }

    @Test
    void penaltiesReachOnlyTheTokensCounted() {
        batch.temperature[0] = 0;
        batch.repetitionPenalty[0] = 2;
        batch.countStart[1] = 2;
        batch.countToken[0] = 1;
        batch.countToken[1] = 2;
        batch.countRepeated[0] = true;
        batch.countRepeated[1] = true;
        assertEquals(0, sample(3, 4, 5), "3 beats 4/2 and 5/2");
        assertEquals(1, sample(-9, -1, -1.5f), "-1 becomes -2, -1.5 becomes -3");
        batch.repetitionPenalty[0] = 1;
        batch.presencePenalty[0] = 1;
        batch.frequencyPenalty[0] = 0.5f;
        batch.countGenerated[1] = 3;
        assertEquals(1, sample(1, 4, 6.4f), "6.4 - 1 - 3 * 0.5 = 3.9; token 1 only in the prompt");
    }

    @Test
    void repetitionPenaltyReachesOnlyTheTokensOfItsWindow() {
        batch.temperature[0] = 0;
        batch.repetitionPenalty[0] = 2;
        batch.presencePenalty[0] = 1;
        batch.countStart[1] = 2;
        batch.countToken[1] = 1;
        batch.countRepeated[1] = true;
        batch.countGenerated[0] = 1;
        assertEquals(0, sample(6, 9), "6 - 1 beats 9 / 2");
        assertEquals(1, sample(5.4f, 9), "5.4 - 1 does not");
    }

    @Test
    void valuesAreAddedAfterThePenaltiesAndSumUp() {
        batch.temperature[0] = 0;
        batch.repetitionPenalty[0] = 2;
        batch.countStart[1] = 1;
        batch.countRepeated[0] = true;
        batch.editStart[1] = 3;
        batch.editToken[1] = 1;
        batch.editValue[0] = 1;
        batch.editValue[1] = 2;
        batch.editValue[2] = 2;
        assertEquals(0, sample(4, 2.9f), "4 / 2 + 1 + 2 beats 2.9 + 2");
        assertEquals(1, sample(4, 3.1f));
        batch.editValue[1] = Float.NEGATIVE_INFINITY;
        assertEquals(0, sample(-100, 100));
    }

    @Test
    void typicalKeepsWhatIsNearestToTheEntropy() {
        batch.typicalP[0] = 0.15f;
        // entropy of 0.5, 0.2, 0.15, 0.15: 1.24; information 0.69, 1.61, 1.90, 1.90
        assertShares(shares(logs(0.5, 0.2, 0.15, 0.15)), 0, 1, 0, 0);
        batch.typicalP[0] = 0.6f;
        assertShares(shares(logs(0.5, 0.2, 0.15, 0.15)), 5 / 7.0, 2 / 7.0, 0, 0);
        batch.typicalP[0] = 0.8f;
        assertShares(shares(logs(0.5, 0.2, 0.15, 0.15)), 10 / 17.0, 4 / 17.0, 3 / 17.0, 0);
    }

    @Test
    void typicalTakesAnEvenDistributionInOrder() {
        batch.typicalP[0] = 0.5f;
        assertShares(shares(1, 1, 1, 1), 0.5, 0.5, 0, 0);
    }

    @Test
    void filtersActInTheOrderGiven() {
        batch.topP[0] = 0.55f;
        batch.temperature[0] = 0.5f;
        assertShares(shares(logs(0.5, 0.3, 0.2)), 1, 0, 0);
        batch.filters[0] = new FilterStep[] {FilterStep.TOP_P, FilterStep.TEMPERATURE};
        assertShares(shares(logs(0.5, 0.3, 0.2)), 25 / 34.0, 9 / 34.0, 0);
        batch.filters[0] = new FilterStep[] {FilterStep.TOP_P};
        assertShares(shares(logs(0.5, 0.3, 0.2)), 5 / 8.0, 3 / 8.0, 0);
    }

    @Test
    void aFilterLeftOutIsOff() {
        batch.filters[0] = new FilterStep[] {FilterStep.MIN_P};
        batch.temperature[0] = 0;
        batch.topK[0] = 1;
        batch.topP[0] = 0;
        batch.minP[0] = 0.5f;
        assertShares(shares(logs(0.5, 0.3, 0.2)), 5 / 8.0, 3 / 8.0, 0);
    }

    @Test
    void minPAfterTypicalIsRelativeToTheLikeliestLeft() {
        batch.typicalP[0] = 0.25f; // keeps 0.14 and 0.12, not the likeliest
        batch.minP[0] = 0.8f;
        assertShares(
                shares(logs(0.5, 0.14, 0.12, 0.1, 0.08, 0.06)), 0, 14 / 26.0, 12 / 26.0, 0, 0, 0);
    }

    @Test
    void theLikeliestAreReportedBeforeAllEdits() {
        batch.temperature[0] = 0;
        batch.topCount[0] = 3;
        batch.mask[0] = new long[] {0b1000};
        assertEquals(3, sample(logs(0.2, 0.4, 0.2, 0.2)));
        assertArrayEquals(new int[] {1, 0, 2, -1}, Arrays.copyOf(batch.topToken, 4));
        assertEquals(Math.log(0.4), batch.topLogprob[0], 1e-6);
        assertEquals(Math.log(0.2), batch.topLogprob[2], 1e-6);
        sample(Float.NEGATIVE_INFINITY, 1, Float.NEGATIVE_INFINITY, 1);
        assertArrayEquals(new int[] {1, 3, -1}, Arrays.copyOf(batch.topToken, 3));
    }

    @Test
    void aGivenTokenIsTakenWhateverItsPenalties() {
        batch.given[0] = 2;
        batch.mask[0] = new long[] {1};
        assertEquals(2, sample(logs(0.5, 0.3, 0.2)));
        assertEquals(Math.log(0.2), batch.logprob[0], 1e-6);
    }

    @Test
    void maskedTokensAreNeverDrawn() {
        float[] logits = new float[130];
        batch.mask[0] = new long[] {0, 1L << 63, 0b10};
        double[] shares = shares(logits);
        assertEquals(0.5, shares[127], 0.015);
        assertEquals(0.5, shares[129], 0.015);
    }

    @Test
    void aBrokenRowYieldsNoToken() {
        assertEquals(-1, sample(1, Float.NaN, 2));
        assertTrue(Float.isNaN(batch.logprob[0]));
        assertEquals(-1, sample(1, Float.POSITIVE_INFINITY));
        assertEquals(-1, sample(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY));
        batch.mask[0] = new long[1];
        assertEquals(-1, sample(1, 2));
    }

    @Test
    void minusInfinityIsAnImpossibleToken() {
        assertShares(shares(Float.NEGATIVE_INFINITY, 0, 0), 0, 0.5, 0.5);
    }

    @Test
    void theDrawDependsOnSeedAndPositionAlone() {
        float[] logits = new float[1000];
        batch.position[0] = 5;
        int first = sample(logits);
        assertEquals(first, sample(Arrays.copyOf(logits, logits.length)));
        batch.seed[0]++;
        assertTrue(first != sample(logits));
    }
}
