package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Checks the parts of a weight and makes its handle. */
public final class CpuWeights {

    private CpuWeights() {}

    /**
     * Makes a weight of the parts; matrices keep using the parts' memory.
     *
     * @throws UnsupportedDTypeException if a part has no block format
     * @throws IllegalArgumentException if number or shapes of the parts do not suit the use
     */
    public static CpuWeight prepare(WeightUse use, List<Tensor> parts) {
        if (parts.isEmpty() || use != WeightUse.MATMUL && parts.size() > 1) {
            throw new IllegalArgumentException(
                    "%s takes %s, found %d parts"
                            .formatted(
                                    use,
                                    use == WeightUse.MATMUL ? "one part or more" : "one part",
                                    parts.size()));
        }
        return use == WeightUse.VECTOR ? vector(parts.getFirst()) : matrix(parts);
    }

    /** The weight as a matrix with {@code cols} columns. */
    public static MatrixWeight asMatrix(Weight weight, int cols) {
        if (weight instanceof MatrixWeight matrix && matrix.cols() == cols) {
            return matrix;
        }
        throw mismatch("a matrix with %d columns".formatted(cols), weight);
    }

    /** The weight as a vector of {@code cols} elements. */
    public static float[] asVector(Weight weight, int cols) {
        if (weight instanceof VectorWeight vector && vector.cols() == cols) {
            return vector.values();
        }
        throw mismatch("a vector of %d elements".formatted(cols), weight);
    }

    private static IllegalArgumentException mismatch(String expected, Weight found) {
        return new IllegalArgumentException(
                "the op takes %s prepared by this backend, found %s with %d rows, %d columns"
                        .formatted(
                                expected,
                                found.getClass().getSimpleName(),
                                found.rows(),
                                found.cols()));
    }

    private static MatrixWeight matrix(List<Tensor> tensors) {
        int cols = Math.toIntExact(tensors.getFirst().shape().cols());
        List<MatrixWeight.Part> parts = new ArrayList<>();
        int rows = 0;
        for (Tensor tensor : tensors) {
            if (tensor.shape().rank() != 2 || tensor.shape().cols() != cols) {
                throw new IllegalArgumentException(
                        "the parts of a weight are matrices of equal row length %d, found %s"
                                .formatted(cols, tensor.shape()));
            }
            parts.add(new MatrixWeight.Part(tensor, formatOf(tensor), rows));
            rows = Math.addExact(rows, Math.toIntExact(tensor.shape().rows()));
        }
        return new MatrixWeight(List.copyOf(parts), rows, cols);
    }

    private static VectorWeight vector(Tensor tensor) {
        if (tensor.shape().rows() != 1) {
            throw new IllegalArgumentException(
                    "a vector weight has one row, found shape " + tensor.shape());
        }
        float[] values = new float[Math.toIntExact(tensor.shape().cols())];
        formatOf(tensor).dequantize(tensor.data(), 0, values, 0, values.length);
        return new VectorWeight(values);
    }

    private static BlockFormat formatOf(Tensor tensor) {
        return BlockFormats.of(tensor.dtype())
                .orElseThrow(
                        () -> new UnsupportedDTypeException(tensor.dtype(), BlockFormats.known()));
    }
}
