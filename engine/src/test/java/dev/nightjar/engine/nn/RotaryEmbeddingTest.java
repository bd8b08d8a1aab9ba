package dev.nightjar.engine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.kernels.backend.RopeStyle;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotaryEmbeddingTest {

    private static final int DIM = 64;
    private static final int PAIRS = DIM / 2;

    private static double[] frequencies(RopeScaling scaling, List<Double> divisors) {
        return new RotaryEmbedding(
                        new RopeConfig(RopeStyle.ADJACENT, 10_000, DIM, divisors, scaling))
                .frequencies(PAIRS, 4096);
    }

    @Test
    void plainFrequenciesFallGeometrically() {
        double[] plain = frequencies(new RopeScaling.None(), List.of());
        assertEquals(1, plain[0]);
        assertEquals(Math.pow(10_000, -0.5), plain[PAIRS / 2], 1e-12);
    }

    @Test
    void linearScalingDividesEveryFrequency() {
        double[] plain = frequencies(new RopeScaling.None(), List.of());
        double[] scaled = frequencies(new RopeScaling.Linear(4), List.of());
        for (int i = 0; i < PAIRS; i++) {
            assertEquals(plain[i] / 4, scaled[i], 1e-15);
        }
    }

    @Test
    void yarnKeepsFastPairsAndDividesSlowOnes() {
        double[] plain = frequencies(new RopeScaling.None(), List.of());
        double[] scaled = frequencies(new RopeScaling.Yarn(8, 2048, 1.2, 32, 1, 1), List.of());
        assertEquals(plain[0], scaled[0], 1e-15);
        assertEquals(plain[PAIRS - 1] / 8, scaled[PAIRS - 1], 1e-15);
        for (int i = 1; i < PAIRS; i++) {
            double share = scaled[i] / plain[i];
            assertEquals(Math.clamp(share, 1.0 / 8, 1.0), share, 1e-12);
        }
    }

    @Test
    void factorsDivideBeforeScaling() {
        List<Double> divisors = Collections.nCopies(PAIRS, 2.0);
        double[] plain = frequencies(new RopeScaling.Linear(2), List.of());
        double[] divided = frequencies(new RopeScaling.Linear(2), divisors);
        double[] halves = java.util.Arrays.stream(plain).map(f -> f / 2).toArray();
        assertArrayEquals(halves, divided, 1e-15);
    }

    @Test
    void longRopeChoosesItsFactorsByTheContextItIsLoadedFor() {
        RopeScaling scaling =
                new RopeScaling.LongRope(
                        Collections.nCopies(PAIRS, 1.0),
                        Collections.nCopies(PAIRS, 4.0),
                        2048,
                        1.2);
        RopeConfig config = new RopeConfig(RopeStyle.HALF_SPLIT, 10_000, DIM, List.of(), scaling);
        RotaryEmbedding embedding = new RotaryEmbedding(config);
        assertEquals(1, embedding.frequencies(PAIRS, 2048)[0]);
        assertEquals(0.25, embedding.frequencies(PAIRS, 2049)[0]);
    }

    @Test
    void factorsMustMatchThePairs() {
        assertThrows(
                IllegalArgumentException.class,
                () -> frequencies(new RopeScaling.None(), List.of(1.0, 2.0, 3.0)));
    }
}
