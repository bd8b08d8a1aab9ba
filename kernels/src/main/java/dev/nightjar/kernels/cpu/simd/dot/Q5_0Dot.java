package dev.nightjar.kernels.cpu.simd.dot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.decode.Q5_0Decoder;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** As {@link Q5_0Decoder}, multiplied at once: low nibbles of a block, then high ones. */
public final class Q5_0Dot implements RowDot {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > F.length();
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public void dot(
            MemorySegment data, long offset, float[] x, int xStart, int n, float[] lanes, int at) {
        FloatVector sum = FloatVector.zero(F);
        IntVector lane = IntVector.zero(I).addIndex(1);
        for (int k = xStart; k < xStart + n; k += 32, offset += 22) {
            FloatVector d = FloatVector.broadcast(F, Float.float16ToFloat(data.get(SHORT, offset)));
            int high = data.get(INT, offset + 2);
            for (int j = 0; j < 32; j += B.length()) {
                ByteVector pairs =
                        ByteVector.fromMemorySegment(B, data, offset + 6 + j % 16, LITTLE_ENDIAN);
                IntVector q =
                        ((IntVector) pairs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                .lanewise(VectorOperators.LSHR, j / 16 * 4)
                                .and(15);
                IntVector h =
                        IntVector.broadcast(I, high >>> j)
                                .lanewise(VectorOperators.LSHR, lane)
                                .and(1)
                                .lanewise(VectorOperators.LSHL, 4);
                sum =
                        ((FloatVector) q.or(h).sub(16).convert(VectorOperators.I2F, 0))
                                .mul(d)
                                .fma(FloatVector.fromArray(F, x, k + j), sum);
                if (TWO_PARTS) {
                    q =
                            ((IntVector) pairs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                    .lanewise(VectorOperators.LSHR, j / 16 * 4)
                                    .and(15);
                    h =
                            IntVector.broadcast(I, high >>> j + F.length())
                                    .lanewise(VectorOperators.LSHR, lane)
                                    .and(1)
                                    .lanewise(VectorOperators.LSHL, 4);
                    sum =
                            ((FloatVector) q.or(h).sub(16).convert(VectorOperators.I2F, 0))
                                    .mul(d)
                                    .fma(FloatVector.fromArray(F, x, k + j + F.length()), sum);
                }
            }
        }
        sum.intoArray(lanes, at);
    }
}
