package dev.nightjar.kernels.cpu.simd.decode;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link dev.nightjar.kernels.quant.Q8_0Format}: bytes to floats, times the scale. */
public final class Q8_0Decoder implements RowDecoder {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > F.length();
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        for (int i = start; i < start + count; i += 32, offset += 34) {
            FloatVector d = FloatVector.broadcast(F, Float.float16ToFloat(data.get(SHORT, offset)));
            for (int j = 0; j < 32; j += B.length()) {
                ByteVector q = ByteVector.fromMemorySegment(B, data, offset + 2 + j, LITTLE_ENDIAN);
                ((FloatVector) q.convertShape(VectorOperators.B2F, F, 0))
                        .mul(d)
                        .intoArray(target, i + j);
                if (TWO_PARTS) {
                    ((FloatVector) q.convertShape(VectorOperators.B2F, F, 1))
                            .mul(d)
                            .intoArray(target, i + j + F.length());
                }
            }
        }
    }
}
