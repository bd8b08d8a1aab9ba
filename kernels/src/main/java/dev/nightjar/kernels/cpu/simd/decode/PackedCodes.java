package dev.nightjar.kernels.cpu.simd.decode;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sixteen codes out of sixteen bytes, each {@code (q - centre) * scale + base}: what most block
 * formats are made of. Bytes are widened first, because integers shift by a variable count and
 * bytes do not.
 *
 * <p>Products of scale and code have at most 24 significant bits in every format, so that fusing
 * the addition changes nothing. Where a format has no minimum, base is -0, which changes nothing
 * either, not even the sign of a zero.
 *
 * @param mask the bits of a code that lie together, after the shift
 * @param centre the code that stands for zero
 */
public record PackedCodes(int mask, int centre) {

    /** Bytes read and floats written by one call. */
    static final int RUN = 16;

    /** The base of formats without a minimum. */
    static final float NONE = -0f;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > F.length();

    /** Codes {@code byte >>> shift & mask}. */
    void decode(
            MemorySegment data,
            long offset,
            int shift,
            float scale,
            float base,
            float[] target,
            int start) {
        FloatVector bases = FloatVector.broadcast(F, base);
        for (int j = 0; j < RUN; j += B.length()) {
            ByteVector bytes = ByteVector.fromMemorySegment(B, data, offset + j, LITTLE_ENDIAN);
            IntVector q =
                    ((IntVector) bytes.convertShape(VectorOperators.B2I, I, 0))
                            .lanewise(VectorOperators.LSHR, shift)
                            .and(mask)
                            .sub(centre);
            ((FloatVector) q.convert(VectorOperators.I2F, 0))
                    .fma(FloatVector.broadcast(F, scale), bases)
                    .intoArray(target, start + j);
            if (TWO_PARTS) {
                IntVector next =
                        ((IntVector) bytes.convertShape(VectorOperators.B2I, I, 1))
                                .lanewise(VectorOperators.LSHR, shift)
                                .and(mask)
                                .sub(centre);
                ((FloatVector) next.convert(VectorOperators.I2F, 0))
                        .fma(FloatVector.broadcast(F, scale), bases)
                        .intoArray(target, start + j + F.length());
            }
        }
    }

    /**
     * As {@link #decode}, with one more bit above those of the mask: bit {@code highBit} of the
     * sixteen bytes at {@code high}.
     */
    void decodeWithHighBit(
            MemorySegment data,
            long offset,
            int shift,
            long high,
            int highBit,
            float scale,
            float base,
            float[] target,
            int start) {
        FloatVector bases = FloatVector.broadcast(F, base);
        for (int j = 0; j < RUN; j += B.length()) {
            ByteVector bytes = ByteVector.fromMemorySegment(B, data, offset + j, LITTLE_ENDIAN);
            ByteVector highs = ByteVector.fromMemorySegment(B, data, high + j, LITTLE_ENDIAN);
            IntVector q =
                    ((IntVector) bytes.convertShape(VectorOperators.B2I, I, 0))
                            .lanewise(VectorOperators.LSHR, shift)
                            .and(mask);
            IntVector h =
                    ((IntVector) highs.convertShape(VectorOperators.B2I, I, 0))
                            .lanewise(VectorOperators.LSHR, highBit)
                            .and(1)
                            .mul(mask + 1);
            ((FloatVector) q.add(h).sub(centre).convert(VectorOperators.I2F, 0))
                    .fma(FloatVector.broadcast(F, scale), bases)
                    .intoArray(target, start + j);
            if (TWO_PARTS) {
                q =
                        ((IntVector) bytes.convertShape(VectorOperators.B2I, I, 1))
                                .lanewise(VectorOperators.LSHR, shift)
                                .and(mask);
                h =
                        ((IntVector) highs.convertShape(VectorOperators.B2I, I, 1))
                                .lanewise(VectorOperators.LSHR, highBit)
                                .and(1)
                                .mul(mask + 1);
                ((FloatVector) q.add(h).sub(centre).convert(VectorOperators.I2F, 0))
                        .fma(FloatVector.broadcast(F, scale), bases)
                        .intoArray(target, start + j + F.length());
            }
        }
    }

    /**
     * As {@link #decode}, with one more bit above those of the mask: bit j of {@code highBits} for
     * byte j.
     */
    void decodeWithHighBits(
            MemorySegment data,
            long offset,
            int shift,
            int highBits,
            float scale,
            float base,
            float[] target,
            int start) {
        FloatVector bases = FloatVector.broadcast(F, base);
        IntVector lanes = IntVector.zero(I).addIndex(1);
        for (int j = 0; j < RUN; j += B.length()) {
            ByteVector bytes = ByteVector.fromMemorySegment(B, data, offset + j, LITTLE_ENDIAN);
            IntVector q =
                    ((IntVector) bytes.convertShape(VectorOperators.B2I, I, 0))
                            .lanewise(VectorOperators.LSHR, shift)
                            .and(mask);
            IntVector h =
                    IntVector.broadcast(I, highBits >>> j)
                            .lanewise(VectorOperators.LSHR, lanes)
                            .and(1)
                            .mul(mask + 1);
            ((FloatVector) q.add(h).sub(centre).convert(VectorOperators.I2F, 0))
                    .fma(FloatVector.broadcast(F, scale), bases)
                    .intoArray(target, start + j);
            if (TWO_PARTS) {
                q =
                        ((IntVector) bytes.convertShape(VectorOperators.B2I, I, 1))
                                .lanewise(VectorOperators.LSHR, shift)
                                .and(mask);
                h =
                        IntVector.broadcast(I, highBits >>> j + F.length())
                                .lanewise(VectorOperators.LSHR, lanes)
                                .and(1)
                                .mul(mask + 1);
                ((FloatVector) q.add(h).sub(centre).convert(VectorOperators.I2F, 0))
                        .fma(FloatVector.broadcast(F, scale), bases)
                        .intoArray(target, start + j + F.length());
            }
        }
    }
}
