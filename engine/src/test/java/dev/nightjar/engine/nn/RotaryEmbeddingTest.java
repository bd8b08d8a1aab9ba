package dev.nightjar.engine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.kernels.backend.RopeStyle;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotaryEmbeddingTest {

    private static final int DIM = 64;
    private static final int PAIRS = DIM / 2;

    private static double[] frequencies(RopeScaling scaling, Optional<float[]> factors) {
        return new RotaryEmbedding(
                        new RopeConfig(RopeStyle.ADJACENT, 10_000, DIM, List.of(), scaling),
                        factors)
                .frequencies(PAIRS);
    }

    @Test
    void plainFrequenciesFallGeometrically() {
        double[] plain = frequencies(new RopeScaling.None(), Optional.empty());
        assertEquals(1, plain[0]);
        assertEquals(Math.pow(10_000, -0.5), plain[PAIRS / 2], 1e-12);
    }

    @Test
    void linearScalingDividesEveryFrequency() {
        double[] plain = frequencies(new RopeScaling.None(), Optional.empty());
        double[] scaled = frequencies(new RopeScaling.Linear(4), Optional.empty());
        for (int i = 0; i < PAIRS; i++) {
            assertEquals(plain[i] / 4, scaled[i], 1e-15);
        }
    }

    @Test
    void yarnKeepsFastPairsAndDividesSlowOnes() {
        double[] plain = frequencies(new RopeScaling.None(), Optional.empty());
        double[] scaled =
                frequencies(new RopeScaling.Yarn(8, 2048, 1.2, 32, 1, 1), Optional.empty());
        assertEquals(plain[0], scaled[0], 1e-15);
        assertEquals(plain[PAIRS - 1] / 8, scaled[PAIRS - 1], 1e-15);
        for (int i = 1; i < PAIRS; i++) {
            double share = scaled[i] / plain[i];
            assertEquals(Math.clamp(share, 1.0 / 8, 1.0), share, 1e-12);
        }
    }

    @Test
    void factorsDivideBeforeScaling() {
        float[] factors = new float[PAIRS];
        java.util.Arrays.fill(factors, 2);
        double[] plain = frequencies(new RopeScaling.Linear(2), Optional.empty());
        double[] divided = frequencies(new RopeScaling.Linear(2), Optional.of(factors));
        double[] halves = java.util.Arrays.stream(plain).map(f -> f / 2).toArray();
        assertArrayEquals(halves, divided, 1e-15);
    }

    @Test
    void factorsMustMatchThePairs() {
        assertThrows(
                IllegalArgumentException.class,
                () -> frequencies(new RopeScaling.None(), Optional.of(new float[3])));
    }
}
