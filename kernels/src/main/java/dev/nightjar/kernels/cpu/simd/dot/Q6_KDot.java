package dev.nightjar.kernels.cpu.simd.dot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.decode.Q6_KDecoder;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** As {@link Q6_KDecoder}, multiplied at once, the four quarters of half a block in turn. */
public final class Q6_KDot implements RowDot {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > F.length();
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public void dot(
            MemorySegment data, long offset, float[] x, int xStart, int n, float[] lanes, int at) {
        FloatVector sum = FloatVector.zero(F);
        for (int k = xStart; k < xStart + n; k += 256, offset += 210) {
            float d = Float.float16ToFloat(data.get(SHORT, offset + 208));
            for (int half = 0; half < 2; half++) {
                long low = offset + 64 * half;
                long high = offset + 128 + 32 * half;
                long scales = data.get(LONG, offset + 192 + 8 * half);
                int to = k + 128 * half;
                for (int j = 0; j < 32; j += B.length()) {
                    float scale = d * (byte) (scales >>> j / 16 * 8);
                    ByteVector pairs =
                            ByteVector.fromMemorySegment(B, data, low + j, LITTLE_ENDIAN);
                    ByteVector highs =
                            ByteVector.fromMemorySegment(B, data, high + j, LITTLE_ENDIAN);
                    IntVector q =
                            ((IntVector) pairs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                    .and(15);
                    IntVector h =
                            ((IntVector) highs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                    .lanewise(VectorOperators.LSHL, 4)
                                    .and(0x30);
                    sum =
                            ((FloatVector) q.or(h).sub(32).convert(VectorOperators.I2F, 0))
                                    .mul(scale)
                                    .fma(FloatVector.fromArray(F, x, to + j), sum);
                    if (TWO_PARTS) {
                        q =
                                ((IntVector)
                                                pairs.convertShape(
                                                        VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                        .and(15);
                        h =
                                ((IntVector)
                                                highs.convertShape(
                                                        VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                        .lanewise(VectorOperators.LSHL, 4)
                                        .and(0x30);
                        sum =
                                ((FloatVector) q.or(h).sub(32).convert(VectorOperators.I2F, 0))
                                        .mul(scale)
                                        .fma(FloatVector.fromArray(F, x, to + j + F.length()), sum);
                    }
                }
                for (int j = 0; j < 32; j += B.length()) {
                    float scale = d * (byte) (scales >>> 16 + j / 16 * 8);
                    ByteVector pairs =
                            ByteVector.fromMemorySegment(B, data, low + 32 + j, LITTLE_ENDIAN);
                    ByteVector highs =
                            ByteVector.fromMemorySegment(B, data, high + j, LITTLE_ENDIAN);
                    IntVector q =
                            ((IntVector) pairs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                    .and(15);
                    IntVector h =
                            ((IntVector) highs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                    .lanewise(VectorOperators.LSHL, 2)
                                    .and(0x30);
                    sum =
                            ((FloatVector) q.or(h).sub(32).convert(VectorOperators.I2F, 0))
                                    .mul(scale)
                                    .fma(FloatVector.fromArray(F, x, to + 32 + j), sum);
                    if (TWO_PARTS) {
                        q =
                                ((IntVector)
                                                pairs.convertShape(
                                                        VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                        .and(15);
                        h =
                                ((IntVector)
                                                highs.convertShape(
                                                        VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                        .lanewise(VectorOperators.LSHL, 2)
                                        .and(0x30);
                        sum =
                                ((FloatVector) q.or(h).sub(32).convert(VectorOperators.I2F, 0))
                                        .mul(scale)
                                        .fma(
                                                FloatVector.fromArray(
                                                        F, x, to + 32 + j + F.length()),
                                                sum);
                    }
                }
                for (int j = 0; j < 32; j += B.length()) {
                    float scale = d * (byte) (scales >>> 32 + j / 16 * 8);
                    ByteVector pairs =
                            ByteVector.fromMemorySegment(B, data, low + j, LITTLE_ENDIAN);
                    ByteVector highs =
                            ByteVector.fromMemorySegment(B, data, high + j, LITTLE_ENDIAN);
                    IntVector q =
                            ((IntVector) pairs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                    .lanewise(VectorOperators.LSHR, 4);
                    IntVector h =
                            ((IntVector) highs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                    .and(0x30);
                    sum =
                            ((FloatVector) q.or(h).sub(32).convert(VectorOperators.I2F, 0))
                                    .mul(scale)
                                    .fma(FloatVector.fromArray(F, x, to + 64 + j), sum);
                    if (TWO_PARTS) {
                        q =
                                ((IntVector)
                                                pairs.convertShape(
                                                        VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                        .lanewise(VectorOperators.LSHR, 4);
                        h =
                                ((IntVector)
                                                highs.convertShape(
                                                        VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                        .and(0x30);
                        sum =
                                ((FloatVector) q.or(h).sub(32).convert(VectorOperators.I2F, 0))
                                        .mul(scale)
                                        .fma(
                                                FloatVector.fromArray(
                                                        F, x, to + 64 + j + F.length()),
                                                sum);
                    }
                }
                for (int j = 0; j < 32; j += B.length()) {
                    float scale = d * (byte) (scales >>> 48 + j / 16 * 8);
                    ByteVector pairs =
                            ByteVector.fromMemorySegment(B, data, low + 32 + j, LITTLE_ENDIAN);
                    ByteVector highs =
                            ByteVector.fromMemorySegment(B, data, high + j, LITTLE_ENDIAN);
                    IntVector q =
                            ((IntVector) pairs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                    .lanewise(VectorOperators.LSHR, 4);
                    IntVector h =
                            ((IntVector) highs.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                                    .lanewise(VectorOperators.LSHR, 2)
                                    .and(0x30);
                    sum =
                            ((FloatVector) q.or(h).sub(32).convert(VectorOperators.I2F, 0))
                                    .mul(scale)
                                    .fma(FloatVector.fromArray(F, x, to + 96 + j), sum);
                    if (TWO_PARTS) {
                        q =
                                ((IntVector)
                                                pairs.convertShape(
                                                        VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                        .lanewise(VectorOperators.LSHR, 4);
                        h =
                                ((IntVector)
                                                highs.convertShape(
                                                        VectorOperators.ZERO_EXTEND_B2I, I, 1))
                                        .lanewise(VectorOperators.LSHR, 2)
                                        .and(0x30);
                        sum =
                                ((FloatVector) q.or(h).sub(32).convert(VectorOperators.I2F, 0))
                                        .mul(scale)
                                        .fma(
                                                FloatVector.fromArray(
                                                        F, x, to + 96 + j + F.length()),
                                                sum);
                    }
                }
            }
        }
        sum.intoArray(lanes, at);
    }
}
