package dev.nightjar.kernels.cpu.simd.dot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.decode.Q4_KDecoder;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.quant.Q4_KFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * As {@link Q4_KDecoder}, multiplied at once: the low nibbles of 32 bytes, then the high ones.
 * Bytes are widened first, because integers shift in one instruction and bytes do not.
 */
public final class Q4_KDot implements RowDot {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > F.length();
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public void dot(
            MemorySegment data, long offset, float[] x, int xStart, int n, float[] lanes, int at) {
        FloatVector sum = FloatVector.zero(F);
        for (int k = xStart; k < xStart + n; k += 256, offset += 144) {
            float d = Float.float16ToFloat(data.get(SHORT, offset));
            float dmin = -Float.float16ToFloat(data.get(SHORT, offset + 2));
            long scales = Q4_KFormat.scales(data, offset);
            long minima = Q4_KFormat.minima(data, offset);
            long from = offset + 16;
            for (int g = 0; g < 256; g += 64, from += 32) {
                FloatVector scale = FloatVector.broadcast(F, d * (int) (scales & 63));
                FloatVector base = FloatVector.broadcast(F, dmin * (int) (minima & 63));
                for (int j = 0; j < 32; j += B.length()) {
                    ByteVector pairs =
                            ByteVector.fromMemorySegment(B, data, from + j, LITTLE_ENDIAN);
                    IntVector q =
                            ((IntVector) pairs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                    .and(15);
                    sum =
                            ((FloatVector) q.convert(VectorOperators.I2F, 0))
                                    .fma(scale, base)
                                    .fma(FloatVector.fromArray(F, x, k + g + j), sum);
                    if (TWO_PARTS) {
                        q =
                                ((IntVector)
                                                pairs.convertShape(
                                                        VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                        .and(15);
                        sum =
                                ((FloatVector) q.convert(VectorOperators.I2F, 0))
                                        .fma(scale, base)
                                        .fma(
                                                FloatVector.fromArray(F, x, k + g + j + F.length()),
                                                sum);
                    }
                }
                scale = FloatVector.broadcast(F, d * (int) (scales >>> 8 & 63));
                base = FloatVector.broadcast(F, dmin * (int) (minima >>> 8 & 63));
                for (int j = 0; j < 32; j += B.length()) {
                    ByteVector pairs =
                            ByteVector.fromMemorySegment(B, data, from + j, LITTLE_ENDIAN);
                    IntVector q =
                            ((IntVector) pairs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                    .lanewise(VectorOperators.LSHR, 4);
                    sum =
                            ((FloatVector) q.convert(VectorOperators.I2F, 0))
                                    .fma(scale, base)
                                    .fma(FloatVector.fromArray(F, x, k + g + 32 + j), sum);
                    if (TWO_PARTS) {
                        q =
                                ((IntVector)
                                                pairs.convertShape(
                                                        VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                        .lanewise(VectorOperators.LSHR, 4);
                        sum =
                                ((FloatVector) q.convert(VectorOperators.I2F, 0))
                                        .fma(scale, base)
                                        .fma(
                                                FloatVector.fromArray(
                                                        F, x, k + g + 32 + j + F.length()),
                                                sum);
                    }
                }
                scales >>>= 16;
                minima >>>= 16;
            }
        }
        sum.intoArray(lanes, at);
    }
}
