package dev.nightjar.kernels.cpu.simd.pack;

import dev.nightjar.kernels.cpu.simd.code.CodeFormat;
import dev.nightjar.kernels.cpu.simd.group.GroupFormat;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * One matrix of a weight in groups of rows.
 *
 * @param format how groups are decoded
 * @param codes how they are multiplied as integers, or empty to multiply exactly
 * @param slabs consecutive groups, the units that threads work on
 * @param slabGroups groups of a slab; the last one may have fewer
 * @param rows rows of the matrix
 * @param firstRow row of the whole weight where this part begins
 */
public record PackedPart(
        GroupFormat format,
        Optional<CodeFormat> codes,
        List<MemorySegment> slabs,
        int slabGroups,
        int rows,
        int firstRow) {}
