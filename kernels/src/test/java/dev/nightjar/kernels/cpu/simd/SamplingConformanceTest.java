package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.FilterStep;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
        Fixtures.assumeWidthOfProcessor();
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
            batch.typicalP[s] = random.nextInt(3) > 0 ? 1 : random.nextFloat();
            batch.minP[s] = random.nextBoolean() ? 0 : 0.3f * random.nextFloat();
            batch.filters[s] = random.nextBoolean() ? batch.filters[s] : someFilters(random);
            batch.topCount[s] = random.nextInt(SamplingBatch.MAX_TOP + 1);
            batch.given[s] = random.nextInt(8) > 0 ? -1 : random.nextInt(V);
            batch.seed[s] = random.nextLong();
            batch.position[s] = random.nextInt(1000);
            batch.repetitionPenalty[s] = 1.3f;
            batch.presencePenalty[s] = 0.5f;
            batch.frequencyPenalty[s] = 0.2f;
            batch.countStart[s] = counts;
            for (int i = 0; i < 8 && random.nextBoolean(); i++) {
                batch.countToken[counts] = i * V / 8;
                batch.countRepeated[counts] = random.nextBoolean();
                batch.countGenerated[counts++] = random.nextInt(3);
            }
            batch.editStart[s + 1] = batch.editStart[s] + random.nextInt(4);
            for (int i = batch.editStart[s]; i < batch.editStart[s + 1]; i++) {
                batch.editToken[i] = random.nextInt(V);
                batch.editValue[i] = 10 * random.nextFloat() - 5;
            }
            if (random.nextInt(3) == 0) {
                batch.mask[s] = random.longs((V + 63) / 64).toArray();
            }
        }
        batch.countStart[ROWS] = counts;
        return batch;
    }

    /** Any of the filters in any order. */
    private static FilterStep[] someFilters(Random random) {
        List<FilterStep> all = new ArrayList<>(List.of(FilterStep.values()));
        Collections.shuffle(all, random);
        return all.subList(0, random.nextInt(all.size() + 1)).toArray(FilterStep[]::new);
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
    @ValueSource(ints = {1, 5, 63, 64, 65, 127, 128, 129, 1000, 20_011})
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
            assertArrayEquals(expected.topToken, actual.topToken, "V=" + V);
            assertArrayEquals(expected.topLogprob, actual.topLogprob, NumericPolicy.logprob());
        }
    }

    /** Fewer rows than threads: the threads share each row, and find the same bit for bit. */
    @ParameterizedTest
    @ValueSource(ints = {1, 127, 129, 8192, 8193, 20_011, 50_000})
    void aTeamFindsWhatOneThreadFinds(int V) {
        for (int round = 0; round < 20; round++) {
            float[] logits = logits(V, 1 + round % 4, round);
            SamplingBatch alone = sample(vector, V, logits, round);
            SamplingBatch shared = randomBatch(V, round);
            vector.sample(Fixtures.matrix(vector, V, logits), 2, shared);
            for (int s = 0; s < 2; s++) {
                assertEquals(alone.token[s], shared.token[s], "V=%d row %d".formatted(V, s));
                assertEquals(alone.logprob[s], shared.logprob[s]);
            }
            int top = 2 * SamplingBatch.MAX_TOP;
            assertArrayEquals(
                    Arrays.copyOf(alone.topLogprob, top), Arrays.copyOf(shared.topLogprob, top));
        }
    }

    /** Whatever else a row asks for, even with a bias of 100 on every forbidden token. */
    @ParameterizedTest
    @ValueSource(ints = {3, 65, 700})
    void maskedTokensAreNeverDrawn(int V) {
        for (int round = 0; round < 40; round++) {
            float[] logits = logits(V, 3, round);
            for (Backend backend : List.of(new ScalarBackend(), vector)) {
                SamplingBatch batch = randomBatch(V, round);
                maskAndBias(batch, V, new Random(round));
                backend.sample(Fixtures.matrix(backend, V, logits), ROWS, batch);
                for (int s = 0; s < ROWS; s++) {
                    int token = batch.token[s];
                    assertTrue(token >= 0, backend.name() + " row " + s);
                    assertTrue((batch.mask[s][token / 64] >>> token & 1) == 1, backend.name());
                }
            }
        }
    }

    private static void maskAndBias(SamplingBatch batch, int V, Random random) {
        Arrays.fill(batch.given, SamplingBatch.NONE);
        batch.reserveEdits(ROWS * V);
        int edits = 0;
        for (int s = 0; s < ROWS; s++) {
            batch.topK[s] = random.nextBoolean() ? 1 : batch.topK[s];
            batch.mask[s] = random.longs((V + 63) / 64).toArray();
            int sure = random.nextInt(V);
            batch.mask[s][sure / 64] |= 1L << sure;
            batch.editStart[s] = edits;
            for (int token = 0; token < V; token++) {
                boolean isAllowed = (batch.mask[s][token / 64] >>> token & 1) == 1;
                batch.editToken[edits] = token;
                batch.editValue[edits++] = isAllowed ? -100 : 100;
            }
        }
        batch.editStart[ROWS] = edits;
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
            assertArrayEquals(expected.topToken, actual.topToken);
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
            SamplingBatch batch = randomBatch(V, 2);
            Arrays.fill(batch.given, SamplingBatch.NONE);
            backend.sample(Fixtures.matrix(backend, V, logits), ROWS, batch);
            for (int s = 3; s <= 6; s++) {
                assertEquals(-1, batch.token[s], backend.name() + " row " + s);
                assertTrue(Float.isNaN(batch.logprob[s]));
            }
            assertTrue(batch.token[7] >= 0, backend.name());
            assertTrue(batch.token[2] >= 0, backend.name());
        }
    }
}
