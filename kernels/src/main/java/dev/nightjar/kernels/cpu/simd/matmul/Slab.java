package dev.nightjar.kernels.cpu.simd.matmul;

import dev.nightjar.kernels.cpu.simd.group.GroupFormat;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.pack.PackedPart;
import dev.nightjar.kernels.cpu.simd.pack.PackedWeight;
import java.lang.foreign.MemorySegment;

/**
 * The groups of weights that a worker multiplies next. One object for all of them: an object for
 * each would be waited for before its weights are, as those of others have passed in between.
 */
final class Slab {

    PackedPart part;

    /** Where the groups are, and those of other slabs. */
    MemorySegment data;

    /** Bytes of a group. */
    long groupBytes;

    /** Where the first group begins, in bytes. */
    long start;

    /** Behind the last group, in bytes. */
    long end;

    /** Row of the part where it begins. */
    int row;

    private int index;

    /** Chooses slab {@code slab} of the weight, counted over all parts. */
    void moveTo(PackedWeight weight, int slab) {
        moveTo(weight, slab, slab + 1);
    }

    /**
     * Chooses slabs from {@code first} on, before {@code behind}, as if they were one: those of the
     * same part, unless vectors decode them, which do it for each slab in a way of its own.
     *
     * @return the first slab that was not chosen
     */
    int moveTo(PackedWeight weight, int first, int behind) {
        int number = 0;
        part = weight.part(0);
        index = first;
        while (index >= part.numSlabs()) {
            index -= part.numSlabs();
            part = weight.part(++number);
        }
        int most = part.dotsAssembled() ? behind - first : 1;
        int count = Math.min(most, part.numSlabs() - index);
        data = part.data();
        groupBytes = part.groupBytes(weight.cols());
        int group = index * part.slabGroups();
        start = group * groupBytes;
        end = Math.min(start + count * part.slabGroups() * groupBytes, data.byteSize());
        row = group * GroupLayout.ROWS;
        return first + count;
    }

    /** How vectors decode it. */
    GroupFormat format() {
        return part.formats().get(index);
    }

    /** Column of the products that a row of the part makes. */
    int column(int ofRow) {
        return part.firstRow() + ofRow;
    }

    /** Rows of the part from {@code first} on, {@code most} at most. */
    int rows(int first, int most) {
        return Math.min(most, part.rows() - first);
    }
}
