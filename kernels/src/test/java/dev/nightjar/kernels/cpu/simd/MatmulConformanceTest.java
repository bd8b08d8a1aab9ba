package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Matmul against the reference, and against itself under other batches and thread counts. */
class MatmulConformanceTest {

    private static final int MAX_T = 33;
    private static final int[] ROWS = {1, 3, 17, 64, 129};
    private static final int[] COLS = {32, 64, 96, 256, 288, 768};
    private static final int[] BATCHES = {1, 2, 3, 5, 8, 13};

    private static final Backend REFERENCE = new ScalarBackend();
    private static Backend one;
    private static Backend three;

    @BeforeAll
    static void open() {
        Fixtures.assumeWidth();
        one = new VectorBackend(1);
        three = new VectorBackend(3);
    }

    @AfterAll
    static void close() {
        if (one != null) {
            one.close();
            three.close();
        }
    }

    private static float[] matmul(Backend backend, List<Tensor> parts, float[] x, int T) {
        Weight weight = backend.prepare(WeightUse.MATMUL, parts);
        Matrix out = Fixtures.zeros(backend, T, weight.rows());
        backend.matmul(weight, Fixtures.matrix(backend, weight.cols(), x), T, out);
        return Fixtures.rows(out, 0, T);
    }

    static List<DType> known() {
        return BlockFormats.known();
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"})
    void agreesWithTheReference(DType dtype) {
        for (int cols : COLS) {
            for (int rows : ROWS) {
                if (cols % dtype.blockSize() == 0) {
                    check(dtype, List.of(Fixtures.tensor(dtype, rows, rows, cols)));
                }
            }
        }
    }

    /** Formats differ in their decoders alone, so that one odd shape is enough for the rest. */
    @ParameterizedTest
    @MethodSource("known")
    void everyFormatAgreesWithTheReference(DType dtype) {
        check(dtype, List.of(Fixtures.tensor(dtype, 4, 19, 768)));
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "F8_E4M3", "F8_E5M2"})
    void plainRowsMayHaveAnyLength(DType dtype) {
        for (int cols : new int[] {1, 7, 33, 70}) {
            check(dtype, List.of(Fixtures.tensor(dtype, cols, 6, cols)));
        }
    }

    @Test
    void fusedPartsKeepTheirOwnFormats() {
        check(
                DType.Q4_K,
                List.of(
                        Fixtures.tensor(DType.Q4_K, 1, 33, 256),
                        Fixtures.tensor(DType.Q6_K, 2, 5, 256),
                        Fixtures.tensor(DType.F32, 3, 50, 256)));
    }

    /** Against the reference at the largest batch; bit for bit at all others and on 3 threads. */
    private static void check(DType dtype, List<Tensor> parts) {
        int cols = (int) parts.getFirst().shape().cols();
        float[] x = Fixtures.uniform(MAX_T * cols, 99);
        float[] all = matmul(one, parts, x, MAX_T);
        String what = dtype + " " + parts.getFirst().shape();
        Fixtures.assertClose(
                matmul(REFERENCE, parts, x, MAX_T), all, NumericPolicy.dot(dtype, cols), what);
        Fixtures.assertSameBits(all, matmul(three, parts, x, MAX_T), what + " on 3 threads");
        int rows = all.length / MAX_T;
        for (int T : BATCHES) {
            float[] expected = Arrays.copyOf(all, T * rows);
            Fixtures.assertSameBits(expected, matmul(one, parts, x, T), what + " T=" + T);
        }
    }

    /** Every row alone, and in every neighbourhood, gives the bits that it gives in the batch. */
    @ParameterizedTest
    @MethodSource("known")
    void rowsDoNotDependOnTheirBatch(DType dtype) {
        Tensor tensor = Fixtures.tensor(dtype, 5, 21, 512);
        Weight weight = three.prepare(WeightUse.MATMUL, List.of(tensor));
        Matrix x = Fixtures.matrix(three, 512, Fixtures.uniform(MAX_T * 512, 6));
        Matrix all = Fixtures.zeros(three, MAX_T, 21);
        three.matmul(weight, x, MAX_T, all);
        Matrix out = Fixtures.zeros(three, 9, 21);
        for (int T = 1; T <= 9; T++) {
            for (int first = 0; first + T <= MAX_T; first += T) {
                three.matmul(weight, Fixtures.fromRow(x, first), T, out);
                Fixtures.assertSameBits(
                        Fixtures.rows(all, first, T),
                        Fixtures.rows(out, 0, T),
                        "%s rows %d to %d".formatted(dtype, first, first + T));
            }
        }
    }

    /** Views: x and out are columns of wider matrices; what lies beside them stays untouched. */
    @Test
    void readsAndWritesOnlyItsViews() {
        Tensor tensor = Fixtures.tensor(DType.Q8_0, 8, 10, 64);
        float[] x = Fixtures.uniform(5 * 64, 9);
        float[] expected = matmul(three, List.of(tensor), x, 5);
        Matrix wideX = Fixtures.zeros(three, 5, 100);
        Matrix wideOut = Fixtures.zeros(three, 5, 40);
        for (int t = 0; t < 5; t++) {
            wideX.buffer().write(t * 100 + 17, x, t * 64, 64);
        }
        Weight weight = three.prepare(WeightUse.MATMUL, List.of(tensor));
        three.matmul(weight, wideX.columns(17, 64), 5, wideOut.columns(30, 10));
        Fixtures.assertSameBits(expected, Fixtures.rows(wideOut.columns(30, 10), 0, 5), "view");
        Fixtures.assertSameBits(
                new float[150], Fixtures.rows(wideOut.columns(0, 30), 0, 5), "beside the view");
    }
}
