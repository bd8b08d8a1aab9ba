package dev.nightjar.engine.format.packed;

import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.lazy.TensorCopies;
import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Weights of 8-bit floats with scales beside them. Each weight is the float times its scale,
 * rounded to BF16.
 *
 * <table>
 * <caption>Tensors of a projection [rows, cols]</caption>
 * <tr><td>{@code weight}</td><td>F8_E4M3 or F8_E5M2</td></tr>
 * <tr><td>{@code weight_scale_inv} or {@code weight_scale}</td><td>one number; or one per row,
 * {@code [rows]} or {@code [rows, 1]}; or one per block of b0 x b1, {@code [ceil(rows / b0),
 * ceil(cols / b1)]}. Both names are factors, whatever "inv" says</td></tr>
 * <tr><td>{@code input_scale}, {@code activation_scale}, {@code k_scale}, {@code v_scale} …</td>
 * <td>for engines that round activations; not used</td></tr>
 * </table>
 */
final class Float8Weights {
    private static final List<String> SCALES = List.of("_scale_inv", "_scale");
    private static final Set<String> UNUSED =
            Set.of(
                    "input_scale",
                    "input_scale_ub",
                    "activation_scale",
                    "k_scale",
                    "v_scale",
                    "q_scale",
                    "output_scale");

    private Float8Weights() {}

    /** Rows and columns of a block, from {@code weight_block_size}; empty for larger scales. */
    static Optional<List<Integer>> blockSize(JsonFields quantization) {
        return sizes(quantization, "weight_block_size");
    }

    static Optional<List<Integer>> sizes(JsonFields fields, String key) {
        List<Long> sizes = fields.contains(key) ? fields.integers(key) : List.of();
        if (sizes.isEmpty()) {
            return Optional.empty();
        }
        if (sizes.size() != 2 || sizes.stream().anyMatch(size -> size < 1 || size > 1 << 20)) {
            throw fields.error(key, "expected rows and columns of a block, found " + sizes);
        }
        return Optional.of(sizes.stream().map(Long::intValue).toList());
    }

    static Map<String, LazyTensor> unpack(
            Map<String, LazyTensor> tensors, Optional<List<Integer>> blockSize) {
        Map<String, LazyTensor> result = new LinkedHashMap<>();
        tensors.forEach(
                (name, tensor) -> {
                    if (isFloat8(tensor)) {
                        result.put(name, scaled(name, tensor, tensors, blockSize));
                    } else if (!isBeside(name, tensors)) {
                        result.put(name, tensor);
                    }
                });
        return result;
    }

    private static boolean isFloat8(LazyTensor tensor) {
        return tensor.dtype() == DType.F8_E4M3 || tensor.dtype() == DType.F8_E5M2;
    }

    /** Whether a tensor is a scale, which has done its work. */
    private static boolean isBeside(String name, Map<String, LazyTensor> tensors) {
        if (UNUSED.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return true;
        }
        return SCALES.stream()
                .filter(name::endsWith)
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .anyMatch(tensors::containsKey);
    }

    private static LazyTensor scaled(
            String name,
            LazyTensor weight,
            Map<String, LazyTensor> tensors,
            Optional<List<Integer>> blockSize) {
        Optional<LazyTensor> scale =
                SCALES.stream()
                        .filter(suffix -> tensors.containsKey(name + suffix))
                        .findFirst()
                        .map(suffix -> tensors.get(name + suffix));
        if (scale.isEmpty() || weight.shape().rank() != 2) {
            return weight;
        }
        long[] block = block(name, weight.shape(), scale.get().shape(), blockSize);
        return LazyTensor.of(
                DType.BF16,
                weight.shape(),
                loading ->
                        weight.copyFrom(
                                floats ->
                                        scale.get()
                                                .copyFrom(
                                                        scales ->
                                                                multiplied(
                                                                        floats,
                                                                        scales,
                                                                        block,
                                                                        loading.memory()))));
    }

    /** Rows and columns that share a scale. */
    private static long[] block(
            String name, Shape weight, Shape scale, Optional<List<Integer>> blockSize) {
        long rows = weight.dim(0);
        long cols = weight.dim(1);
        if (scale.numElements() == 1) {
            return new long[] {Math.max(1, rows), Math.max(1, cols)};
        }
        if (blockSize.isPresent()) {
            long height = blockSize.get().getFirst();
            long width = blockSize.get().getLast();
            Shape expected = new Shape((rows + height - 1) / height, (cols + width - 1) / width);
            if (scale.equals(expected)) {
                return new long[] {height, width};
            }
        }
        boolean isPerRow = scale.numElements() == rows && scale.rank() > 0 && scale.dim(0) == rows;
        if (!isPerRow) {
            throw new IllegalArgumentException(
                    "tensor %s %s: expected scales per tensor, row or block of %s, found %s"
                            .formatted(name, weight, blockSize, scale));
        }
        return new long[] {1, Math.max(1, cols)};
    }

    private static Tensor multiplied(
            Tensor weight, Tensor scales, long[] block, SegmentAllocator memory) {
        Shape shape = weight.shape();
        int cols = Math.toIntExact(shape.dim(1));
        int blocksPerRow = (int) ((cols + block[1] - 1) / block[1]);
        float[] factors =
                TensorCopies.floats(scales, 0, Math.toIntExact(scales.shape().numElements()));
        BlockFormat target = BlockFormats.of(DType.BF16).orElseThrow();
        MemorySegment result = TensorCopies.allocate(memory, DType.BF16, shape);
        for (long row = 0; row < shape.dim(0); row++) {
            float[] values = TensorCopies.floats(weight, row * cols, cols);
            int first = (int) (row / block[0]) * blocksPerRow;
            for (int col = 0; col < cols; col++) {
                values[col] *= factors[first + (int) (col / block[1])];
            }
            target.quantize(values, 0, cols, result, 2 * row * cols);
        }
        return new Tensor(DType.BF16, shape, result);
    }
}
