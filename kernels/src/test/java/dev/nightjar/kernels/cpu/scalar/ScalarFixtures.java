package dev.nightjar.kernels.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Arguments of ops from numbers written out. */
final class ScalarFixtures {

    private ScalarFixtures() {}

    static Matrix matrix(ScalarBackend backend, int cols, double... values) {
        DeviceBuffer buffer = backend.allocate(values.length);
        buffer.write(0, floats(values), 0, values.length);
        return Matrix.of(buffer, cols);
    }

    static IndexBuffer index(ScalarBackend backend, int... values) {
        IndexBuffer buffer = backend.allocateIndex(values.length);
        System.arraycopy(values, 0, buffer.host(), 0, values.length);
        return buffer;
    }

    static Tensor tensor(double[] values, long... dims) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[4 * values.length]);
        BlockFormats.of(DType.F32)
                .orElseThrow()
                .quantize(floats(values), 0, values.length, bytes, 0);
        return new Tensor(DType.F32, new Shape(dims), bytes);
    }

    static Weight vector(ScalarBackend backend, double... values) {
        return backend.prepare(WeightUse.VECTOR, List.of(tensor(values, values.length)));
    }

    static void assertHolds(Matrix matrix, double... expected) {
        float[] actual = new float[expected.length];
        matrix.buffer().read(0, actual, 0, expected.length);
        assertArrayEquals(floats(expected), actual, 1e-6f);
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
