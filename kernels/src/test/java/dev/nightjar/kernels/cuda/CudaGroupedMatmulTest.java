package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Experts on the tensor cores of the emulated device: rows grouped, none aware of the others. */
class CudaGroupedMatmulTest {

    private static final int MOST_TOKENS = 77;

    /** Of the largest value: both factors are rounded to bf16. */
    private static final float TOLERANCE = 1e-2f;

    private static final Backend REFERENCE = new ScalarBackend();
    private static Backend cuda;

    @BeforeAll
    static void open() {
        cuda = EmulatedDevice.open(ActivationPrecision.Q8);
    }

    @AfterAll
    static void close() {
        if (cuda != null) {
            cuda.close();
        }
    }

    /** The matrices of all experts, each in two parts: {@code [rows - 3, cols], [3, cols]}. */
    private static List<List<Tensor>> experts(DType dtype, int count, int rows, int cols) {
        List<List<Tensor>> parts = new ArrayList<>();
        for (int e = 0; e < count; e++) {
            parts.add(
                    List.of(
                            Fixtures.tensor(dtype, e, rows - 3, cols),
                            Fixtures.tensor(dtype, 1000 + e, 3, cols)));
        }
        return parts;
    }

    /** Rows of the product of x [n / fanOut, cols] with the chosen experts. */
    private static float[] multiply(
            Backend backend, Weight weight, int[] chosen, int fanOut, float[] x) {
        int n = chosen.length;
        Matrix out = Fixtures.zeros(backend, n, weight.rows() + 3).columns(1, weight.rows());
        Matrix in = Fixtures.matrix(backend, weight.cols(), x);
        backend.expertMatmul(weight, Fixtures.index(backend, chosen), fanOut, in, n, out);
        return Fixtures.rows(out, 0, n);
    }

    private static int[] choice(int n, int numExperts, long seed) {
        return new Random(seed).ints(n, 0, numExperts).toArray();
    }

    private static void assertNear(float[] expected, float[] actual, String what) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        Fixtures.assertClose(expected, actual, TOLERANCE * largest, what);
        assertTrue(!Arrays.equals(expected, actual), what + " was computed exactly");
    }

    static List<DType> known() {
        return CudaWeights.KNOWN;
    }

    /** More than a tile of rows of the weight, and experts with more and with fewer tokens. */
    @ParameterizedTest
    @MethodSource("known")
    void everyFormatAgreesWithTheReference(DType dtype) {
        int cols = dtype.blockSize() == 1 ? 35 : 256;
        int[] chosen = choice(21, 3, 4);
        float[] x = Fixtures.uniform(7 * cols, 5);
        List<List<Tensor>> parts = experts(dtype, 4, 70, cols);
        assertNear(
                multiply(REFERENCE, REFERENCE.prepareExperts(parts), chosen, 3, x),
                multiply(cuda, cuda.prepareExperts(parts), chosen, 3, x),
                dtype.toString());
    }

    /** Experts and how many are used: Mixtral, gpt-oss, Qwen3; tiles of 8 and of 64 tokens. */
    @ParameterizedTest
    @CsvSource({"8, 2, BF16, 33", "32, 4, MXFP4, 32", "128, 8, F16, 17", "2, 1, Q8_0, 64"})
    void anyNumberOfTokensGivesTheBitsOfOne(int numExperts, int used, DType dtype, int cols) {
        List<List<Tensor>> parts = experts(dtype, numExperts, 5, cols);
        Weight weight = cuda.prepareExperts(parts);
        int[] chosen = choice(MOST_TOKENS * used, numExperts, 6);
        float[] x = Fixtures.uniform(MOST_TOKENS * cols, 7);
        float[] all = multiply(cuda, weight, chosen, used, x);
        assertNear(
                multiply(REFERENCE, REFERENCE.prepareExperts(parts), chosen, used, x),
                all,
                numExperts + " experts");
        for (int tokens : new int[] {1, 2, 9, 31, 64}) {
            Fixtures.assertSameBits(
                    Arrays.copyOf(all, tokens * used * 5),
                    multiply(cuda, weight, Arrays.copyOf(chosen, tokens * used), used, x),
                    tokens + " tokens");
        }
        int last = (MOST_TOKENS - 1) * used;
        Fixtures.assertSameBits(
                Arrays.copyOfRange(all, last * 5, all.length),
                multiply(
                        cuda,
                        weight,
                        Arrays.copyOfRange(chosen, last, chosen.length),
                        used,
                        Arrays.copyOfRange(x, (MOST_TOKENS - 1) * cols, x.length)),
                "the last token alone");
    }

    /** The tile is that of a plain product: an expert's rows have the bits of its matrix alone. */
    @Test
    void anExpertIsItsMatrix() {
        List<List<Tensor>> parts = experts(DType.Q4_K, 3, 70, 512);
        Weight weight = cuda.prepareExperts(parts);
        float[] x = Fixtures.uniform(MOST_TOKENS * 512, 8);
        for (int e = 0; e < 3; e++) {
            int[] chosen = new int[MOST_TOKENS];
            Arrays.fill(chosen, e);
            Matrix out = Fixtures.zeros(cuda, MOST_TOKENS, 70);
            Weight plain = cuda.prepare(WeightUse.MATMUL, parts.get(e));
            cuda.matmul(plain, Fixtures.matrix(cuda, 512, x), MOST_TOKENS, out);
            Fixtures.assertSameBits(
                    Fixtures.rows(out, 0, MOST_TOKENS),
                    multiply(cuda, weight, chosen, 1, x),
                    "all rows to expert " + e);
        }
    }

    /** What another row needs is none of its business, least of all an expert that is none. */
    @Test
    void anExpertThatDoesNotExistGivesNaN() {
        int cols = 40;
        Weight weight = cuda.prepareExperts(experts(DType.BF16, 4, 67, cols));
        for (int n : new int[] {6, 60}) {
            float[] x = Fixtures.uniform(n * cols, 9);
            int[] chosen = choice(n, 4, 10);
            float[] expected = multiply(cuda, weight, chosen, 1, x);
            for (int wrong : new int[] {-1, 4, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                int[] spoiled = chosen.clone();
                spoiled[n / 2] = wrong;
                float[] actual = multiply(cuda, weight, spoiled, 1, x);
                for (int c = 0; c < 67; c++) {
                    assertTrue(Float.isNaN(actual[n / 2 * 67 + c]), "expert " + wrong);
                    actual[n / 2 * 67 + c] = expected[n / 2 * 67 + c];
                }
                Fixtures.assertSameBits(expected, actual, "beside expert " + wrong);
            }
        }
    }

    /** Both products of a layer, of a choice that the device made and that changes. */
    @Test
    void aNewChoiceIsGroupedAnew() {
        var routing =
                new ExpertRouting(
                        6, 2, ExpertRouting.Scoring.SOFTMAX, ExpertRouting.Weights.NORMALIZED, 1);
        List<List<Tensor>> parts = experts(DType.BF16, 6, 24, 24);
        IndexBuffer[] chosen = {cuda.allocateIndex(22), REFERENCE.allocateIndex(22)};
        Backend[] backends = {cuda, REFERENCE};
        Weight[] weights = {cuda.prepareExperts(parts), REFERENCE.prepareExperts(parts)};
        for (int round = 0; round < 3; round++) {
            float[][] results = new float[2][];
            for (int b = 0; b < 2; b++) {
                Matrix logits =
                        Fixtures.matrix(backends[b], 6, Fixtures.uniform(11 * 6, 20 + round));
                Matrix factors = Fixtures.zeros(backends[b], 11, 2);
                if (round < 2) {
                    backends[b].routeExperts(
                            logits, routing, Optional.empty(), 11, chosen[b], factors);
                } else {
                    System.arraycopy(choice(22, 6, 12), 0, chosen[b].host(), 0, 22);
                    chosen[b].commit(22);
                }
                results[b] = layer(backends[b], weights[b], chosen[b]);
            }
            assertNear(results[1], results[0], "round " + round);
        }
    }

    private static float[] layer(Backend backend, Weight weight, IndexBuffer chosen) {
        Matrix x = Fixtures.matrix(backend, 24, Fixtures.uniform(11 * 24, 13));
        Matrix between = Fixtures.zeros(backend, 22, 24);
        Matrix out = Fixtures.zeros(backend, 22, 24);
        backend.expertMatmul(weight, chosen, 2, x, 22, between);
        backend.expertMatmul(weight, chosen, 1, between, 22, out);
        return Fixtures.rows(out, 0, 22);
    }

    /** No choice needs more tiles than there are, and the worst one needs them all. */
    @Test
    void thereAreTilesForTheWorstChoice() {
        for (int numExperts : new int[] {1, 3, 8}) {
            for (int n = 1; n < 300; n++) {
                for (int rows : new int[] {8, 64}) {
                    int groups = Math.min(numExperts + 1, n);
                    int worst = groups - 1 + Math.ceilDiv(n - groups + 1, rows);
                    int most = CudaGroups.mostTiles(n, numExperts, rows);
                    assertTrue(most >= worst && most <= worst + 1, n + " rows, " + most);
                }
            }
        }
        assertEquals(0, CudaGroups.mostTiles(0, 8, 8));
    }

    @Test
    void buffersThatAreTooSmallAreNamed() {
        Weight weight = cuda.prepareExperts(experts(DType.F32, 2, 5, 8));
        IndexBuffer chosen = Fixtures.index(cuda, IntStream.range(0, 2).toArray());
        Matrix x = Fixtures.zeros(cuda, 3, 8);
        Matrix out = Fixtures.zeros(cuda, 3, 5);
        assertThrows(
                IllegalArgumentException.class,
                () -> cuda.expertMatmul(weight, chosen, 1, x, 3, out));
        cuda.expertMatmul(weight, chosen, 1, x, 0, out);
    }
}
