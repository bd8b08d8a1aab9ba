package dev.nightjar.kernels.cpu.simd.pack;

import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.MatrixWeight;
import dev.nightjar.kernels.cpu.simd.assembled.TileForm;
import dev.nightjar.kernels.cpu.simd.group.WordFactors;
import java.util.List;

/**
 * Matrices of equal row length one below the other, those in groups of rows first. What its parts
 * have in common is found out once: between two products with a weight, others have pushed its
 * parts out of the caches, and each object on the way to them would be waited for.
 */
public final class PackedWeight implements Weight {

    private final PackedPart[] parts;
    private final MatrixWeight rest;
    private final int rows;
    private final int cols;
    private final long extraBytes;
    private final int numSlabs;
    private final boolean isPacked;
    private final boolean hasCodes;
    private final boolean isPanels;
    private final boolean fusesTiles;
    private final boolean takesActivations;
    private final boolean takesFactors;

    /** A bit for each ordinal of {@link TileForm}. */
    private final int forms;

    /**
     * A weight.
     *
     * @param parts in groups, in memory of their own
     * @param rest used in the memory of their checkpoint; may have no parts
     * @param extraBytes bytes of the groups less those that a mapped file gave back for them
     */
    PackedWeight(List<PackedPart> parts, MatrixWeight rest, long extraBytes) {
        this.parts = parts.toArray(PackedPart[]::new);
        this.rest = rest;
        this.extraBytes = extraBytes;
        rows = rest.rows();
        cols = rest.cols();
        numSlabs = parts.stream().mapToInt(PackedPart::numSlabs).sum();
        isPacked = rest.parts().isEmpty();
        hasCodes = parts.stream().anyMatch(part -> part.codes().isPresent());
        isPanels = parts.stream().allMatch(PackedPart::isPanels);
        fusesTiles = parts.stream().anyMatch(PackedPart::fusesTiles);
        takesActivations = parts.stream().anyMatch(part -> part.reads(false));
        takesFactors = parts.stream().anyMatch(part -> part.reads(true));
        forms =
                parts.stream()
                        .flatMap(part -> part.assembled().stream())
                        .mapToInt(products -> bit(products.form()))
                        .reduce(0, (some, more) -> some | more);
    }

    private static int bit(TileForm form) {
        return 1 << form.ordinal();
    }

    /** Parts in groups. */
    public int numParts() {
        return parts.length;
    }

    /** One of them. */
    public PackedPart part(int index) {
        return parts[index];
    }

    /** What is used in the memory of its checkpoint. */
    public MatrixWeight rest() {
        return rest;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int cols() {
        return cols;
    }

    @Override
    public long extraBytes() {
        return extraBytes;
    }

    /** Slabs of all parts. */
    public int numSlabs() {
        return numSlabs;
    }

    /** Whether all of it lies in groups. */
    public boolean isPacked() {
        return isPacked;
    }

    /** Whether a part is multiplied as integers, by vectors. */
    public boolean hasCodes() {
        return hasCodes;
    }

    /** Whether a part is multiplied by assembled functions with activations in this form. */
    public boolean takes(TileForm form) {
        return (forms & bit(form)) != 0;
    }

    /** Whether all parts in groups are multiplied as they lie, without decoding. */
    public boolean isPanels() {
        return isPanels;
    }

    /** Whether a slab is multiplied with tiles of activations while it is decoded. */
    public boolean fusesTiles() {
        return fusesTiles;
    }

    /** Whether something in groups is multiplied with activations as they are. */
    public boolean takesActivations() {
        return takesActivations;
    }

    /** Whether something in groups is multiplied with {@link WordFactors}. */
    public boolean takesFactors() {
        return takesFactors;
    }
}
