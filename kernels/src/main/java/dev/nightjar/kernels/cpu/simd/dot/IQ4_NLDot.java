package dev.nightjar.kernels.cpu.simd.dot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.decode.IQ4_NLDecoder;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.quant.NonlinearCodes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** As {@link IQ4_NLDecoder}, multiplied at once: low nibbles of a block, then high ones. */
public final class IQ4_NLDot implements RowDot {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_128;
    private static final int PARTS = B.length() / F.length();
    private static final byte[] VALUES = NonlinearCodes.values();
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public void dot(
            MemorySegment data, long offset, float[] x, int xStart, int n, float[] lanes, int at) {
        ByteVector values = ByteVector.fromArray(B, VALUES, 0);
        FloatVector sum = FloatVector.zero(F);
        for (int k = xStart; k < xStart + n; offset += 18) {
            FloatVector scale =
                    FloatVector.broadcast(F, Float.float16ToFloat(data.get(SHORT, offset)));
            ByteVector pairs = ByteVector.fromMemorySegment(B, data, offset + 2, LITTLE_ENDIAN);
            for (int half = 0; half < 2; half++, k += 16) {
                ByteVector codes =
                        half == 0 ? pairs.and((byte) 15) : pairs.lanewise(VectorOperators.LSHR, 4);
                ByteVector q = codes.selectFrom(values);
                sum =
                        ((FloatVector) q.convertShape(VectorOperators.B2F, F, 0))
                                .mul(scale)
                                .fma(FloatVector.fromArray(F, x, k), sum);
                if (PARTS > 1) {
                    sum =
                            ((FloatVector) q.convertShape(VectorOperators.B2F, F, 1))
                                    .mul(scale)
                                    .fma(FloatVector.fromArray(F, x, k + F.length()), sum);
                }
                if (PARTS > 2) {
                    sum =
                            ((FloatVector) q.convertShape(VectorOperators.B2F, F, 2))
                                    .mul(scale)
                                    .fma(FloatVector.fromArray(F, x, k + 2 * F.length()), sum);
                    sum =
                            ((FloatVector) q.convertShape(VectorOperators.B2F, F, 3))
                                    .mul(scale)
                                    .fma(FloatVector.fromArray(F, x, k + 3 * F.length()), sum);
                }
            }
        }
        sum.intoArray(lanes, at);
    }
}
