package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.simd.vector.VectorWidth;
import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** Random inputs and comparisons of the conformance tests. */
public final class Fixtures {

    private Fixtures() {}

    /** Skips, visibly, what cannot run here at the width asked for. */
    static void assumeWidth() {
        VectorWidth.problem().ifPresent(Assumptions::abort);
    }

    /** The same, and skips what takes too long with vectors that the processor does not have. */
    static void assumeWidthOfProcessor() {
        assumeWidth();
        Assumptions.assumeFalse(
                VectorWidth.isEmulated(), "too slow with vectors wider than the processor's");
    }

    /** Uniform on [-1, 1). */
    public static float[] uniform(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /** A random tensor in native memory, as a checkpoint would map it. */
    public static Tensor tensor(DType dtype, long seed, long... dims) {
        Shape shape = new Shape(dims);
        float[] values = uniform((int) shape.numElements(), seed);
        MemorySegment bytes = Arena.ofAuto().allocate(dtype.bytesFor(values.length));
        BlockFormat format = BlockFormats.of(dtype).orElseThrow();
        if (format.isWritable()) {
            format.quantize(values, 0, values.length, bytes, 0);
        } else {
            randomCodes(dtype, bytes, seed);
        }
        return new Tensor(dtype, shape, bytes);
    }

    /** Values of magnitude up to 2 for the types that are read but never written. */
    private static void randomCodes(DType dtype, MemorySegment bytes, long seed) {
        byte[] codes = new byte[(int) bytes.byteSize()];
        new Random(seed).nextBytes(codes);
        if (dtype.blockSize() == 1) {
            for (int i = 0; i < codes.length; i++) {
                codes[i] &= (byte) 0xbf; // the top bit of the exponent
            }
        } else {
            for (int end = dtype.blockBytes(); end <= codes.length; end += dtype.blockBytes()) {
                codes[end - 2] = 0; // the scale, a half at the end of ternary blocks: 1
                codes[end - 1] = 0x3c;
            }
        }
        bytes.copyFrom(MemorySegment.ofArray(codes));
    }

    /** A matrix with these rows. */
    public static Matrix matrix(Backend backend, int cols, float... values) {
        var buffer = backend.allocate(values.length);
        buffer.write(0, values, 0, values.length);
        return Matrix.of(buffer, cols);
    }

    public static Matrix zeros(Backend backend, int rows, int cols) {
        return Matrix.of(backend.allocate((long) rows * cols), cols);
    }

    public static IndexBuffer index(Backend backend, int... values) {
        IndexBuffer buffer = backend.allocateIndex(values.length);
        System.arraycopy(values, 0, buffer.host(), 0, values.length);
        buffer.commit(values.length);
        return buffer;
    }

    /** Rows {@code [first, first + count)} of a matrix, densely. */
    public static float[] rows(Matrix matrix, int first, int count) {
        float[] result = new float[count * matrix.cols()];
        for (int t = 0; t < count; t++) {
            long offset = matrix.offset() + (long) (first + t) * matrix.rowStride();
            matrix.buffer().read(offset, result, t * matrix.cols(), matrix.cols());
        }
        return result;
    }

    /** The view on the rows from {@code first} on. */
    public static Matrix fromRow(Matrix matrix, int first) {
        return new Matrix(
                matrix.buffer(),
                matrix.offset() + (long) first * matrix.rowStride(),
                matrix.rowStride(),
                matrix.cols());
    }

    public static void assertClose(float[] expected, float[] actual, float tolerance, String what) {
        assertEquals(expected.length, actual.length);
        float worst = 0;
        int at = 0;
        for (int i = 0; i < expected.length; i++) {
            float difference = Math.abs(expected[i] - actual[i]);
            if (!(difference <= worst)) {
                worst = difference;
                at = i;
            }
        }
        int index = at;
        float maxDiff = worst;
        assertTrue(
                worst <= tolerance,
                () ->
                        "%s: max diff %g at %d (expected %g, found %g), allowed %g"
                                .formatted(
                                        what,
                                        maxDiff,
                                        index,
                                        expected[index],
                                        actual[index],
                                        tolerance));
    }

    /** As {@link #assertClose}, relative to each expected value. */
    public static void assertRelative(
            float[] expected, float[] actual, float tolerance, String what) {
        for (int i = 0; i < expected.length; i++) {
            float allowed = tolerance * Math.abs(expected[i]) + Float.MIN_NORMAL;
            assertEquals(expected[i], actual[i], allowed, what + " at " + i);
        }
    }

    public static void assertSameBits(float[] expected, float[] actual, String what) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                assertEquals(
                        Float.toHexString(expected[i]),
                        Float.toHexString(actual[i]),
                        what + " differs at " + i);
            }
        }
    }
}
