package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention of encoders on the tensor cores of the emulated device, against the reference. */
class CudaTensorSelfAttentionTest {

    /** Of a sequence's largest value: both factors of products are rounded to bf16. */
    private static final float TOLERANCE = 1e-2f;

    /** Five sequences: of one row, of none, less than a tile, a row more than one, nearly two. */
    private static final int[] STARTS = {0, 1, 1, 34, 99, 220};

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

    private static SelfAttentionSpec spec(
            Backend backend, int heads, int dim, int window, int reach) {
        var spec = new SelfAttentionSpec(heads, dim, 4 / (float) Math.sqrt(dim), window);
        if (reach == 0) {
            return spec;
        }
        int cols = 2 * reach + 1;
        float[] bias = Fixtures.uniform(heads * cols, 5);
        return spec.withBias(new RelativeBias(Fixtures.matrix(backend, cols, bias), reach));
    }

    /** Rows [T, H * D] of what is made of rows of queries, keys and values [T, 3 * H * D]. */
    private static float[] encode(
            Backend backend, SelfAttentionSpec spec, int[] starts, float[] input) {
        int cols = spec.cols();
        int T = starts[starts.length - 1];
        Matrix qkv = Fixtures.matrix(backend, 3 * cols, input);
        Matrix out = Fixtures.zeros(backend, T, cols + 2).columns(1, cols);
        backend.selfAttention(
                qkv.columns(0, cols),
                qkv.columns(cols, cols),
                qkv.columns(2 * cols, cols),
                spec,
                Fixtures.index(backend, starts),
                starts.length - 1,
                T,
                out);
        return Fixtures.rows(out, 0, T);
    }

    private static float[] input(int T, int cols) {
        return Fixtures.uniform(T * 3 * cols, 6);
    }

    private static float[] ofSequence(float[] rows, int s, int cols) {
        return Arrays.copyOfRange(rows, STARTS[s] * cols, STARTS[s + 1] * cols);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 32, 0, 0",
        "1, 64, 0, 9",
        "2, 80, 7, 0",
        "1, 128, 40, 3",
        "3, 7, 1, 2",
        "1, 132, 0, 0",
        "1, 64, 300, 200"
    })
    void packedSequencesAgreeWithTheReference(int heads, int dim, int window, int reach) {
        float[] input = input(220, heads * dim);
        float[] expected =
                encode(REFERENCE, spec(REFERENCE, heads, dim, window, reach), STARTS, input);
        float[] actual = encode(cuda, spec(cuda, heads, dim, window, reach), STARTS, input);
        for (int s = 0; s < STARTS.length - 1; s++) {
            float[] rows = ofSequence(expected, s, heads * dim);
            float largest = 0;
            for (float value : rows) {
                largest = Math.max(largest, Math.abs(value));
            }
            Fixtures.assertClose(
                    rows, ofSequence(actual, s, heads * dim), TOLERANCE * largest, "sequence " + s);
        }
        assertTrue(!Arrays.equals(expected, actual), "was computed exactly");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 45})
    void aSequenceAloneHasTheBitsThatItHasAmongOthers(int window) {
        int cols = 2 * 20;
        SelfAttentionSpec spec = spec(cuda, 2, 20, window, 4);
        float[] input = input(220, cols);
        float[] all = encode(cuda, spec, STARTS, input);
        for (int s = 0; s < STARTS.length - 1; s++) {
            int[] alone = {0, STARTS[s + 1] - STARTS[s]};
            if (alone[1] > 0) {
                Fixtures.assertSameBits(
                        ofSequence(all, s, cols),
                        encode(cuda, spec, alone, ofSequence(input, s, 3 * cols)),
                        "sequence " + s);
            }
        }
    }

    /** A value that is no number makes those rows NaN that see it, and changes no others. */
    @Test
    void onlyRowsThatSeeALostValueAreLost() {
        int dim = 24;
        int window = 10;
        int lost = 60;
        SelfAttentionSpec spec = spec(cuda, 1, dim, window, 0);
        float[] input = input(220, dim);
        float[] expected = encode(cuda, spec, STARTS, input);
        for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            input[lost * 3 * dim + 2 * dim + 5] = value;
            float[] actual = encode(cuda, spec, STARTS, input);
            for (int t = lost - window; t <= lost + window; t++) {
                for (int d = 0; d < dim; d++) {
                    assertTrue(Float.isNaN(actual[t * dim + d]), "row " + t);
                    actual[t * dim + d] = expected[t * dim + d];
                }
            }
            Fixtures.assertSameBits(expected, actual, "beside " + value);
        }
    }
}
