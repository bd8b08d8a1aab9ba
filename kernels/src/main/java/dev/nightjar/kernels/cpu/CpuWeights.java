package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Checks the parts of a weight and makes its handle. */
public final class CpuWeights {

    private static final long CACHE_LINE = 64;

    private CpuWeights() {}

    /**
     * Makes a weight of the parts; matrices keep using the parts' memory unless it is on the heap.
     *
     * @throws UnsupportedDTypeException if a part has no block format
     * @throws IllegalArgumentException if number or shapes of the parts do not suit the use
     */
    public static CpuWeight prepare(WeightUse use, List<Tensor> parts) {
        boolean fused = use == WeightUse.MATMUL;
        if (parts.isEmpty() || !fused && parts.size() > 1) {
            throw new IllegalArgumentException(
                    "%s takes %s, found %d parts"
                            .formatted(use, fused ? "one part or more" : "one part", parts.size()));
        }
        return switch (use) {
            case VECTOR -> vector(parts.getFirst());
            case MATMUL, EMBEDDING -> matrix(parts);
        };
    }

    /**
     * Makes a weight of the parts of each expert; they keep using the parts' memory unless it is on
     * the heap.
     *
     * @throws UnsupportedDTypeException if a part has no block format
     * @throws IllegalArgumentException if the experts differ in shape
     */
    public static ExpertsWeight prepareExperts(List<List<Tensor>> experts) {
        List<MatrixWeight> matrices = new ArrayList<>();
        for (List<Tensor> parts : experts) {
            MatrixWeight matrix = matrix(parts);
            MatrixWeight first = matrices.isEmpty() ? matrix : matrices.getFirst();
            if (matrix.cols() != first.cols() || !partRows(matrix).equals(partRows(first))) {
                throw new IllegalArgumentException(
                        "experts have equal shapes, expected parts of %s rows, %d columns, found %s, %d"
                                .formatted(
                                        partRows(first),
                                        first.cols(),
                                        partRows(matrix),
                                        matrix.cols()));
            }
            matrices.add(matrix);
        }
        if (matrices.isEmpty()) {
            throw new IllegalArgumentException("expected at least one expert, found none");
        }
        return new ExpertsWeight(List.copyOf(matrices));
    }

    private static List<Integer> partRows(MatrixWeight matrix) {
        return matrix.parts().stream().map(MatrixWeight.Part::rows).toList();
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

    /** The weight as experts with {@code cols} columns. */
    public static ExpertsWeight asExperts(Weight weight, int cols) {
        if (weight instanceof ExpertsWeight experts && experts.cols() == cols) {
            return experts;
        }
        throw mismatch("experts with %d columns".formatted(cols), weight);
    }

    /**
     * The weight as a vector of {@code cols} elements, or of {@code repeated} that serve all heads.
     */
    public static float[] asVectorOf(Weight weight, int cols, int repeated) {
        if (weight instanceof VectorWeight vector
                && (vector.cols() == cols || vector.cols() == repeated)) {
            return vector.values();
        }
        throw mismatch("a vector of %d or %d elements".formatted(repeated, cols), weight);
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
            parts.add(new MatrixWeight.Part(outsideOfHeap(tensor), formatOf(tensor), rows));
            rows = Math.addExact(rows, Math.toIntExact(tensor.shape().rows()));
        }
        return new MatrixWeight(List.copyOf(parts), rows, cols);
    }

    /**
     * Files are mapped and what is made of them is native, one kind of memory to vector kernels. In
     * a JVM in which they have met heap memory as well, they ask at each load and store which it
     * is, and run at two fifths of their speed from then on.
     */
    private static Tensor outsideOfHeap(Tensor tensor) {
        MemorySegment data = tensor.data();
        if (data.isNative()) {
            return tensor;
        }
        MemorySegment copy = Arena.ofAuto().allocate(data.byteSize(), CACHE_LINE);
        return new Tensor(tensor.dtype(), tensor.shape(), copy.copyFrom(data));
    }

    private static VectorWeight vector(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().numElements())];
        formatOf(tensor).dequantize(tensor.data(), 0, values, 0, values.length);
        return new VectorWeight(values);
    }

    private static BlockFormat formatOf(Tensor tensor) {
        return BlockFormats.of(tensor.dtype())
                .orElseThrow(
                        () -> new UnsupportedDTypeException(tensor.dtype(), BlockFormats.known()));
    }
}
