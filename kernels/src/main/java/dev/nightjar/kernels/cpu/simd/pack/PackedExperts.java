package dev.nightjar.kernels.cpu.simd.pack;

import dev.nightjar.kernels.backend.Weight;
import java.util.List;

/**
 * The matrices of a mixture of experts, all of one shape.
 *
 * @param experts {@code [rows, cols]} each, by index; at least one
 */
public record PackedExperts(List<PackedWeight> experts) implements Weight {

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
        return experts.stream().mapToLong(PackedWeight::extraBytes).sum();
    }
}
