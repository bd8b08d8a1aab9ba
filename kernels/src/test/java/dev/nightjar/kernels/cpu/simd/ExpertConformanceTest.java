package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ops of a mixture of experts. */
class ExpertConformanceTest {

    private static final Backend REFERENCE = new ScalarBackend();
    private static Backend one;
    private static Backend three;

    @BeforeAll
    static void open() {
        Fixtures.assumeWidthOfProcessor();
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

    /** Few experts get most of the rows, some none. */
    private static int[] choices(int n, int numExperts, long seed) {
        Random random = new Random(seed);
        int[] experts = new int[n];
        for (int i = 0; i < n; i++) {
            int expert = random.nextInt(numExperts);
            experts[i] = random.nextInt(3) == 0 ? expert : expert / 3;
        }
        return experts;
    }

    private static float[] multiply(
            Backend backend, List<Tensor> parts, int[] experts, int fanOut, float[] x, int cols) {
        Weight weight = backend.prepareExperts(split(parts));
        Matrix out = Fixtures.zeros(backend, experts.length, weight.rows());
        Matrix in = Fixtures.matrix(backend, cols, x);
        IndexBuffer index = Fixtures.index(backend, experts);
        backend.expertMatmul(weight, index, fanOut, in, experts.length, out);
        return Fixtures.rows(out, 0, experts.length);
    }

    @ParameterizedTest
    @CsvSource({
        "F32, 5, 17, 33, 1, 1",
        "F32, 7, 6, 70, 2, 46",
        "BF16, 3, 12, 96, 3, 21",
        "Q8_0, 8, 33, 64, 2, 2",
        "Q4_K, 16, 40, 256, 4, 132",
        "Q6_K, 4, 130, 256, 1, 9"
    })
    void everyRowIsAMatmulWithItsExpert(
            DType dtype, int numExperts, int rows, int cols, int fanOut, int n) {
        List<Tensor> parts =
                List.of(
                        Fixtures.tensor(dtype, 1, numExperts, rows, cols),
                        Fixtures.tensor(dtype, 2, numExperts, rows, cols));
        int[] experts = choices(n, numExperts, rows);
        int tokens = Math.ceilDiv(n, fanOut);
        float[] x = Fixtures.uniform(tokens * cols, 3);
        float[] actual = multiply(three, parts, experts, fanOut, x, cols);
        float[] expected = multiply(REFERENCE, parts, experts, fanOut, x, cols);
        Fixtures.assertClose(expected, actual, NumericPolicy.dot(dtype, cols), dtype.toString());
        Fixtures.assertSameBits(
                actual, multiply(one, parts, experts, fanOut, x, cols), "one thread");
        for (int i = 0; i < n; i++) {
            float[] row = Arrays.copyOfRange(actual, i * 2 * rows, (i + 1) * 2 * rows);
            float[] token = Arrays.copyOfRange(x, i / fanOut * cols, (i / fanOut + 1) * cols);
            Fixtures.assertSameBits(plain(parts, experts[i], token), row, "row " + i);
        }
    }

    private static float[] plain(List<Tensor> parts, int expert, float[] x) {
        Weight weight = one.prepare(WeightUse.MATMUL, split(parts).get(expert));
        Matrix out = Fixtures.zeros(one, 1, weight.rows());
        one.matmul(weight, Fixtures.matrix(one, x.length, x), 1, out);
        return Fixtures.rows(out, 0, 1);
    }

    /** The matrices of each expert from tensors of all. */
    private static List<List<Tensor>> split(List<Tensor> parts) {
        List<List<Tensor>> experts = new ArrayList<>();
        for (int e = 0; e < parts.getFirst().shape().dim(0); e++) {
            List<Tensor> matrices = new ArrayList<>();
            for (Tensor part : parts) {
                matrices.add(part.rows(e * part.shape().dim(1), part.shape().dim(1)));
            }
            experts.add(matrices);
        }
        return experts;
    }

    /** Views on both sides; a smaller call after a larger one; no rows at all. */
    @Test
    void readsAndWritesOnlyItsViews() {
        List<Tensor> parts = List.of(Fixtures.tensor(DType.F32, 1, 4, 5, 20));
        Weight weight = three.prepareExperts(split(parts));
        int[] experts = {3, 0, 3, 3, 1, 0};
        float[] x = Fixtures.uniform(3 * 20, 2);
        float[] expected = multiply(three, parts, experts, 2, x, 20);
        Matrix wideX = Fixtures.zeros(three, 3, 30);
        for (int t = 0; t < 3; t++) {
            wideX.buffer().write(t * 30 + 7, x, t * 20, 20);
        }
        IndexBuffer index = Fixtures.index(three, experts);
        for (int n : new int[] {6, 4, 1, 0}) {
            Matrix wideOut = Fixtures.zeros(three, 6, 9);
            three.expertMatmul(weight, index, 2, wideX.columns(7, 20), n, wideOut.columns(4, 5));
            Fixtures.assertSameBits(
                    Arrays.copyOf(Arrays.copyOf(expected, n * 5), 30),
                    Fixtures.rows(wideOut.columns(4, 5), 0, 6),
                    n + " rows");
            Fixtures.assertSameBits(
                    new float[24], Fixtures.rows(wideOut.columns(0, 4), 0, 6), "beside the view");
        }
    }

    @Test
    void expertsThatDoNotExistAreNamed() {
        List<Tensor> parts = List.of(Fixtures.tensor(DType.F32, 1, 4, 5, 20));
        for (Backend backend : List.of(REFERENCE, three)) {
            for (int wrong : new int[] {-1, 4}) {
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> multiply(backend, parts, new int[] {wrong}, 1, new float[20], 20));
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> multiply(backend, parts, new int[] {1}, 0, new float[20], 20));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16", "Q8_0"})
    void biasesOfExperts(DType dtype) {
        Tensor biases = Fixtures.tensor(dtype, 4, 6, 96);
        int[] experts = choices(RowOpCheck.T, 6, 8);
        float[][] results = new float[2][];
        for (Backend backend : List.of(REFERENCE, three)) {
            float[] values = Fixtures.uniform(RowOpCheck.T * 96, 6);
            Matrix x = Fixtures.matrix(backend, 96, values);
            IndexBuffer index = Fixtures.index(backend, experts);
            Weight table = backend.prepare(WeightUse.EMBEDDING, List.of(biases));
            backend.addExpertBias(x, table, index, RowOpCheck.T);
            results[backend == three ? 1 : 0] = Fixtures.rows(x, 0, RowOpCheck.T);
        }
        Fixtures.assertSameBits(results[0], results[1], dtype.toString());
    }

    /** The first columns of a row are the weights of its k experts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 257})
    void combineExperts(int cols) {
        int k = 3;
        RowOpCheck.check(
                three,
                (backend, x, rows, out) -> {
                    Matrix outputs = Fixtures.zeros(backend, rows * k, cols);
                    for (int t = 0; t < rows; t++) {
                        for (int j = 0; j < k; j++) {
                            Matrix from = Fixtures.fromRow(x, t).columns(k + j * cols, cols);
                            backend.copy(from, 1, Fixtures.fromRow(outputs, t * k + j));
                        }
                    }
                    backend.combineExperts(outputs, x.columns(0, k), rows, out);
                },
                k + k * cols,
                cols,
                NumericPolicy.elementwise(),
                "combineExperts");
    }

    @ParameterizedTest
    @EnumSource
    void routesAsTheReference(ExpertRouting.Scoring scoring) {
        var routing =
                new ExpertRouting(24, 5, scoring, ExpertRouting.Weights.NORMALIZED, 2.5f, 4, 2);
        int T = 150;
        float[] logits = Fixtures.uniform(T * 24, 9);
        int[][] experts = new int[2][];
        float[][] weights = new float[2][];
        for (Backend backend : List.of(REFERENCE, three)) {
            int at = backend == three ? 1 : 0;
            IndexBuffer chosen = backend.allocateIndex(T * 5);
            Matrix out = Fixtures.zeros(backend, T, 5);
            Weight selection =
                    backend.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.F32, 10, 24)));
            backend.routeExperts(
                    Fixtures.matrix(backend, 24, logits),
                    routing,
                    Optional.of(selection),
                    T,
                    chosen,
                    out);
            experts[at] = chosen.host().clone();
            weights[at] = Fixtures.rows(out, 0, T);
        }
        assertArrayEquals(experts[0], experts[1]);
        Fixtures.assertSameBits(weights[0], weights[1], scoring.toString());
    }
}
