package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RDI;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;

/** How {@link FloatProgram} loads a column of a group's rows, two vectors, in single precision. */
enum FloatColumns {
    /** A word for each column. */
    SINGLES(GroupLayout.WORD_BYTES) {
        @Override
        void load(Assembler a, int column, int first) {
            for (int i = 0; i < 2; i++) {
                a.load(first + i, RDI, column * GroupLayout.WORD_BYTES + i * Registers.BYTES);
            }
        }
    },

    /** Two columns in a word, each the upper half of a single. */
    BFLOATS(GroupLayout.HALF_BYTES) {
        @Override
        void begin(Assembler a) {
            a.broadcast(UPPER_HALVES, 0xffff0000);
        }

        @Override
        void load(Assembler a, int column, int first) {
            for (int i = 0; i < 2; i++) {
                int word = column / 2 * GroupLayout.WORD_BYTES + i * Registers.BYTES;
                if (column % 2 == 0) {
                    a.load(first + i, RDI, word);
                    a.shiftLeft(first + i, first + i, 16);
                } else {
                    a.and(first + i, UPPER_HALVES, RDI, word);
                }
            }
        }
    },

    /** Halves of all rows for each column: {@link HalfRows}. */
    HALVES(GroupLayout.HALF_BYTES) {
        @Override
        void load(Assembler a, int column, int first) {
            for (int i = 0; i < 2; i++) {
                int half = column * GroupLayout.HALF_BYTES + i * GroupLayout.HALF_BYTES / 2;
                a.loadHalves(first + i, RDI, half);
            }
        }
    };

    private static final int UPPER_HALVES = Registers.SUMS;

    /** Bytes from a column to the next one, in the middle. */
    final int bytes;

    FloatColumns(int bytes) {
        this.bytes = bytes;
    }

    /** Sets what all loads need. */
    void begin(Assembler a) {}

    /** Loads a column, counted from where the group's address is, into two vectors. */
    abstract void load(Assembler a, int column, int first);
}
