package dev.nightjar.kernels.cpu.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link dev.nightjar.kernels.quant.Q6_KFormat}: joins four and two bits, then as bytes. */
final class Q6_KDecoder implements RowDecoder {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > F.length();
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 256, offset += 210) {
            float d = Float.float16ToFloat(data.get(SHORT, offset + 208));
            for (int group = 0; group < 8; group++) {
                int h = group / 4;
                int g = group % 4;
                decodeGroup(
                        data,
                        offset + 64 * h + 32 * (g % 2),
                        4 * (g / 2),
                        offset + 128 + 32 * h,
                        2 * g,
                        d * data.get(ValueLayout.JAVA_BYTE, offset + 192 + 2 * group),
                        d * data.get(ValueLayout.JAVA_BYTE, offset + 193 + 2 * group),
                        target,
                        i + 32 * group);
            }
        }
    }

    /** 32 elements; the shifts bring their bits to the bottom of each byte. */
    private static void decodeGroup(
            MemorySegment data,
            long low,
            int lowShift,
            long high,
            int highShift,
            float scale0,
            float scale1,
            float[] target,
            int start) {
        for (int j = 0; j < 32; j += B.length()) {
            ByteVector lowBits =
                    ByteVector.fromMemorySegment(B, data, low + j, LITTLE_ENDIAN)
                            .lanewise(VectorOperators.LSHR, lowShift)
                            .and((byte) 15);
            ByteVector q =
                    ByteVector.fromMemorySegment(B, data, high + j, LITTLE_ENDIAN)
                            .lanewise(VectorOperators.LSHR, highShift)
                            .and((byte) 3)
                            .lanewise(VectorOperators.LSHL, 4)
                            .or(lowBits)
                            .sub((byte) 32);
            float scale = j < 16 ? scale0 : scale1;
            ((FloatVector) q.convertShape(VectorOperators.B2F, F, 0))
                    .mul(scale)
                    .intoArray(target, start + j);
            if (TWO_PARTS) {
                ((FloatVector) q.convertShape(VectorOperators.B2F, F, 1))
                        .mul(scale)
                        .intoArray(target, start + j + F.length());
            }
        }
    }
}
