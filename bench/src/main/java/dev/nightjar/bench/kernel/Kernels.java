package dev.nightjar.bench.kernel;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The two backends of a benchmark, and what is put into them. Backends live as long as the JVM that
 * a benchmark is forked into.
 */
final class Kernels implements AutoCloseable {

    /** The property that says how many threads the vector backend has; one for each processor. */
    static final String THREADS = "nightjar.bench.threads";

    private static final float DEVIATION = 0.02f;
    private static final int POOL_ELEMENTS = 1 << 16;

    private final Backend scalar = open("scalar", 1);
    private final Backend vector = open("vector", threads());
    private final Arena arena = Arena.ofShared();
    private final SplittableRandom random = new SplittableRandom(1);

    private static Backend open(String name, int threads) {
        return Backends.open(new BackendOptions(Optional.of(name), threads));
    }

    static int threads() {
        return Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors());
    }

    Backend scalar() {
        return scalar;
    }

    Backend vector() {
        return vector;
    }

    /** Random weights; the same few thousand blocks over and over. */
    Tensor tensor(DType dtype, long rows, long cols) {
        int poolElements = (int) Math.min(POOL_ELEMENTS, rows * cols);
        MemorySegment pool = MemorySegment.ofArray(new byte[(int) dtype.bytesFor(poolElements)]);
        float[] values = normal(poolElements, DEVIATION);
        BlockFormats.of(dtype).orElseThrow().quantize(values, 0, poolElements, pool, 0);
        MemorySegment data = arena.allocate(dtype.bytesFor(rows * cols), 64);
        for (long at = 0; at < data.byteSize(); at += pool.byteSize()) {
            long size = Math.min(pool.byteSize(), data.byteSize() - at);
            MemorySegment.copy(pool, 0, data, at, size);
        }
        return new Tensor(dtype, new Shape(rows, cols), data);
    }

    /** A vector near 1, as norms have. */
    static Weight norm(Backend backend, int size) {
        float[] ones = new float[size];
        Arrays.fill(ones, 1.25f);
        byte[] bytes = new byte[size * Float.BYTES];
        BlockFormats.of(DType.F32)
                .orElseThrow()
                .quantize(ones, 0, size, MemorySegment.ofArray(bytes), 0);
        Tensor tensor = new Tensor(DType.F32, new Shape(size), MemorySegment.ofArray(bytes));
        return backend.prepare(WeightUse.VECTOR, List.of(tensor));
    }

    /** Normally distributed numbers. */
    float[] normal(int count, float deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() * deviation;
        }
        return values;
    }

    static Matrix matrix(Backend backend, int cols, float[] values) {
        DeviceBuffer buffer = backend.allocate(values.length);
        buffer.write(0, values, 0, values.length);
        return Matrix.of(buffer, cols);
    }

    static Matrix zeros(Backend backend, int rows, int cols) {
        return Matrix.of(backend.allocate((long) rows * cols), cols);
    }

    static IndexBuffer index(Backend backend, int... values) {
        IndexBuffer buffer = backend.allocateIndex(values.length);
        System.arraycopy(values, 0, buffer.host(), 0, values.length);
        buffer.commit(values.length);
        return buffer;
    }

    /**
     * Compares the first {@code count} elements.
     *
     * @throws IllegalStateException if one differs by more than rounding
     */
    static void requireClose(Matrix expected, Matrix found, int count, String what) {
        float[] a = new float[count];
        float[] b = new float[count];
        expected.buffer().read(expected.offset(), a, 0, count);
        found.buffer().read(found.offset(), b, 0, count);
        double errors = 0;
        double energy = 0;
        for (int i = 0; i < count; i++) {
            errors += Math.pow((double) a[i] - b[i], 2);
            energy += (double) a[i] * a[i];
        }
        if (!(errors <= 1e-3 * energy)) {
            throw new IllegalStateException(
                    "%s: the backends disagree, normalized error %s"
                            .formatted(what, errors / energy));
        }
    }

    @Override
    public void close() {
        vector.close();
        scalar.close();
        arena.close();
    }
}
