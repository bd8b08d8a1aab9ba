package dev.nightjar.kernels.cpu.simd.pack;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.cpu.ExpertsWeight;
import dev.nightjar.kernels.cpu.MatrixWeight;
import java.util.List;

/** Makes the handles of matrices, owns the memory they were copied to, and takes them back. */
public final class PackedWeights implements AutoCloseable {

    private final WeightLayout layout;
    private final int threads;
    private final ActivationPrecision activations;
    private final boolean assembles;
    private final WeightPacker packer;

    /**
     * Packs in this layout, for this many threads and such activations.
     *
     * @param assembles for assembled functions, where there are such
     */
    public PackedWeights(
            WeightLayout layout, int threads, ActivationPrecision activations, boolean assembles) {
        this.layout = layout;
        this.threads = threads;
        this.activations = activations;
        this.assembles = assembles;
        packer = new WeightPacker(threads, activations, assembles);
    }

    /** The same with memory of its own. */
    public PackedWeights another() {
        return new PackedWeights(layout, threads, activations, assembles);
    }

    /** Frees the copies. */
    @Override
    public void close() {
        packer.close();
    }

    /** The matrix in the layout of this backend. */
    public PackedWeight of(MatrixWeight matrix) {
        return switch (layout) {
            case REPACKED -> packer.pack(matrix);
            case IN_PLACE -> new PackedWeight(List.of(), matrix, 0);
        };
    }

    /** The experts in the layout of this backend. */
    public PackedExperts of(ExpertsWeight experts) {
        return new PackedExperts(experts.experts().stream().map(this::of).toList());
    }

    /** The weight as a matrix with {@code cols} columns. */
    public static PackedWeight asMatrix(Weight weight, int cols) {
        if (weight instanceof PackedWeight matrix && matrix.cols() == cols) {
            return matrix;
        }
        throw mismatch("a matrix", cols, weight);
    }

    /** The weight as experts with {@code cols} columns. */
    public static PackedExperts asExperts(Weight weight, int cols) {
        if (weight instanceof PackedExperts experts && experts.cols() == cols) {
            return experts;
        }
        throw mismatch("experts", cols, weight);
    }

    private static IllegalArgumentException mismatch(String expected, int cols, Weight found) {
        return new IllegalArgumentException(
                "the op takes %s with %d columns prepared by this backend for it, found %s with"
                                .formatted(expected, cols, found.getClass().getSimpleName())
                        + " %d rows, %d columns".formatted(found.rows(), found.cols()));
    }
}
