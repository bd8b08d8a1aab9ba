package dev.nightjar.kernels.cpu.simd.decode;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Moves exponent and mantissa to their places in a single and corrects the exponent bias of 112.
 * Subnormals are built as {@code 2^-14 + m} and the 2^-14 taken off again, which is exact and never
 * touches a subnormal single, slow on some processors.
 */
public final class Float16Decoder implements RowDecoder {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int BIAS = 112 << 23;
    private static final int SMALLEST_NORMAL = 1 << 23;
    private static final int INFINITY = 31 << 23;

    private final BlockFormat format = BlockFormats.of(DType.F16).orElseThrow();

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        int whole = I.loopBound(count);
        for (int i = 0; i < whole; i += I.length()) {
            ShortVector bits =
                    ShortVector.fromMemorySegment(S, data, offset + 2L * i, LITTLE_ENDIAN);
            IntVector half = (IntVector) bits.convertShape(VectorOperators.S2I, I, 0);
            IntVector magnitude = half.and(0x7fff).lanewise(VectorOperators.LSHL, 13);
            IntVector normal = magnitude.add(BIAS);
            IntVector subnormal =
                    normal.add(SMALLEST_NORMAL)
                            .reinterpretAsFloats()
                            .sub(0x1p-14f)
                            .reinterpretAsInts();
            normal.blend(subnormal, magnitude.compare(VectorOperators.LT, SMALLEST_NORMAL))
                    .blend(normal.add(BIAS), magnitude.compare(VectorOperators.GE, INFINITY))
                    .or(half.and(0x80000000))
                    .reinterpretAsFloats()
                    .intoArray(target, start + i);
        }
        format.dequantize(data, offset + 2L * whole, target, start + whole, count - whole);
    }
}
