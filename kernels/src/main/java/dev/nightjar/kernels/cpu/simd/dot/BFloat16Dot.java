package dev.nightjar.kernels.cpu.simd.dot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.decode.BFloat16Decoder;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** As {@link BFloat16Decoder}, multiplied at once. */
public final class BFloat16Dot implements RowDot {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;

    @Override
    public void dot(
            MemorySegment data, long offset, float[] x, int xStart, int n, float[] lanes, int at) {
        FloatVector sum = FloatVector.zero(F);
        for (int k = 0; k < n; k += F.length()) {
            ShortVector bits =
                    ShortVector.fromMemorySegment(S, data, offset + 2L * k, LITTLE_ENDIAN);
            FloatVector w =
                    ((IntVector) bits.convertShape(VectorOperators.S2I, I, 0))
                            .lanewise(VectorOperators.LSHL, 16)
                            .reinterpretAsFloats();
            sum = w.fma(FloatVector.fromArray(F, x, xStart + k), sum);
        }
        sum.intoArray(lanes, at);
    }
}
