package dev.nightjar.kernels.cpu.simd.dot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.decode.Float16Decoder;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** As {@link Float16Decoder}, multiplied at once. */
public final class Float16Dot implements RowDot {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int BIAS = 112 << 23;
    private static final int SMALLEST_NORMAL = 1 << 23;
    private static final int INFINITY = 31 << 23;

    @Override
    public void dot(
            MemorySegment data, long offset, float[] x, int xStart, int n, float[] lanes, int at) {
        FloatVector sum = FloatVector.zero(F);
        for (int k = 0; k < n; k += F.length()) {
            ShortVector bits =
                    ShortVector.fromMemorySegment(S, data, offset + 2L * k, LITTLE_ENDIAN);
            IntVector half = (IntVector) bits.convertShape(VectorOperators.S2I, I, 0);
            IntVector magnitude = half.and(0x7fff).lanewise(VectorOperators.LSHL, 13);
            IntVector normal = magnitude.add(BIAS);
            IntVector subnormal =
                    normal.add(SMALLEST_NORMAL)
                            .reinterpretAsFloats()
                            .sub(0x1p-14f)
                            .reinterpretAsInts();
            FloatVector w =
                    normal.blend(subnormal, magnitude.compare(VectorOperators.LT, SMALLEST_NORMAL))
                            .blend(
                                    normal.add(BIAS),
                                    magnitude.compare(VectorOperators.GE, INFINITY))
                            .or(half.and(0x80000000))
                            .reinterpretAsFloats();
            sum = w.fma(FloatVector.fromArray(F, x, xStart + k), sum);
        }
        sum.intoArray(lanes, at);
    }
}
