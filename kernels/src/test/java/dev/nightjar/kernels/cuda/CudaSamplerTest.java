package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.FilterStep;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.Fixtures;
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

/** The token of every row is the one that the reference draws, wherever it is found. */
class CudaSamplerTest {

    private static final int ROWS = 16;
    private static Backend cuda;

    @BeforeAll
    static void open() {
        cuda = EmulatedDevice.open(ActivationPrecision.EXACT);
    }

    @AfterAll
    static void close() {
        if (cuda != null) {
            cuda.close();
        }
    }

    /** Greedy rows and rows of all filters in any order, penalized, edited and masked ones too. */
    private static SamplingBatch batch(int V, long seed) {
        Random random = new Random(seed);
        SamplingBatch batch = new SamplingBatch(ROWS);
        int counts = 0;
        for (int s = 0; s < ROWS; s++) {
            batch.temperature[s] = random.nextInt(3) == 0 ? 0 : 0.2f + 2 * random.nextFloat();
            batch.topK[s] = random.nextInt(2) == 0 ? 0 : 1 + random.nextInt(90);
            batch.topP[s] = random.nextBoolean() ? 1 : random.nextFloat();
            batch.minP[s] = random.nextBoolean() ? 0 : 0.3f * random.nextFloat();
            batch.typicalP[s] = random.nextInt(6) > 0 ? 1 : random.nextFloat();
            if (random.nextBoolean()) {
                List<FilterStep> filters = new ArrayList<>(List.of(FilterStep.values()));
                Collections.shuffle(filters, random);
                int count = 1 + random.nextInt(filters.size());
                batch.filters[s] = filters.subList(0, count).toArray(new FilterStep[0]);
            }
            batch.topCount[s] = random.nextInt(3) * 5;
            batch.given[s] = random.nextInt(8) > 0 ? SamplingBatch.NONE : random.nextInt(V);
            batch.seed[s] = random.nextLong();
            batch.position[s] = random.nextInt(1000);
            batch.repetitionPenalty[s] = 1.3f;
            batch.presencePenalty[s] = 0.5f;
            batch.frequencyPenalty[s] = 0.2f;
            batch.countStart[s] = counts;
            for (int i = 0; i < 8 && random.nextInt(3) > 0; i++) {
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

    private static SamplingBatch sample(Backend backend, int V, float[] logits, long seed) {
        SamplingBatch batch = batch(V, seed);
        backend.sample(Fixtures.matrix(backend, V, logits), ROWS, batch);
        return batch;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 65, 700, 3001})
    void drawsTheTokensOfTheReference(int V) {
        for (int round = 0; round < 4; round++) {
            float[] logits = Fixtures.uniform(ROWS * V, V + round);
            for (int i = 0; i < logits.length; i++) {
                // Ties in every second round.
                logits[i] = round % 2 == 0 ? 8 * logits[i] : Math.round(8 * logits[i]);
            }
            if (V > 8) {
                logits[3 * V + 5] = Float.NaN;
                logits[4 * V + 5] = Float.POSITIVE_INFINITY;
                Arrays.fill(logits, 5 * V, 6 * V, Float.NEGATIVE_INFINITY);
                logits[6 * V + 1] = Float.NEGATIVE_INFINITY;
            }
            SamplingBatch expected = sample(new ScalarBackend(), V, logits, V + round);
            SamplingBatch actual = sample(cuda, V, logits, V + round);
            for (int s = 0; s < ROWS; s++) {
                String what = "V=%d round %d row %d".formatted(V, round, s);
                assertEquals(expected.token[s], actual.token[s], what);
                assertEquals(expected.logprob[s], actual.logprob[s], 1e-5f, what);
            }
            assertArrayEquals(expected.topToken, actual.topToken, "V=" + V);
            assertArrayEquals(expected.topLogprob, actual.topLogprob, 1e-5f);
        }
    }

    private static SamplingBatch plain(int rows) {
        SamplingBatch batch = new SamplingBatch(rows);
        for (int s = 0; s < rows; s++) {
            batch.temperature[s] = 1;
            batch.seed[s] = s;
        }
        return batch;
    }

    /** Sums of ones are exact in any order: the cuts must be, too. */
    @Test
    void tiesAreCutAtTheLowerTokens() {
        int V = 1027;
        int rows = 40;
        float[] logits = new float[rows * V];
        SamplingBatch expected = plain(rows);
        SamplingBatch actual = plain(rows);
        for (SamplingBatch batch : List.of(expected, actual)) {
            for (int s = 0; s < rows; s++) {
                batch.topP[s] = s % 4 == 0 ? 1 : (s + 1) / 64f;
                batch.topK[s] = s % 3 == 0 ? 100 + s : 0;
                batch.minP[s] = s % 5 == 0 ? 1 : 0;
            }
        }
        new ScalarBackend().sample(Fixtures.matrix(new ScalarBackend(), V, logits), rows, expected);
        cuda.sample(Fixtures.matrix(cuda, V, logits), rows, actual);
        assertArrayEquals(expected.token, actual.token);
        assertTrue(Arrays.stream(actual.token).distinct().count() > 20);
    }

    @Test
    void noRowCrossesTheBus() {
        int V = 3001;
        int rows = 5;
        float[] logits = Fixtures.uniform(rows * V, 7);
        SamplingBatch batch = plain(rows);
        batch.topP[1] = 0.9f;
        batch.minP[2] = 0.05f;
        batch.topK[3] = 500;
        batch.editStart[5] = 1;
        batch.editValue[0] = 3;
        Matrix matrix = Fixtures.matrix(cuda, V, logits);
        int before = EmulatedDevice.calls("bytesToHost");
        cuda.sample(matrix, rows, batch);
        int copied = EmulatedDevice.calls("bytesToHost") - before;
        assertTrue(copied > 0 && copied < 64 * rows, copied + " bytes");
        batch.typicalP[1] = 0.5f;
        cuda.sample(matrix, rows, batch);
        assertTrue(EmulatedDevice.calls("bytesToHost") - before - copied > Float.BYTES * V);
    }
}
