package dev.nightjar.kernels.cpu;

import java.util.List;

/**
 * The matrices of a mixture of experts, all of one shape, used in the memory of their checkpoint.
 *
 * @param experts {@code [rows, cols]} each, by index; at least one
 */
public record ExpertsWeight(List<MatrixWeight> experts) implements CpuWeight {

    /** Rows of one expert. */
    @Override
    public int rows() {
        return experts.getFirst().rows();
    }

    @Override
    public int cols() {
        return experts.getFirst().cols();
    }

    @Override
    public long extraBytes() {
        return 0;
    }
}
