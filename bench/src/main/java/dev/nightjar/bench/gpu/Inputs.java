package dev.nightjar.bench.gpu;

import dev.nightjar.kernels.backend.Backend;
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
import java.util.List;
import java.util.SplittableRandom;

/** Arguments of ops on a backend: random numbers, the same ones for every backend. */
record Inputs(Backend backend) {

    private static final int POOL_ELEMENTS = 1 << 16;
    private static final int CHUNK = 1 << 20;

    /** Uniform on [-1, 1). */
    static float[] uniform(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * (float) random.nextDouble() - 1;
        }
        return values;
    }

    Matrix random(int rows, int cols, long seed) {
        Matrix matrix = zeros(rows, cols);
        float[] values = uniform(Math.min(CHUNK, rows * cols), seed);
        for (long at = 0; at < (long) rows * cols; at += values.length) {
            int count = (int) Math.min(values.length, (long) rows * cols - at);
            matrix.buffer().write(at, values, 0, count);
        }
        return matrix;
    }

    Matrix zeros(int rows, int cols) {
        DeviceBuffer buffer = backend.allocate((long) rows * cols);
        return Matrix.of(buffer, cols);
    }

    IndexBuffer index(int[] values) {
        IndexBuffer buffer = backend.allocateIndex(values.length);
        System.arraycopy(values, 0, buffer.host(), 0, values.length);
        buffer.commit(values.length);
        return buffer;
    }

    Weight vector(int size, long seed) {
        return backend.prepare(WeightUse.VECTOR, List.of(tensor(DType.F32, seed, size)));
    }

    Weight matrix(DType dtype, int rows, int cols, long seed) {
        return backend.prepare(WeightUse.MATMUL, List.of(tensor(dtype, seed, rows, cols)));
    }

    /** Large ones are the same few thousand blocks over and over. */
    static Tensor tensor(DType dtype, long seed, long... dims) {
        Shape shape = new Shape(dims);
        long elements = shape.numElements();
        int pooled = (int) Math.min(POOL_ELEMENTS, elements);
        MemorySegment pool = Arena.ofAuto().allocate(dtype.bytesFor(pooled));
        BlockFormats.of(dtype).orElseThrow().quantize(uniform(pooled, seed), 0, pooled, pool, 0);
        if (pooled == elements) {
            return new Tensor(dtype, shape, pool);
        }
        MemorySegment data = Arena.ofAuto().allocate(dtype.bytesFor(elements), 64);
        for (long at = 0; at < data.byteSize(); at += pool.byteSize()) {
            long size = Math.min(pool.byteSize(), data.byteSize() - at);
            MemorySegment.copy(pool, 0, data, at, size);
        }
        return new Tensor(dtype, shape, data);
    }
}
