package dev.nightjar.kernels.cpu.simd.assembled;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import java.util.Optional;

/**
 * Writes what multiplies a group of rows of a format with a tile of activations. Its arguments are
 * the addresses of the group, of the tile ({@link NativeTiles}) and of the sums {@code [rows,
 * ROWS]}, behind which there is room for {@link AssembledProducts#SCRATCH_BYTES}, the number of
 * blocks or super-blocks, and the address of what to read ahead. Of those registers, it leaves
 * those of the group and of the tile behind these and keeps that of the sums.
 */
interface TileProgram {

    /** Columns of a block or super-block. */
    int columns();

    /** How activations lie. */
    TileForm form();

    /** How rows become groups, if not as for vectors. */
    default Optional<GroupPacking> packing() {
        return Optional.empty();
    }

    /**
     * Writes the instructions.
     *
     * @param sums written by the same assembler
     * @param rows of the tile
     */
    void write(Assembler a, ByteSums sums, int rows, ReadAhead ahead);
}
