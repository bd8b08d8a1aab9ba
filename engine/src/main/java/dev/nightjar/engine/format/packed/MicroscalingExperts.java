package dev.nightjar.engine.format.packed;

import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.lazy.TensorCopies;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Experts in MXFP4 as gpt-oss stores them, numbers and exponents apart:
 *
 * <table>
 * <caption>Tensors of E experts [rows, cols]</caption>
 * <tr><td>{@code X_blocks}</td><td>U8 {@code [E, rows, cols / 32, 16]}</td><td>byte j of a block
 * holds number 2j in its low nibble and 2j + 1 in its high one</td></tr>
 * <tr><td>{@code X_scales}</td><td>U8 {@code [E, rows, cols / 32]}</td><td>exponents plus
 * 127</td></tr>
 * </table>
 *
 * <p>They become a tensor {@code X.e.weight} for each expert e, in blocks of {@link DType#MXFP4}:
 * the same numbers, each block behind its exponent, number j beside number j + 16. Copies take as
 * much memory as the file.
 */
final class MicroscalingExperts {
    private static final String BLOCKS = "_blocks";
    private static final String SCALES = "_scales";
    private static final int HALF = 16;
    private static final int BLOCK_BYTES = 17;

    private MicroscalingExperts() {}

    static Map<String, LazyTensor> unpack(Map<String, LazyTensor> tensors) {
        Map<String, LazyTensor> result = new LinkedHashMap<>();
        tensors.forEach(
                (name, tensor) -> {
                    String base = name.replaceFirst("_(blocks|scales)$", "");
                    if (name.endsWith(BLOCKS)) {
                        putExperts(base, tensor, tensors.get(base + SCALES), result);
                    } else if (!name.endsWith(SCALES) || !tensors.containsKey(base + BLOCKS)) {
                        result.put(name, tensor);
                    }
                });
        return result;
    }

    private static void putExperts(
            String base, LazyTensor blocks, LazyTensor scales, Map<String, LazyTensor> result) {
        Shape shape = blocks.shape();
        boolean fits =
                blocks.dtype() == DType.U8
                        && shape.rank() == 4
                        && shape.cols() == HALF
                        && shape.dim(0) <= Short.MAX_VALUE
                        && scales != null
                        && scales.dtype() == DType.U8
                        && scales.shape()
                                .equals(new Shape(shape.dim(0), shape.dim(1), shape.dim(2)));
        if (!fits) {
            throw new IllegalArgumentException(
                    "tensor %s: expected blocks U8 [E, rows, n, 16] and scales U8 [E, rows, n], found %s"
                            .formatted(base, shape));
        }
        Shape expert = new Shape(shape.dim(1), 2 * HALF * shape.dim(2));
        for (int e = 0; e < shape.dim(0); e++) {
            LazyTensor numbers = blocks.at(e);
            LazyTensor exponents = scales.at(e);
            result.put(
                    "%s.%d.weight".formatted(base, e),
                    LazyTensor.of(
                            DType.MXFP4,
                            expert,
                            loading ->
                                    numbers.copyFrom(
                                            from ->
                                                    exponents.copyFrom(
                                                            by ->
                                                                    joined(
                                                                            from.data(),
                                                                            by.data(),
                                                                            expert,
                                                                            loading.memory())))));
        }
    }

    private static Tensor joined(
            MemorySegment numbers, MemorySegment exponents, Shape shape, SegmentAllocator memory) {
        MemorySegment target = TensorCopies.allocate(memory, DType.MXFP4, shape);
        for (long block = 0; block < exponents.byteSize(); block++) {
            long to = block * BLOCK_BYTES;
            target.set(Bits.BYTE, to, exponents.get(Bits.BYTE, block));
            for (int j = 0; j < HALF; j++) {
                int low = nibble(numbers, block, j);
                int high = nibble(numbers, block, j + HALF);
                target.set(Bits.BYTE, to + 1 + j, (byte) (low | high << 4));
            }
        }
        return new Tensor(DType.MXFP4, shape, target);
    }

    private static int nibble(MemorySegment numbers, long block, int index) {
        int pair = numbers.get(Bits.BYTE, block * HALF + index / 2);
        return pair >>> 4 * (index % 2) & 15;
    }
}
