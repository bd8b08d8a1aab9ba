package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.MatrixWeight;
import java.util.List;

/**
 * Matrices of equal row length one below the other, those in groups of rows first.
 *
 * @param parts in groups, in memory of their own
 * @param rest used in the memory of their checkpoint; may have no parts
 * @param rows rows of all parts
 * @param cols elements per row
 * @param extraBytes bytes of the groups less those that a mapped file gave back for them
 */
record PackedWeight(List<PackedPart> parts, MatrixWeight rest, int rows, int cols, long extraBytes)
        implements Weight {

    /** Slabs of all parts. */
    int numSlabs() {
        int count = 0;
        for (int i = 0; i < parts.size(); i++) {
            count += parts.get(i).slabs().size();
        }
        return count;
    }

    /** Whether a part is multiplied as integers. */
    boolean hasCodes() {
        return has(true);
    }

    /** Whether a part in groups is multiplied exactly. */
    boolean hasFloats() {
        return has(false);
    }

    private boolean has(boolean codes) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).codes().isPresent() == codes) {
                return true;
            }
        }
        return false;
    }
}
