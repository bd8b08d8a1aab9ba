package dev.nightjar.kernels.cpu.simd.decode;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.quant.TQ1_0Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link TQ1_0Format}: digits of base three, moved to the top of the byte by a power of three. */
public final class TQ1_0Decoder implements RowDecoder {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > F.length();
    private static final int NUM_DIGITS = 5;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 256, offset += 54) {
            float d = Float.float16ToFloat(data.get(SHORT, offset + 52));
            int power = 1;
            for (int n = 0; n < NUM_DIGITS; n++, power *= 3) {
                digits(data, offset, 32, power, d, target, i + 32 * n);
                digits(data, offset + 32, 16, power, d, target, i + 160 + 16 * n);
            }
            TQ1_0Format.digits(data, offset + 48, 4, 4, d, target, i + 240);
        }
    }

    /** One digit of each of {@code width} bytes. */
    private static void digits(
            MemorySegment data,
            long offset,
            int width,
            int power,
            float scale,
            float[] target,
            int start) {
        for (int j = 0; j < width; j += B.length()) {
            ByteVector bytes = ByteVector.fromMemorySegment(B, data, offset + j, LITTLE_ENDIAN);
            IntVector q =
                    ((IntVector) bytes.convertShape(VectorOperators.B2I, I, 0))
                            .mul(power)
                            .and(0xff)
                            .mul(3)
                            .lanewise(VectorOperators.LSHR, 8)
                            .sub(1);
            ((FloatVector) q.convert(VectorOperators.I2F, 0))
                    .mul(scale)
                    .intoArray(target, start + j);
            if (TWO_PARTS) {
                IntVector next =
                        ((IntVector) bytes.convertShape(VectorOperators.B2I, I, 1))
                                .mul(power)
                                .and(0xff)
                                .mul(3)
                                .lanewise(VectorOperators.LSHR, 8)
                                .sub(1);
                ((FloatVector) next.convert(VectorOperators.I2F, 0))
                        .mul(scale)
                        .intoArray(target, start + j + F.length());
            }
        }
    }
}
