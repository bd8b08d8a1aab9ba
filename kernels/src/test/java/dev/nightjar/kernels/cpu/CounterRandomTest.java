package dev.nightjar.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The published vectors of the generator, and the statistics that sampling relies on. */
class CounterRandomTest {

    private static final int N = 100_000;

    @Test
    void matchesThePublishedVectors() {
        assertEquals(0x6627e8d5_e169c58dL, CounterRandom.block(0, 0, 0, 0, 0));
        assertEquals(0x408f276d_41c83b0eL, CounterRandom.block(-1, -1, -1, -1, -1));
        assertEquals(
                0xd16cfe09_94fdccebL,
                CounterRandom.block(
                        0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0_a4093822L));
    }

    @Test
    void isUniformAlongPositionsAndAlongSeeds() {
        int[] byPosition = new int[64];
        int[] bySeed = new int[64];
        for (int i = 0; i < N; i++) {
            byPosition[(int) (64 * CounterRandom.uniform(7, i))]++;
            bySeed[(int) (64 * CounterRandom.uniform(i, 0))]++;
        }
        assertTrue(chiSquare(byPosition) < 110, "63 degrees of freedom, p > 0.0002");
        assertTrue(chiSquare(bySeed) < 110, "63 degrees of freedom, p > 0.0002");
    }

    @Test
    void neighboursAreUncorrelated() {
        double positions = 0;
        double seeds = 0;
        for (int i = 0; i < N; i++) {
            double centred = CounterRandom.uniform(1, i) - 0.5;
            positions += centred * (CounterRandom.uniform(1, i + 1) - 0.5);
            seeds += centred * (CounterRandom.uniform(2, i) - 0.5);
        }
        double fiveSigma = 5 * Math.sqrt(N) / 12;
        assertTrue(Math.abs(positions) < fiveSigma);
        assertTrue(Math.abs(seeds) < fiveSigma);
    }

    private static double chiSquare(int[] counts) {
        double expected = (double) N / counts.length;
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }
}
