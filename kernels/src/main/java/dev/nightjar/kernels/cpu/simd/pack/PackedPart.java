package dev.nightjar.kernels.cpu.simd.pack;

import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.cpu.simd.code.CodeFormat;
import dev.nightjar.kernels.cpu.simd.group.FusedTiles;
import dev.nightjar.kernels.cpu.simd.group.GroupFormat;
import dev.nightjar.kernels.cpu.simd.group.WordFactors;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * One matrix of a weight in groups of rows. Consecutive groups are a slab, the unit that threads
 * work on.
 *
 * @param formats how the groups of each slab are decoded unless {@code assembled} does that, all of
 *     one layout's size
 * @param codes how they are multiplied as integers, or empty
 * @param assembled the assembled functions that multiply them, or empty; without codes and these
 *     they are multiplied exactly, by vectors
 * @param packing how the rows became groups
 * @param data all groups
 * @param slabGroups groups of a slab; the last one may have fewer
 * @param rows rows of the matrix
 * @param firstRow row of the whole weight where this part begins
 */
public record PackedPart(
        List<GroupFormat> formats,
        Optional<CodeFormat> codes,
        Optional<AssembledProducts> assembled,
        GroupPacking packing,
        MemorySegment data,
        int slabGroups,
        int rows,
        int firstRow) {

    /** Bytes of a group. */
    public long groupBytes(int cols) {
        return packing.bytes(cols);
    }

    /** Slabs of all groups. */
    public int numSlabs() {
        return Math.ceilDiv(rows, slabGroups * GroupLayout.ROWS);
    }

    /** Whether assembled functions multiply one row of activations, not only several. */
    public boolean dotsAssembled() {
        return assembled.isPresent() && assembled.get().takesOneRow();
    }

    private boolean isExact() {
        return codes.isEmpty() && assembled.isEmpty();
    }

    /** Whether all groups are multiplied exactly, and as they lie. */
    boolean isPanels() {
        return isExact() && formats.getFirst().isPanel();
    }

    /** Whether a slab is multiplied with tiles of activations while it is decoded. */
    boolean fusesTiles() {
        return isExact()
                && formats.stream()
                        .anyMatch(format -> format instanceof FusedTiles && !format.takesFactors());
    }

    /** Whether a slab is multiplied exactly, with activations or with {@link WordFactors}. */
    boolean reads(boolean factors) {
        return isExact() && formats.stream().anyMatch(format -> format.takesFactors() == factors);
    }
}
