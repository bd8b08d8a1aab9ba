package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.R8;

import dev.nightjar.kernels.cpu.assembly.Assembler;

/**
 * How much of the weights that are computed with soon a function asks for: as many bytes as it
 * reads, half of that, or nothing. With several tiles, two of them share the lines of the next
 * group, so that memory is busy for longer, and the others have less to do.
 */
public enum ReadAhead {
    /** Nothing; the address is ignored. */
    NONE(0),

    /** A byte for each two. */
    HALF(2),

    /** A byte for each one. */
    WHOLE(1);

    /** So far ahead, lines arrive in time. */
    public static final int DISTANCE = 1024;

    private static final int LINE = 64;

    private final int part;

    ReadAhead(int part) {
        this.part = part;
    }

    /** Asks for what the last argument points to, in a loop that passes over so many bytes. */
    void write(Assembler a, int bytes) {
        if (part == 0) {
            return;
        }
        int step = Math.ceilDiv(bytes, part);
        for (int line = 0; line < step; line += LINE) {
            a.prefetch(R8, line);
        }
        a.add(R8, step);
    }
}
