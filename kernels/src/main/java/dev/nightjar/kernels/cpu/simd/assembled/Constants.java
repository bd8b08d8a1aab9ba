package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RDX;

import dev.nightjar.kernels.cpu.assembly.Assembler;

/**
 * Ints in all lanes: in registers as far as those go, in memory the others.
 *
 * @param first the first register, those up to {@link Registers#SUMS} may be taken
 * @param offset where the memory begins, behind the sums
 */
record Constants(int[] values, int first, int offset) {

    /** Writes what sets them; changes vector 0. */
    void write(Assembler a) {
        for (int i = 0; i < values.length; i++) {
            if (isRegister(i)) {
                a.broadcast(first + i, values[i]);
            } else {
                a.broadcast(0, values[i]);
                a.store(RDX, memory(i), 0);
            }
        }
    }

    /** {@code v = w & constant}. */
    void and(Assembler a, int v, int w, int index) {
        if (isRegister(index)) {
            a.and(v, w, first + index);
        } else {
            a.and(v, w, RDX, memory(index));
        }
    }

    /** {@code v |= w & constant}; may change {@code w}. */
    void orAnd(Assembler a, int v, int w, int index) {
        if (isRegister(index)) {
            a.orAnd(v, w, first + index);
        } else {
            a.and(w, w, RDX, memory(index));
            a.or(v, v, w);
        }
    }

    private boolean isRegister(int index) {
        return first + index < Registers.SUMS;
    }

    private int memory(int index) {
        return offset + index * Registers.BYTES;
    }
}
