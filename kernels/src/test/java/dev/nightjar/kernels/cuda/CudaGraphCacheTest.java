package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.StepReplay;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps of a model of one layer: as bits, the same with graphs as without. */
class CudaGraphCacheTest {

    private static final int VOCABULARY = 7;
    private static final int COLS = 6;
    private static final int MAX_ROWS = 12;
    private static final int BLOCK = 16;
    private static final int MAX_BLOCKS = 50;
    private static final AttentionSpec SPEC = new AttentionSpec(1, 1, COLS, 0.5f);

    /** Embedding, cache, attention of one span, product. */
    private static final int LAUNCHES = 4;

    private Backend cuda;
    private Model model;
    private StepReplay replay;

    @BeforeEach
    void open() {
        cuda = EmulatedDevice.open(ActivationPrecision.EXACT);
        model = new Model(cuda);
        replay = cuda.stepReplay();
    }

    @AfterEach
    void close() {
        if (cuda != null) {
            cuda.close();
            assertEquals(0, EmulatedDevice.graphs());
        }
    }

    /** Each sequence has the blocks of the one pool in its own order. */
    private static final class Model {
        final Backend backend;
        final Weight table;
        final Weight head;
        final KvStore kv;
        final Matrix x;
        final Matrix attended;
        final Matrix out;
        final IndexBuffer ids;
        final IndexBuffer slots;
        final AttentionMetadata attention;

        Model(Backend backend) {
            this.backend = backend;
            table = prepare(WeightUse.EMBEDDING, 1, VOCABULARY);
            head = prepare(WeightUse.MATMUL, 2, VOCABULARY);
            var layer = new KvLayerSpec(1, COLS, COLS, DType.F32);
            kv = backend.allocateKv(new KvSpec(List.of(layer), BLOCK, MAX_BLOCKS));
            x = Fixtures.zeros(backend, MAX_ROWS, COLS);
            attended = Fixtures.zeros(backend, MAX_ROWS, COLS);
            out = Fixtures.zeros(backend, MAX_ROWS, VOCABULARY);
            ids = backend.allocateIndex(MAX_ROWS);
            slots = backend.allocateIndex(MAX_ROWS);
            attention =
                    new AttentionMetadata(
                            backend.allocateIndex(MAX_ROWS + 1),
                            backend.allocateIndex(MAX_ROWS),
                            backend.allocateIndex(MAX_ROWS * MAX_BLOCKS),
                            MAX_BLOCKS);
            fillCache();
        }

        private Weight prepare(WeightUse use, long seed, int rows) {
            return backend.prepare(use, List.of(Fixtures.tensor(DType.F32, seed, rows, COLS)));
        }

        private void fillCache() {
            int all = BLOCK * MAX_BLOCKS;
            Matrix k = Fixtures.matrix(backend, COLS, Fixtures.uniform(all * COLS, 3));
            Matrix v = Fixtures.matrix(backend, COLS, Fixtures.uniform(all * COLS, 4));
            IndexBuffer every = backend.allocateIndex(all);
            for (int i = 0; i < all; i++) {
                every.host()[i] = i;
            }
            every.commit(all);
            backend.writeKv(kv, 0, k, v, every, all);
        }

        /** A row for each context; padding rows have the token of their number, and no slot. */
        float[] step(StepReplay replay, int seed, int padding, int... contexts) {
            int rows = contexts.length + padding;
            for (int s = 0; s < rows; s++) {
                boolean isPadding = s >= contexts.length;
                int context = isPadding ? 1 : contexts[s];
                ids.host()[s] = (s + seed) % VOCABULARY;
                attention.queryStart().host()[s] = s;
                attention.contextLength().host()[s] = context;
                for (int b = 0; b < MAX_BLOCKS; b++) {
                    attention.blockTables().host()[s * MAX_BLOCKS + b] = (b + s) % MAX_BLOCKS;
                }
                int block = ((context - 1) / BLOCK + s) % MAX_BLOCKS;
                slots.host()[s] =
                        isPadding ? StepReplay.NO_SLOT : block * BLOCK + (context - 1) % BLOCK;
            }
            attention.queryStart().host()[rows] = rows;
            ids.commit(rows);
            slots.commit(rows);
            attention.commit(rows);
            replay.run(rows, attention, () -> forward(rows));
            return Fixtures.rows(out, 0, contexts.length);
        }

        private void forward(int rows) {
            backend.embed(table, ids, rows, x);
            backend.writeKv(kv, 0, x, x, slots, rows);
            backend.attention(x, kv, 0, SPEC, attention, rows, attended);
            backend.matmul(head, attended, rows, out);
        }
    }

    /** The step with graphs, which must be as it is without. */
    private void check(int seed, int padding, int... contexts) {
        float[] replayed = model.step(replay, seed, padding, contexts);
        assertArrayEquals(model.step(StepReplay.DIRECT, seed, 0, contexts), replayed);
    }

    /** Launches and launches of graphs that a step takes. */
    private void count(int launches, int graphs, int... contexts) {
        int launchesBefore = EmulatedDevice.calls("cuLaunchKernel");
        int graphsBefore = EmulatedDevice.calls("cuGraphLaunch");
        model.step(replay, 1, 0, contexts);
        assertEquals(launches, EmulatedDevice.calls("cuLaunchKernel") - launchesBefore);
        assertEquals(graphs, EmulatedDevice.calls("cuGraphLaunch") - graphsBefore);
    }

    @Test
    void aStepIsOneLaunchFromTheThirdOn() {
        count(LAUNCHES, 0, 5, 9, 40);
        count(LAUNCHES, 1, 6, 10, 41); // recorded, then launched
        count(0, 1, 7, 11, 42);
        count(0, 1, 500, 1, 512);
        count(LAUNCHES, 0, 500, 1);
        count(LAUNCHES + 1, 0, 501, 1, 513); // a second span, which is merged
    }

    @Test
    void whateverChangesBetweenStepsIsSeen() {
        for (int step = 0; step < 6; step++) {
            check(step, 0, 3 + step, 100 + 7 * step, 16 * step + 1, 480);
            check(step, 0, 600 - step, 30);
        }
        assertEquals(2, EmulatedDevice.graphs());
    }

    @Test
    void rowsThatPadChangeNothing() {
        for (int step = 0; step < 4; step++) {
            check(step, 3, 20 + step, 515 + step, 7);
        }
        assertEquals(1, EmulatedDevice.graphs());
    }

    @Test
    void rowsThatPadKeepNothing() {
        model.step(replay, 0, 0, 1, 1, 1);
        float[] before = model.step(replay, 0, 0, 2, 2, 2);
        for (int step = 0; step < 3; step++) {
            model.step(replay, 3, 2, 1);
        }
        float[] after = model.step(replay, 0, 0, 2, 2, 2);
        for (int i = 0; i < before.length; i++) {
            boolean isOfWhoWrote = i < VOCABULARY;
            assertEquals(isOfWhoWrote, before[i] != after[i], "element " + i);
        }
    }

    /** Partial results of more spans lie elsewhere: recordings that point to the old place go. */
    @Test
    void scratchThatGrowsDropsGraphs() {
        for (int step = 0; step < 3; step++) {
            check(step, 0, 8);
            check(step, 0, 700);
        }
        assertEquals(2, EmulatedDevice.graphs());
        check(0, 0, 720, 700, 700, 700, 700);
        check(0, 0, 720, 700, 700, 700, 700);
        assertEquals(1, EmulatedDevice.graphs());
        for (int step = 0; step < 3; step++) {
            check(step, 0, 9);
            check(step, 0, 701);
        }
        assertEquals(3, EmulatedDevice.graphs());
    }

    @Test
    void graphsGoWithTheirModel() {
        try (Backend other = cuda.forModel();
                StepReplay replays = other.stepReplay()) {
            Model second = new Model(other);
            for (int step = 0; step < 3; step++) {
                second.step(replays, step, 0, 20);
                check(step, 0, 20);
            }
            assertEquals(2, EmulatedDevice.graphs());
        }
        assertEquals(1, EmulatedDevice.graphs());
        replay.close();
        assertEquals(0, EmulatedDevice.graphs());
        check(1, 0, 20);
    }

    @Test
    void theLeastRecentlyUsedShapeIsDropped() {
        Matrix x = Fixtures.zeros(cuda, 1, 1);
        Runnable scale = () -> cuda.scale(x, 2, 1);
        int shapes = CudaGraphCache.MOST_SHAPES + 5;
        for (int shape = 1; shape <= shapes; shape++) {
            for (int i = 0; i < 2; i++) {
                replay.run(shape, model.attention, scale);
                replay.run(1, model.attention, scale);
            }
        }
        assertEquals(CudaGraphCache.MOST_SHAPES, EmulatedDevice.graphs());
        int launches = EmulatedDevice.calls("cuLaunchKernel");
        replay.run(1, model.attention, scale);
        replay.run(shapes, model.attention, scale);
        assertEquals(launches, EmulatedDevice.calls("cuLaunchKernel"));
        replay.run(2, model.attention, scale);
        assertEquals(launches + 1, EmulatedDevice.calls("cuLaunchKernel"));
    }

    @Test
    void whatCannotBeRecordedRunsAsItIs() {
        float[] value = new float[1];
        Matrix x = Fixtures.matrix(cuda, 1, 1);
        for (int step = 1; step <= 4; step++) {
            replay.run(
                    1,
                    model.attention,
                    () -> {
                        cuda.scale(x, 2, 1);
                        x.buffer().read(0, value, 0, 1);
                    });
            assertEquals(1 << step, value[0]);
        }
        assertEquals(0, EmulatedDevice.graphs());
    }

    /** A graph would send what the host writes later. */
    @Test
    void inputsThatOpsSendAreNotRecorded() {
        Matrix rows = Fixtures.matrix(cuda, 1, 0, 1, 2, 3, 4);
        Matrix out = Fixtures.zeros(cuda, 1, 1);
        IndexBuffer index = cuda.allocateIndex(1);
        for (int step = 0; step < 5; step++) {
            index.host()[0] = step;
            replay.run(
                    1,
                    model.attention,
                    () -> {
                        index.commit(1);
                        cuda.gatherRows(rows, index, 1, out);
                    });
            assertArrayEquals(new float[] {step}, Fixtures.rows(out, 0, 1));
        }
        assertEquals(0, EmulatedDevice.graphs());
    }

    @Test
    void errorsOfOpsAreThrownInEachStep() {
        Matrix x = Fixtures.zeros(cuda, 1, 1);
        for (int step = 0; step < 3; step++) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> replay.run(2, model.attention, () -> cuda.scale(x, 2, 2)));
        }
    }

    @Test
    void bucketsPadByLessThanAQuarter() {
        assertEquals(8, replay.rowsFor(8));
        assertEquals(10, replay.rowsFor(9));
        assertEquals(20, replay.rowsFor(17));
        assertEquals(256, replay.rowsFor(250));
        assertEquals(257, replay.rowsFor(257));
        for (int rows = 1; rows < 400; rows++) {
            int padded = replay.rowsFor(rows);
            assertTrue(padded >= rows && padded < 1.25 * rows, rows + " -> " + padded);
            assertEquals(padded, replay.rowsFor(padded));
        }
    }

    @Test
    void graphsCanBeSwitchedOff() {
        System.setProperty(CudaGraphCache.PROPERTY, "off");
        try (Backend plain = EmulatedDevice.open(ActivationPrecision.EXACT)) {
            assertEquals(StepReplay.DIRECT, plain.stepReplay());
            System.setProperty(CudaGraphCache.PROPERTY, "0");
            var wrong =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> EmulatedDevice.open(ActivationPrecision.EXACT).close());
            assertEquals("-Dnightjar.cuda.graphs is on or off, found 0", wrong.getMessage());
        } finally {
            System.clearProperty(CudaGraphCache.PROPERTY);
        }
    }
}
