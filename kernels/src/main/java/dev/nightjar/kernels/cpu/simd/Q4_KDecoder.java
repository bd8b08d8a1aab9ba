package dev.nightjar.kernels.cpu.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.quant.Q4_KFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Q4_KFormat}: a fused multiply-subtract per vector. The product of scale and code has at
 * most 21 significant bits, so fusing changes nothing.
 */
final class Q4_KDecoder implements RowDecoder {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > F.length();
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 256, offset += 144) {
            float d = Float.float16ToFloat(data.get(SHORT, offset));
            float dmin = Float.float16ToFloat(data.get(SHORT, offset + 2));
            for (int g = 0; g < 4; g++) {
                decodePair(
                        data,
                        offset + 16 + 32 * g,
                        target,
                        i + 64 * g,
                        d * Q4_KFormat.scale(data, offset, 2 * g),
                        -dmin * Q4_KFormat.minimum(data, offset, 2 * g),
                        d * Q4_KFormat.scale(data, offset, 2 * g + 1),
                        -dmin * Q4_KFormat.minimum(data, offset, 2 * g + 1));
            }
        }
    }

    /** Two sub-blocks that share 32 bytes: one in the low nibbles, the next in the high ones. */
    private static void decodePair(
            MemorySegment data,
            long offset,
            float[] target,
            int start,
            float lowScale,
            float lowBase,
            float highScale,
            float highBase) {
        FloatVector s0 = FloatVector.broadcast(F, lowScale);
        FloatVector b0 = FloatVector.broadcast(F, lowBase);
        FloatVector s1 = FloatVector.broadcast(F, highScale);
        FloatVector b1 = FloatVector.broadcast(F, highBase);
        for (int j = 0; j < 32; j += B.length()) {
            ByteVector pairs = ByteVector.fromMemorySegment(B, data, offset + j, LITTLE_ENDIAN);
            ByteVector low = pairs.and((byte) 15);
            ByteVector high = pairs.lanewise(VectorOperators.LSHR, 4);
            ((FloatVector) low.convertShape(VectorOperators.B2F, F, 0))
                    .fma(s0, b0)
                    .intoArray(target, start + j);
            ((FloatVector) high.convertShape(VectorOperators.B2F, F, 0))
                    .fma(s1, b1)
                    .intoArray(target, start + j + 32);
            if (TWO_PARTS) {
                ((FloatVector) low.convertShape(VectorOperators.B2F, F, 1))
                        .fma(s0, b0)
                        .intoArray(target, start + j + F.length());
                ((FloatVector) high.convertShape(VectorOperators.B2F, F, 1))
                        .fma(s1, b1)
                        .intoArray(target, start + j + 32 + F.length());
            }
        }
    }
}
