package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.RowPooling;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.tensor.DType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ops on rows, by the kernels themselves on the emulated device, against the reference. */
class CudaOpsTest {

    private static final int T = 5;
    private static final float TOLERANCE = 1e-5f;
    private static final Backend REFERENCE = new ScalarBackend();
    private static Backend cuda;

    /** An op that reads and writes rows; what it leaves in {@code out} is compared. */
    private interface RowOp {
        void run(Backend backend, Matrix x, int rows, Matrix out);
    }

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

    private static float[] run(Backend backend, RowOp op, float[] input, int cols, int outCols) {
        Matrix wide = Fixtures.zeros(backend, T, outCols + 3);
        Matrix out = wide.columns(2, outCols);
        op.run(backend, Fixtures.matrix(backend, cols, input), input.length / cols, out);
        Fixtures.assertSameBits(
                new float[2 * T], Fixtures.rows(wide.columns(0, 2), 0, T), "beside the view");
        return Fixtures.rows(out, 0, input.length / cols);
    }

    /** Against the reference, and each row alone. */
    private static void check(RowOp op, int cols, int outCols, String what) {
        float[] input = Fixtures.uniform(T * cols, cols);
        for (int i = 0; i < input.length; i++) {
            input[i] *= 4;
        }
        float[] all = run(cuda, op, input, cols, outCols);
        Fixtures.assertClose(
                run(REFERENCE, op, input, cols, outCols), all, TOLERANCE * 16, what + cols);
        float[] row = Arrays.copyOfRange(input, 3 * cols, 4 * cols);
        Fixtures.assertSameBits(
                Arrays.copyOfRange(all, 3 * outCols, 4 * outCols),
                run(cuda, op, row, cols, outCols),
                what + " alone");
    }

    private static void inPlace(RowOp op, int cols, String what) {
        check(
                (backend, x, rows, out) -> {
                    backend.copy(x, rows, out);
                    op.run(backend, out, rows, x);
                },
                cols,
                cols,
                what);
    }

    private static Weight vector(Backend backend, int cols, long seed) {
        return backend.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.BF16, seed, cols)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 33, 257, 600})
    void norms(int cols) {
        check(
                (backend, x, rows, out) ->
                        backend.rmsNorm(x, vector(backend, cols, 1), 1e-5f, rows, out),
                cols,
                cols,
                "rmsNorm");
        check(
                (backend, x, rows, out) ->
                        backend.layerNorm(
                                x,
                                vector(backend, cols, 1),
                                vector(backend, cols, 2),
                                1e-5f,
                                rows,
                                out),
                cols,
                cols,
                "layerNorm");
        check(
                (backend, x, rows, out) -> {
                    Matrix sum = Fixtures.zeros(backend, rows, cols);
                    backend.addRmsNorm(sum, x, vector(backend, cols, 3), 1e-6f, rows, out);
                    backend.add(out, sum, rows);
                },
                cols,
                cols,
                "addRmsNorm");
    }

    @Test
    void normsOfHeads() {
        for (int period : new int[] {24, 72}) {
            inPlace(
                    (backend, x, rows, ignored) ->
                            backend.rmsNormHeads(x, 3, vector(backend, period, 4), 1e-6f, rows),
                    72,
                    "rmsNormHeads");
            inPlace(
                    (backend, x, rows, ignored) ->
                            backend.layerNormHeads(x, 3, vector(backend, period, 4), 1e-6f, rows),
                    72,
                    "layerNormHeads");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 300})
    void elementwise(int cols) {
        inPlace((backend, x, rows, y) -> backend.add(x, y, rows), cols, "add");
        inPlace((b, x, rows, y) -> b.addBias(x, vector(b, cols, 1), rows), cols, "addBias");
        inPlace((b, x, rows, y) -> b.multiply(x, vector(b, cols, 1), rows), cols, "multiply");
        inPlace((backend, x, rows, y) -> backend.scale(x, 0.37f, rows), cols, "scale");
        inPlace((backend, x, rows, y) -> backend.clamp(x, 1.5f, rows), cols, "clamp");
        inPlace((backend, x, rows, y) -> backend.softCap(x, 2.5f, rows), cols, "softCap");
        inPlace(
                (backend, x, rows, y) -> backend.sigmoidGate(x, y.columns(0, 1), rows),
                cols,
                "sigmoidGate");
    }

    @ParameterizedTest
    @EnumSource
    void activations(Activation activation) {
        inPlace((backend, x, rows, y) -> backend.activate(activation, x, rows), 70, "activate");
        check(
                (backend, x, rows, out) -> backend.activateMultiply(activation, x, rows, out),
                66,
                33,
                "activateMultiply");
    }

    @Test
    void clampedGate() {
        check(
                (backend, x, rows, out) -> backend.clampedGate(x, 1.702f, 3, rows, out),
                66,
                33,
                "clampedGate");
    }

    @ParameterizedTest
    @EnumSource
    void rope(RopeStyle style) {
        float[] angles = Fixtures.uniform(9 * 8, 3);
        inPlace(
                (backend, x, rows, ignored) -> {
                    Matrix cos = Fixtures.matrix(backend, 8, angles);
                    Matrix sin = Fixtures.matrix(backend, 8, Fixtures.uniform(9 * 8, 4));
                    IndexBuffer positions =
                            Fixtures.index(
                                    backend, rows == 1 ? new int[] {1} : new int[] {8, 0, 3, 1, 5});
                    backend.rope(x, 3, new RopeTable(style, 2, 16, cos, sin), positions, rows);
                },
                3 * 21,
                "rope");
    }

    @Test
    void embeddings() {
        for (DType dtype : CudaWeights.KNOWN) {
            Backend[] backends = {REFERENCE, cuda};
            float[][] results = new float[2][];
            for (int i = 0; i < 2; i++) {
                var table = List.of(Fixtures.tensor(dtype, 7, 11, 512));
                Weight weight = backends[i].prepare(WeightUse.EMBEDDING, table);
                Matrix out = Fixtures.zeros(backends[i], 4, 512);
                IndexBuffer ids = Fixtures.index(backends[i], 10, 0, 3, 3);
                backends[i].embed(weight, ids, 4, out);
                backends[i].addExpertBias(out, weight, ids, 3);
                results[i] = Fixtures.rows(out, 0, 4);
            }
            Fixtures.assertSameBits(results[0], results[1], dtype.toString());
        }
    }

    @Test
    void rowsAreGatheredAndPooled() {
        for (Matrix[] pair : List.of(pooled(REFERENCE), pooled(cuda))) {
            Fixtures.assertClose(
                    Fixtures.rows(pooled(REFERENCE)[0], 0, 5),
                    Fixtures.rows(pair[0], 0, 5),
                    TOLERANCE,
                    "pooling");
            Fixtures.assertSameBits(
                    Fixtures.rows(pooled(REFERENCE)[1], 0, 3),
                    Fixtures.rows(pair[1], 0, 3),
                    "gathering");
        }
    }

    private static Matrix[] pooled(Backend backend) {
        Matrix x = Fixtures.matrix(backend, 33, Fixtures.uniform(9 * 33, 8));
        Matrix pools = Fixtures.zeros(backend, 5 * 3, 33);
        IndexBuffer starts = Fixtures.index(backend, 0, 4, 4, 9);
        IndexBuffer skipped = Fixtures.index(backend, 1, 2, 0);
        backend.meanRows(x, starts, 3, 9, pools);
        for (RowPooling how : RowPooling.values()) {
            Matrix out = Fixtures.zeros(backend, 3, 33);
            backend.poolRows(how, x, starts, skipped, 3, 9, out);
            backend.add(pools, out, 3);
        }
        Matrix gathered = Fixtures.zeros(backend, 3, 33);
        backend.gatherRows(x, Fixtures.index(backend, 8, 0, 8), 3, gathered);
        return new Matrix[] {pools, gathered};
    }

    /** A model's memory goes with its backend; the device and other models stay. */
    @Test
    void modelsHaveMemoryOfTheirOwn() {
        Backend model = cuda.forModel();
        Matrix x = Fixtures.matrix(model, 4, 1, 2, 3, 4);
        var layer = new KvLayerSpec(1, 4, DType.F32);
        KvStore store = model.allocateKv(new KvSpec(List.of(layer), 4, 2));
        Weight weight =
                model.prepare(WeightUse.MATMUL, List.of(Fixtures.tensor(DType.F32, 1, 3, 4)));
        Matrix out = Fixtures.zeros(cuda, 1, 3);
        model.matmul(weight, x, 1, out);
        float[] before = Fixtures.rows(out, 0, 1);
        model.close();
        store.close();
        cuda.scale(out, 2, 1);
        assertEquals(2 * before[1], Fixtures.rows(out, 0, 1)[1]);
    }

    @Test
    void wrongArgumentsAreNamed() {
        Matrix x = Fixtures.zeros(cuda, 2, 8);
        Matrix other = Fixtures.zeros(REFERENCE, 2, 8);
        assertThrows(IllegalArgumentException.class, () -> cuda.add(x, other, 2));
        assertThrows(IllegalArgumentException.class, () -> cuda.scale(x, 2, 3));
        Weight table =
                cuda.prepare(WeightUse.EMBEDDING, List.of(Fixtures.tensor(DType.F32, 1, 3, 8)));
        IndexBuffer ids = Fixtures.index(cuda, 3);
        assertThrows(IndexOutOfBoundsException.class, () -> cuda.embed(table, ids, 1, x));
        cuda.scale(x, 2, 0);
    }
}
