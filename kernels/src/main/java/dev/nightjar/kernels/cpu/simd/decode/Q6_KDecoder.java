package dev.nightjar.kernels.cpu.simd.decode;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link dev.nightjar.kernels.quant.Q6_KFormat}: joins four and two bits, then as bytes. */
public final class Q6_KDecoder implements RowDecoder {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > F.length();
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 256, offset += 210) {
            float d = Float.float16ToFloat(data.get(SHORT, offset + 208));
            for (int h = 0; h < 2; h++) {
                for (int l = 0; l < 32; l += B.length()) {
                    decode(data, offset, h, l, d, target, i + 128 * h + l);
                }
            }
        }
    }

    /**
     * Elements {@code 32g + l} and the following of half {@code h}, for g in 0..3. Shift counts are
     * constants: bytes have no shift instruction, and for a variable count they are widened.
     */
    private static void decode(
            MemorySegment data, long offset, int h, int l, float d, float[] target, int start) {
        long low = offset + 64 * h + l;
        long scales = offset + 192 + 8 * h + l / 16;
        ByteVector a = ByteVector.fromMemorySegment(B, data, low, LITTLE_ENDIAN);
        ByteVector b = ByteVector.fromMemorySegment(B, data, low + 32, LITTLE_ENDIAN);
        ByteVector high =
                ByteVector.fromMemorySegment(B, data, offset + 128 + 32 * h + l, LITTLE_ENDIAN);
        ByteVector q0 =
                a.and((byte) 15)
                        .or(high.and((byte) 3).lanewise(VectorOperators.LSHL, 4))
                        .sub((byte) 32);
        float d0 = d * data.get(ValueLayout.JAVA_BYTE, scales);
        ByteVector q1 =
                b.and((byte) 15)
                        .or(high.lanewise(VectorOperators.LSHL, 2).and((byte) 0x30))
                        .sub((byte) 32);
        float d1 = d * data.get(ValueLayout.JAVA_BYTE, scales + 2);
        ByteVector q2 =
                a.lanewise(VectorOperators.LSHR, 4).or(high.and((byte) 0x30)).sub((byte) 32);
        float d2 = d * data.get(ValueLayout.JAVA_BYTE, scales + 4);
        ByteVector q3 =
                b.lanewise(VectorOperators.LSHR, 4)
                        .or(high.lanewise(VectorOperators.LSHR, 2).and((byte) 0x30))
                        .sub((byte) 32);
        float d3 = d * data.get(ValueLayout.JAVA_BYTE, scales + 6);
        ((FloatVector) q0.convertShape(VectorOperators.B2F, F, 0)).mul(d0).intoArray(target, start);
        ((FloatVector) q1.convertShape(VectorOperators.B2F, F, 0))
                .mul(d1)
                .intoArray(target, start + 32);
        ((FloatVector) q2.convertShape(VectorOperators.B2F, F, 0))
                .mul(d2)
                .intoArray(target, start + 64);
        ((FloatVector) q3.convertShape(VectorOperators.B2F, F, 0))
                .mul(d3)
                .intoArray(target, start + 96);
        if (TWO_PARTS) {
            ((FloatVector) q0.convertShape(VectorOperators.B2F, F, 1))
                    .mul(d0)
                    .intoArray(target, start + F.length());
            ((FloatVector) q1.convertShape(VectorOperators.B2F, F, 1))
                    .mul(d1)
                    .intoArray(target, start + 32 + F.length());
            ((FloatVector) q2.convertShape(VectorOperators.B2F, F, 1))
                    .mul(d2)
                    .intoArray(target, start + 64 + F.length());
            ((FloatVector) q3.convertShape(VectorOperators.B2F, F, 1))
                    .mul(d3)
                    .intoArray(target, start + 96 + F.length());
        }
    }
}
