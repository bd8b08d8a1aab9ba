package dev.nightjar.kernels.cpu.simd.pack;

import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.simd.group.WordFactors;
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

    /** Whether a slab of an expert meets tiles of activations while it is decoded. */
    public boolean fusesTiles() {
        for (int i = 0; i < experts.size(); i++) {
            if (experts.get(i).fusesTiles()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a slab of an expert is multiplied with activations as they are. */
    public boolean takesActivations() {
        for (int i = 0; i < experts.size(); i++) {
            if (experts.get(i).takesActivations()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a slab of an expert is multiplied with {@link WordFactors}. */
    public boolean takesFactors() {
        for (int i = 0; i < experts.size(); i++) {
            if (experts.get(i).takesFactors()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long extraBytes() {
        return experts.stream().mapToLong(PackedWeight::extraBytes).sum();
    }
}
