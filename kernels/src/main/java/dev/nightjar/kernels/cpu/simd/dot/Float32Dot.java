package dev.nightjar.kernels.cpu.simd.dot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Plain floats, straight from the checkpoint's memory. */
public final class Float32Dot implements RowDot {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    @Override
    public void dot(
            MemorySegment data, long offset, float[] x, int xStart, int n, float[] lanes, int at) {
        FloatVector sum = FloatVector.zero(F);
        for (int k = 0; k < n; k += F.length()) {
            FloatVector w = FloatVector.fromMemorySegment(F, data, offset + 4L * k, LITTLE_ENDIAN);
            sum = w.fma(FloatVector.fromArray(F, x, xStart + k), sum);
        }
        sum.intoArray(lanes, at);
    }
}
