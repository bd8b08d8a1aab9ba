package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.cpu.simd.NumericPolicy;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Products and mixtures of experts on the emulated device against the reference. */
class CudaMatmulTest {

    /** More than the kernels for few rows take. */
    private static final int MAX_T = 70;

    private static final Backend REFERENCE = new ScalarBackend();
    private static Backend exact;
    private static Backend tensor;

    @BeforeAll
    static void open() {
        exact = EmulatedDevice.open(ActivationPrecision.EXACT);
        tensor = EmulatedDevice.open(ActivationPrecision.Q8);
    }

    @AfterAll
    static void close() {
        if (tensor != null) {
            exact.close();
            tensor.close();
        }
    }

    static float[] matmul(Backend backend, List<Tensor> parts, float[] x, int T) {
        Weight weight = backend.prepare(WeightUse.MATMUL, parts);
        Matrix out = Fixtures.zeros(backend, T, weight.rows() + 3).columns(1, weight.rows());
        backend.matmul(weight, Fixtures.matrix(backend, weight.cols(), x), T, out);
        return Fixtures.rows(out, 0, T);
    }

    static List<DType> known() {
        return CudaWeights.KNOWN;
    }

    @ParameterizedTest
    @MethodSource("known")
    void agreesWithTheReference(DType dtype) {
        int cols = dtype.blockSize() == 1 ? 70 : dtype.blockSize() == 32 ? 480 : 512;
        check(List.of(Fixtures.tensor(dtype, 1, 13, cols), Fixtures.tensor(dtype, 2, 6, cols)));
    }

    /** Against the reference at the largest batch; bit for bit at others. */
    private static void check(List<Tensor> parts) {
        int cols = (int) parts.getFirst().shape().cols();
        DType dtype = parts.getFirst().dtype();
        float[] x = Fixtures.uniform(MAX_T * cols, 99);
        float[] expected = matmul(REFERENCE, parts, x, MAX_T);
        for (Backend backend : List.of(exact, tensor)) {
            float[] all = matmul(backend, parts, x, MAX_T);
            // Two factors rounded to eight bits, errors that add up like a random walk.
            float tolerance =
                    backend == exact
                            ? NumericPolicy.dot(dtype, cols)
                            : 1e-2f * (float) Math.sqrt(cols);
            Fixtures.assertClose(expected, all, tolerance, dtype + " " + backend.name());
            int rows = all.length / MAX_T;
            for (int T : new int[] {1, 3, 8, 9}) {
                Fixtures.assertSameBits(
                        Arrays.copyOf(all, T * rows), matmul(backend, parts, x, T), "T=" + T);
            }
        }
    }

    /** More than a tile of rows and of columns, in parts of different formats. */
    @Test
    void fusedPartsKeepTheirOwnFormats() {
        check(
                List.of(
                        Fixtures.tensor(DType.Q4_K, 1, 65, 256),
                        Fixtures.tensor(DType.Q6_K, 2, 5, 256),
                        Fixtures.tensor(DType.F32, 3, 2, 256)));
    }

    /** Rows that are copied 16 bytes at a time, and the last of several tiles that is not whole. */
    @ParameterizedTest
    @EnumSource(names = {"BF16", "F16", "F8_E4M3"})
    void tilesThatAreNotWhole(DType dtype) {
        check(List.of(Fixtures.tensor(dtype, 1, 130, 328), Fixtures.tensor(dtype, 2, 1, 328)));
    }

    /** What the processor computes with, a GPU does, too. */
    @Test
    void everyFormatHasKernels() {
        assertEquals(Set.copyOf(BlockFormats.known()), Set.copyOf(CudaWeights.KNOWN));
    }

    @Test
    void typesWithoutKernelsAreNamed() {
        MemorySegment bytes = Arena.ofAuto().allocate(DType.IQ2_XS.bytesFor(512));
        var parts = List.of(new Tensor(DType.IQ2_XS, new Shape(2, 256), bytes));
        assertThrows(UnsupportedDTypeException.class, () -> exact.prepare(WeightUse.MATMUL, parts));
    }

    /** Each byte of the types of one, NaN and infinities included. */
    @ParameterizedTest
    @EnumSource(names = {"F8_E4M3", "F8_E5M2"})
    void everyByteIsTheNumberOfTheReference(DType dtype) {
        MemorySegment bytes = Arena.ofAuto().allocate(256);
        for (int i = 0; i < 256; i++) {
            bytes.set(ValueLayout.JAVA_BYTE, i, (byte) i);
        }
        var table = List.of(new Tensor(dtype, new Shape(1, 256), bytes));
        float[][] rows = new float[2][];
        for (Backend backend : List.of(REFERENCE, exact)) {
            Matrix out = Fixtures.zeros(backend, 1, 256);
            Weight weight = backend.prepare(WeightUse.EMBEDDING, table);
            backend.embed(weight, Fixtures.index(backend, 0), 1, out);
            rows[backend == exact ? 1 : 0] = Fixtures.rows(out, 0, 1);
        }
        assertArrayEquals(rows[0], rows[1]);
    }

    private static float[] experts(Backend backend, DType dtype, int fanOut, float[] x, int n) {
        List<List<Tensor>> parts = new ArrayList<>();
        for (int e = 0; e < 4; e++) {
            parts.add(
                    List.of(
                            Fixtures.tensor(dtype, e, 5, 256),
                            Fixtures.tensor(dtype, 10 + e, 3, 256)));
        }
        Weight weight = backend.prepareExperts(parts);
        IndexBuffer chosen =
                Fixtures.index(backend, Arrays.copyOf(new int[] {3, 0, 3, 1, 2, 2}, n));
        Matrix out = Fixtures.zeros(backend, n, 8);
        backend.expertMatmul(weight, chosen, fanOut, Fixtures.matrix(backend, 256, x), n, out);
        return Fixtures.rows(out, 0, n);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16", "Q8_0", "Q4_K", "MXFP4", "Q3_K", "F8_E4M3"})
    void everyRowIsAMatmulWithItsExpert(DType dtype) {
        for (int fanOut : new int[] {1, 2, 3}) {
            float[] x = Fixtures.uniform(6 / fanOut * 256, 5);
            Fixtures.assertClose(
                    experts(REFERENCE, dtype, fanOut, x, 6),
                    experts(exact, dtype, fanOut, x, 6),
                    NumericPolicy.dot(dtype, 256),
                    dtype + " " + fanOut);
        }
    }

    /** Routing decides the experts, and combining weighs what they gave. */
    @ParameterizedTest
    @EnumSource
    void routesAndCombinesAsTheReference(ExpertRouting.Scoring scoring) {
        for (int groups : new int[] {1, 4}) {
            var routing =
                    new ExpertRouting(
                            24,
                            5,
                            scoring,
                            ExpertRouting.Weights.NORMALIZED,
                            2.5f,
                            groups,
                            Math.min(2, groups));
            Fixtures.assertClose(
                    routed(REFERENCE, routing), routed(exact, routing), 1e-5f, scoring.toString());
        }
    }

    /** The chosen experts, seen through their biases, then the weights and the sum. */
    private static float[] routed(Backend backend, ExpertRouting routing) {
        int rows = 30;
        Matrix logits = Fixtures.matrix(backend, 24, Fixtures.uniform(rows * 24, 9));
        IndexBuffer chosen = backend.allocateIndex(rows * 5);
        Matrix weights = Fixtures.zeros(backend, rows, 5);
        Weight bias =
                backend.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.F32, 10, 24)));
        backend.routeExperts(logits, routing, Optional.of(bias), rows, chosen, weights);
        Weight names =
                backend.prepare(
                        WeightUse.EMBEDDING, List.of(Fixtures.tensor(DType.F32, 11, 24, 7)));
        Matrix out = Fixtures.zeros(backend, rows * 5, 7);
        backend.addExpertBias(out, names, chosen, rows * 5);
        Matrix sum = Fixtures.zeros(backend, rows, 7);
        backend.combineExperts(out, weights, rows, sum);
        float[] all = new float[rows * (5 * 7 + 5 + 7)];
        System.arraycopy(Fixtures.rows(out, 0, rows * 5), 0, all, 0, rows * 35);
        System.arraycopy(Fixtures.rows(weights, 0, rows), 0, all, rows * 35, rows * 5);
        System.arraycopy(Fixtures.rows(sum, 0, rows), 0, all, rows * 40, rows * 7);
        return all;
    }
}
