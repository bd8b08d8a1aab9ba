package dev.nightjar.kernels.cpu.simd.decode;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sixteen bytes of nibbles that index a table of sixteen values. Whatever the width of the float
 * vectors, the table fills a byte vector of 128 bits, in which every processor looks up sixteen
 * codes at once.
 */
public final class TableCodes {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_128;
    private static final int PARTS = B.length() / F.length();

    private final byte[] values;

    /** {@code values}: sixteen, by code. */
    TableCodes(byte[] values) {
        this.values = values.clone();
    }

    /** Sixteen floats from the low nibbles, then sixteen from the high ones. */
    void decode(MemorySegment data, long offset, float scale, float[] target, int start) {
        half(data, offset, 0, scale, target, start);
        half(data, offset, 4, scale, target, start + 16);
    }

    private void half(
            MemorySegment data, long offset, int shift, float scale, float[] target, int start) {
        ByteVector codes =
                ByteVector.fromMemorySegment(B, data, offset, LITTLE_ENDIAN)
                        .lanewise(VectorOperators.LSHR, shift)
                        .and((byte) 15);
        ByteVector q = codes.selectFrom(ByteVector.fromArray(B, values, 0));
        FloatVector scales = FloatVector.broadcast(F, scale);
        ((FloatVector) q.convertShape(VectorOperators.B2F, F, 0))
                .mul(scales)
                .intoArray(target, start);
        if (PARTS > 1) {
            ((FloatVector) q.convertShape(VectorOperators.B2F, F, 1))
                    .mul(scales)
                    .intoArray(target, start + F.length());
        }
        if (PARTS > 2) {
            ((FloatVector) q.convertShape(VectorOperators.B2F, F, 2))
                    .mul(scales)
                    .intoArray(target, start + 2 * F.length());
            ((FloatVector) q.convertShape(VectorOperators.B2F, F, 3))
                    .mul(scales)
                    .intoArray(target, start + 3 * F.length());
        }
    }
}
