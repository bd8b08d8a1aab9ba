package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.backend.RowPooling;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Attention in both directions against the reference, and packed sequences against lone ones. */
class SelfAttentionConformanceTest {

    /** Around the sizes of tiles and spans, empty ones too. */
    private static final int[] LENGTHS = {1, 7, 0, 128, 130, 33, 256, 2, 515};

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

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0",
        "3, 8, 0",
        "2, 64, 0",
        "5, 20, 0",
        "3, 7, 1",
        "2, 32, 64",
        "1, 40, 300",
        "2, 260, 0",
        "1, 530, 3"
    })
    void agreesWithTheReference(int heads, int dim, int window) {
        var spec = new SelfAttentionSpec(heads, dim, 1 / (float) Math.sqrt(dim), window);
        float[] input = input(spec, Arrays.stream(LENGTHS).sum());
        float[] expected = attend(new ScalarBackend(), spec, input, LENGTHS);
        float[] actual = attend(three, spec, input, LENGTHS);
        Fixtures.assertClose(expected, actual, NumericPolicy.attention(dim, 515), spec.toString());
    }

    /**
     * Chains are chains: whoever multiplies, with heads of every size that functions take or not.
     */
    @ParameterizedTest
    @CsvSource({"1, 4, 0", "2, 6, 0", "3, 20, 0", "2, 64, 40", "1, 128, 0", "1, 256, 0"})
    void assembledFunctionsMakeTheBitsOfVectors(int heads, int dim, int window) {
        var spec = new SelfAttentionSpec(heads, dim, 0.3f, window);
        float[] input = input(spec, Arrays.stream(LENGTHS).sum());
        try (Backend vectors =
                new VectorBackend(2, WeightLayout.REPACKED, ActivationPrecision.EXACT, false)) {
            float[] expected = attend(vectors, spec, input, LENGTHS);
            Fixtures.assertSameBits(expected, attend(three, spec, input, LENGTHS), "bits");
        }
    }

    /** Reaches shorter and longer than sequences, spans and windows; 0 is a bias of all alike. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 0",
        "3, 7, 0, 1",
        "5, 20, 0, 127",
        "2, 64, 0, 600",
        "3, 8, 5, 3",
        "2, 32, 64, 128",
        "1, 40, 300, 200"
    })
    void biasesAgreeWithTheReference(int heads, int dim, int window, int reach) {
        var spec = biased(heads, dim, window, reach);
        float[] input = input(spec, Arrays.stream(LENGTHS).sum());
        float[] expected = attend(new ScalarBackend(), spec, input, LENGTHS);
        float[] actual = attend(three, spec, input, LENGTHS);
        Fixtures.assertClose(expected, actual, NumericPolicy.attention(dim, 515), spec.toString());
    }

    /** With keys of zero the weights are those of the bias alone, computed here by hand. */
    @Test
    void theReferenceAddsTheBiasOfEachDistance() {
        Matrix table = Fixtures.matrix(one, 5, 0.5f, -1, 2, 0.25f, 1, -3, 0, 1, 4, -2);
        var spec = new SelfAttentionSpec(2, 1, 9).withBias(new RelativeBias(table, 2));
        float[] input = new float[4 * 6];
        for (int i = 0; i < 4; i++) {
            input[6 * i + 4] = i;
            input[6 * i + 5] = 10 * i;
        }
        float[] actual = attend(new ScalarBackend(), spec, input, 4);
        // Row 3 sees rows 0 to 3 at distances -3 (as -2), -2, -1 and 0.
        double[] w = Arrays.stream(new double[] {-3, -3, 0, 1}).map(Math::exp).toArray();
        double mean = 10 * (w[1] + 2 * w[2] + 3 * w[3]) / (w[0] + w[1] + w[2] + w[3]);
        assertEquals(mean, actual[7], 1e-5);
        // Row 0 sees rows 0 to 3 at distances 0, 1, 2 and 3 (as 2).
        w = Arrays.stream(new double[] {2, 0.25, 1, 1}).map(Math::exp).toArray();
        mean = (w[1] + 2 * w[2] + 3 * w[3]) / (w[0] + w[1] + w[2] + w[3]);
        assertEquals(mean, actual[0], 1e-5);
    }

    @Test
    void biasesOfAnotherShapeAreRefused() {
        Matrix table = Fixtures.zeros(one, 2, 5);
        assertThrows(IllegalArgumentException.class, () -> new RelativeBias(table, 3));
        var spec = new SelfAttentionSpec(3, 4, 1);
        var bias = new RelativeBias(table, 2);
        assertThrows(IllegalArgumentException.class, () -> spec.withBias(bias));
    }

    private static SelfAttentionSpec biased(int heads, int dim, int window, int reach) {
        int cols = 2 * reach + 1;
        Matrix table = Fixtures.matrix(one, cols, Fixtures.uniform(heads * cols, reach));
        var spec = new SelfAttentionSpec(heads, dim, 1 / (float) Math.sqrt(dim), window);
        return spec.withBias(new RelativeBias(table, reach));
    }

    @ParameterizedTest
    @CsvSource({"3, 7, 0", "2, 64, 0", "2, 32, 64", "1, 40, 1", "1, 260, 0"})
    void aPackedSequenceIsAsIfAlone(int heads, int dim, int window) {
        assertPackedIsAlone(new SelfAttentionSpec(heads, dim, 0.3f, window));
    }

    @ParameterizedTest
    @CsvSource({"3, 7, 0, 128", "2, 32, 64, 20"})
    void aPackedSequenceWithBiasesIsAsIfAlone(int heads, int dim, int window, int reach) {
        assertPackedIsAlone(biased(heads, dim, window, reach));
    }

    private static void assertPackedIsAlone(SelfAttentionSpec spec) {
        int cols = spec.cols();
        float[] input = input(spec, Arrays.stream(LENGTHS).sum());
        float[] packed = attend(three, spec, input, LENGTHS);
        Fixtures.assertSameBits(packed, attend(one, spec, input, LENGTHS), "threads");
        int start = 0;
        for (int length : LENGTHS) {
            float[] rows = Arrays.copyOfRange(input, start * 3 * cols, (start + length) * 3 * cols);
            float[] alone = length == 0 ? new float[0] : attend(one, spec, rows, length);
            Fixtures.assertSameBits(
                    Arrays.copyOfRange(packed, start * cols, (start + length) * cols),
                    alone,
                    length + " rows alone");
            start += length;
        }
    }

    @Test
    void meansOfRows() {
        for (int cols : new int[] {1, 7, 64, 257}) {
            int T = Arrays.stream(LENGTHS).sum();
            float[] input = Fixtures.uniform(T * cols, cols);
            float[] expected = means(new ScalarBackend(), input, cols, LENGTHS);
            float[] actual = means(three, input, cols, LENGTHS);
            Fixtures.assertClose(expected, actual, 1e-6f, "means of " + cols);
            float[] first = Arrays.copyOf(input, cols);
            Fixtures.assertSameBits(
                    Arrays.copyOf(actual, cols), means(one, first, cols, 1), "alone");
        }
    }

    private static float[] means(Backend backend, float[] input, int cols, int... lengths) {
        int[] starts = starts(lengths);
        Matrix x = Fixtures.matrix(backend, cols, input);
        Matrix out = Fixtures.zeros(backend, lengths.length, cols);
        backend.meanRows(
                x, Fixtures.index(backend, starts), lengths.length, starts[lengths.length], out);
        return Fixtures.rows(out, 0, lengths.length);
    }

    /** Some sequences with fewer rows than are skipped. */
    @ParameterizedTest
    @EnumSource(RowPooling.class)
    void pooledRows(RowPooling how) {
        for (int cols : new int[] {1, 7, 64, 257}) {
            int T = Arrays.stream(LENGTHS).sum();
            float[] input = Fixtures.uniform(T * cols, cols);
            for (int skipped : new int[] {0, 1, 3}) {
                float[] expected = pooled(how, new ScalarBackend(), input, cols, skipped);
                float[] actual = pooled(how, three, input, cols, skipped);
                Fixtures.assertClose(expected, actual, 1e-5f, how + " of " + cols);
            }
        }
    }

    private static float[] pooled(
            RowPooling how, Backend backend, float[] input, int cols, int skipped) {
        int[] starts = starts(LENGTHS);
        int[] left = new int[LENGTHS.length];
        Arrays.fill(left, skipped);
        Matrix x = Fixtures.matrix(backend, cols, input);
        Matrix out = Fixtures.zeros(backend, LENGTHS.length, cols);
        backend.poolRows(
                how,
                x,
                Fixtures.index(backend, starts),
                Fixtures.index(backend, left),
                LENGTHS.length,
                starts[LENGTHS.length],
                out);
        return Fixtures.rows(out, 0, LENGTHS.length);
    }

    /** By hand: rows 1, 2, 4 and 8, the first left out. */
    @Test
    void pooledRowsByHand() {
        float[] input = {1, 2, 4, 8};
        float[] sums = {14f / 3, (float) (14 / Math.sqrt(3)), (4 + 12 + 32) / 9f, 8};
        for (RowPooling how : RowPooling.values()) {
            for (Backend backend : List.of(new ScalarBackend(), one)) {
                Matrix x = Fixtures.matrix(backend, 1, input);
                Matrix out = Fixtures.zeros(backend, 1, 1);
                IndexBuffer starts = Fixtures.index(backend, 0, 4);
                backend.poolRows(how, x, starts, Fixtures.index(backend, 1), 1, 4, out);
                assertEquals(sums[how.ordinal()], Fixtures.rows(out, 0, 1)[0], 1e-6f, how.name());
            }
        }
    }

    private static int[] starts(int... lengths) {
        int[] starts = new int[lengths.length + 1];
        for (int s = 0; s < lengths.length; s++) {
            starts[s + 1] = starts[s] + lengths[s];
        }
        return starts;
    }

    /** Weights of e^1000 and e^-1000 relative to each other do not overflow. */
    @Test
    void farScoresSaturate() {
        var spec = new SelfAttentionSpec(1, 1, 1);
        float[] input = new float[3 * 300];
        for (int i = 0; i < 300; i++) {
            input[3 * i] = 1;
            input[3 * i + 1] = 5 * i;
            input[3 * i + 2] = i;
        }
        float[] expected = new float[300];
        Arrays.fill(expected, attend(new ScalarBackend(), spec, input, 300)[0]);
        Fixtures.assertClose(expected, attend(one, spec, input, 300), 1e-4f, "far scores");
    }

    @Test
    void startsThatDoNotDivideTheRowsAreRefused() {
        var spec = new SelfAttentionSpec(1, 4, 1);
        Matrix x = Fixtures.zeros(one, 5, 4);
        Matrix out = Fixtures.zeros(one, 5, 4);
        for (int[] starts : new int[][] {{0, 4}, {1, 5}, {0, 6, 5}, {0, 3, 2, 5}}) {
            var index = Fixtures.index(one, starts);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> one.selfAttention(x, x, x, spec, index, starts.length - 1, 5, out));
        }
    }

    /** Rows of queries, keys and values side by side, as a fused projection leaves them. */
    private static float[] input(SelfAttentionSpec spec, int T) {
        return Fixtures.uniform(T * 3 * spec.cols(), 31 * spec.cols() + spec.window());
    }

    private static float[] attend(
            Backend backend, SelfAttentionSpec spec, float[] input, int... lengths) {
        int[] starts = starts(lengths);
        int T = starts[lengths.length];
        int cols = spec.cols();
        Matrix qkv = Fixtures.matrix(backend, 3 * cols, input);
        Matrix out = Fixtures.zeros(backend, T, cols);
        backend.selfAttention(
                qkv.columns(0, cols),
                qkv.columns(cols, cols),
                qkv.columns(2 * cols, cols),
                spec,
                Fixtures.index(backend, starts),
                lengths.length,
                T,
                out);
        return Fixtures.rows(out, 0, T);
    }
}
