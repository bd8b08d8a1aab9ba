package dev.nightjar.kernels.cpu.simd.pack;

import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.simd.group.WordFactors;
import java.util.List;

/** The matrices of a mixture of experts, all of one shape. */
public final class PackedExperts implements Weight {

    private final List<PackedWeight> experts;
    private final boolean fusesTiles;
    private final boolean takesActivations;
    private final boolean takesFactors;

    /**
     * Some experts.
     *
     * @param experts {@code [rows, cols]} each, by index; at least one
     */
    PackedExperts(List<PackedWeight> experts) {
        this.experts = List.copyOf(experts);
        fusesTiles = experts.stream().anyMatch(PackedWeight::fusesTiles);
        takesActivations = experts.stream().anyMatch(PackedWeight::takesActivations);
        takesFactors = experts.stream().anyMatch(PackedWeight::takesFactors);
    }

    /** The matrices by index. */
    public List<PackedWeight> experts() {
        return experts;
    }

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
        return fusesTiles;
    }

    /** Whether a slab of an expert is multiplied with activations as they are. */
    public boolean takesActivations() {
        return takesActivations;
    }

    /** Whether a slab of an expert is multiplied with {@link WordFactors}. */
    public boolean takesFactors() {
        return takesFactors;
    }

    @Override
    public long extraBytes() {
        return experts.stream().mapToLong(PackedWeight::extraBytes).sum();
    }
}
