package dev.nightjar.kernels.cpu.simd.bytes;

import static dev.nightjar.kernels.cpu.assembly.Register.RDI;

import dev.nightjar.kernels.cpu.assembly.Assembler;

/** Asks for lines of weights some time before they are computed with. */
final class ReadAhead {

    private static final int LINE = 64;
    private static final int DISTANCE = 2048;

    private ReadAhead() {}

    static void write(Assembler a, int bytes) {
        for (int line = 0; line < bytes; line += LINE) {
            a.prefetch(RDI, DISTANCE + line);
        }
    }
}
