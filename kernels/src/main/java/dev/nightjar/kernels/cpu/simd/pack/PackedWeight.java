package dev.nightjar.kernels.cpu.simd.pack;

import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.MatrixWeight;
import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.cpu.simd.assembled.TileForm;
import dev.nightjar.kernels.cpu.simd.group.WordFactors;
import java.util.List;
import java.util.Optional;

/**
 * Matrices of equal row length one below the other, those in groups of rows first.
 *
 * @param parts in groups, in memory of their own
 * @param rest used in the memory of their checkpoint; may have no parts
 * @param rows rows of all parts
 * @param cols elements per row
 * @param extraBytes bytes of the groups less those that a mapped file gave back for them
 */
public record PackedWeight(
        List<PackedPart> parts, MatrixWeight rest, int rows, int cols, long extraBytes)
        implements Weight {

    /** Slabs of all parts. */
    public int numSlabs() {
        int count = 0;
        for (int i = 0; i < parts.size(); i++) {
            count += parts.get(i).slabs().size();
        }
        return count;
    }

    /** Whether a part is multiplied as integers, by vectors. */
    public boolean hasCodes() {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).codes().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a part is multiplied by assembled functions with activations in this form. */
    public boolean takes(TileForm form) {
        for (int i = 0; i < parts.size(); i++) {
            Optional<AssembledProducts> bytes = parts.get(i).assembled();
            if (bytes.isPresent() && bytes.get().form() == form) {
                return true;
            }
        }
        return false;
    }

    /** Whether all parts in groups are multiplied as they lie, without decoding. */
    public boolean isPanels() {
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).isPanels()) {
                return false;
            }
        }
        return true;
    }

    /** Whether something in groups meets tiles of activations while it is decoded. */
    public boolean fusesTiles() {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).fusesTiles()) {
                return true;
            }
        }
        return false;
    }

    /** Whether something in groups is multiplied with activations as they are. */
    public boolean takesActivations() {
        return reads(false);
    }

    /** Whether something in groups is multiplied with {@link WordFactors}. */
    public boolean takesFactors() {
        return reads(true);
    }

    private boolean reads(boolean factors) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).reads(factors)) {
                return true;
            }
        }
        return false;
    }
}
