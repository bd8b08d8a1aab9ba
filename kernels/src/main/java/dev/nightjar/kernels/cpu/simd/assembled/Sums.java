package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RDX;

import dev.nightjar.kernels.cpu.assembly.Assembler;

/** Sums that wait in memory while registers hold products. */
final class Sums {

    private Sums() {}

    /** Writes zeros; changes vector 0. */
    static void clear(Assembler a, int rows, int offset) {
        a.clear(0);
        for (int v = 0; v < 2 * rows; v++) {
            a.store(RDX, offset + v * Registers.BYTES, 0);
        }
    }
}
