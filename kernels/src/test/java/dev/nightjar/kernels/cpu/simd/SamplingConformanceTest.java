package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token of every row is the one that the reference draws. */
class SamplingConformanceTest {

    private static final int ROWS = 24;

    private static Backend vector;

    @BeforeAll
    static void open() {
        Fixtures.assumeWidth();
        vector = new VectorBackend(3);
    }

    @AfterAll
    static void close() {
        if (vector != null) {
            vector.close();
        }
    }

    private static SamplingBatch sample(Backend backend, int V, float[] logits, long seed) {
        SamplingBatch batch = randomBatch(V, seed);
        var matrix = Fixtures.matrix(backend, V, logits);
        backend.sample(matrix, logits.length / V, batch);
        return batch;
    }

    /** Every filter on or off at random, greedy and penalized and masked rows among them. */
    private static SamplingBatch randomBatch(int V, long seed) {
        SamplingBatch batch = new SamplingBatch(ROWS);
        Random random = new Random(seed);
        int counts = 0;
        for (int s = 0; s < ROWS; s++) {
            batch.temperature[s] = random.nextInt(5) == 0 ? 0 : 0.2f + 2 * random.nextFloat();
            batch.topK[s] = random.nextBoolean() ? 0 : 1 + random.nextInt(2 * V);
            if (random.nextInt(3) == 0) {
                batch.topK[s] = Math.min(V, 40);
            }
            batch.topP[s] = random.nextBoolean() ? 1 : random.nextFloat();
            batch.minP[s] = random.nextBoolean() ? 0 : 0.3f * random.nextFloat();
            batch.seed[s] = random.nextLong();
            batch.position[s] = random.nextInt(1000);
            batch.repetitionPenalty[s] = 1.3f;
            batch.presencePenalty[s] = 0.5f;
            batch.frequencyPenalty[s] = 0.2f;
            batch.countStart[s] = counts;
            for (int i = 0; i < 8 && random.nextBoolean(); i++) {
                batch.countToken[counts] = i * V / 8;
                batch.countGenerated[counts++] = random.nextInt(3);
            }
            if (random.nextInt(3) == 0) {
                batch.mask[s] = random.longs((V + 63) / 64).toArray();
            }
        }
        batch.countStart[ROWS] = counts;
        return batch;
    }

    private static float[] logits(int V, double sigma, long seed) {
        Random random = new Random(seed);
        float[] logits = new float[ROWS * V];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (sigma * random.nextGaussian());
        }
        return logits;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 127, 128, 129, 1000, 20_011})
    void drawsTheTokensOfTheReference(int V) {
        for (int round = 0; round < 6; round++) {
            float[] logits = logits(V, 1 + 2 * round, round);
            SamplingBatch expected = sample(new ScalarBackend(), V, logits, V + round);
            SamplingBatch actual = sample(vector, V, logits, V + round);
            for (int s = 0; s < ROWS; s++) {
                String what = "V=%d round %d row %d".formatted(V, round, s);
                assertEquals(expected.token[s], actual.token[s], what);
                assertEquals(expected.logprob[s], actual.logprob[s], NumericPolicy.logprob(), what);
            }
        }
    }

    /** Many equal logits: ties are broken by token in every path. */
    @Test
    void tiesAreBrokenAlike() {
        float[] logits = logits(1000, 1, 5);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = Math.round(2 * logits[i]);
        }
        for (long seed = 0; seed < 10; seed++) {
            SamplingBatch expected = sample(new ScalarBackend(), 1000, logits, seed);
            SamplingBatch actual = sample(vector, 1000, logits, seed);
            for (int s = 0; s < ROWS; s++) {
                assertEquals(expected.token[s], actual.token[s], "seed " + seed + " row " + s);
            }
        }
    }

    @Test
    void brokenRowsFailAlone() {
        int V = 300;
        float[] logits = logits(V, 2, 1);
        logits[3 * V + 17] = Float.NaN;
        logits[4 * V + 299] = Float.intBitsToFloat(0x7fc00101);
        logits[5 * V] = Float.POSITIVE_INFINITY;
        Arrays.fill(logits, 6 * V, 7 * V, Float.NEGATIVE_INFINITY);
        logits[7 * V + 2] = Float.NEGATIVE_INFINITY;
        for (Backend backend : List.of(new ScalarBackend(), vector)) {
            SamplingBatch batch = sample(backend, V, logits, 2);
            for (int s = 3; s <= 6; s++) {
                assertEquals(-1, batch.token[s], backend.name() + " row " + s);
                assertTrue(Float.isNaN(batch.logprob[s]));
            }
            assertTrue(batch.token[7] >= 0, backend.name());
            assertTrue(batch.token[2] >= 0, backend.name());
        }
    }
}
