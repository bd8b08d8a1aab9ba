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

/** Widens to 32 bits and shifts into the upper half. */
public final class BFloat16Decoder implements RowDecoder {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;

    private final BlockFormat format = BlockFormats.of(DType.BF16).orElseThrow();

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        int whole = I.loopBound(count);
        for (int i = 0; i < whole; i += I.length()) {
            ShortVector bits =
                    ShortVector.fromMemorySegment(S, data, offset + 2L * i, LITTLE_ENDIAN);
            ((IntVector) bits.convertShape(VectorOperators.S2I, I, 0))
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats()
                    .intoArray(target, start + i);
        }
        format.dequantize(data, offset + 2L * whole, target, start + whole, count - whole);
    }
}
