package dev.nightjar.kernels.cpu.simd.dot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.decode.Q4_0Decoder;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** As {@link Q4_0Decoder}, multiplied at once: the low nibbles of a block first, as they stand. */
public final class Q4_0Dot implements RowDot {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > F.length();
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public void dot(
            MemorySegment data, long offset, float[] x, int xStart, int n, float[] lanes, int at) {
        FloatVector sum = FloatVector.zero(F);
        for (int k = xStart; k < xStart + n; k += 32, offset += 18) {
            FloatVector d = FloatVector.broadcast(F, Float.float16ToFloat(data.get(SHORT, offset)));
            for (int j = 0; j < 32; j += B.length()) {
                ByteVector pairs =
                        ByteVector.fromMemorySegment(B, data, offset + 2 + j % 16, LITTLE_ENDIAN);
                ByteVector q =
                        j < 16
                                ? pairs.and((byte) 15).sub((byte) 8)
                                : pairs.lanewise(VectorOperators.LSHR, 4).sub((byte) 8);
                sum =
                        ((FloatVector) q.convertShape(VectorOperators.B2F, F, 0))
                                .mul(d)
                                .fma(FloatVector.fromArray(F, x, k + j), sum);
                if (TWO_PARTS) {
                    sum =
                            ((FloatVector) q.convertShape(VectorOperators.B2F, F, 1))
                                    .mul(d)
                                    .fma(FloatVector.fromArray(F, x, k + j + F.length()), sum);
                }
            }
        }
        sum.intoArray(lanes, at);
    }
}
