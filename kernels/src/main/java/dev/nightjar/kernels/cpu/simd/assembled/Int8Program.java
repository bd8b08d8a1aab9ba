package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RDX;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;
import static dev.nightjar.kernels.cpu.simd.assembled.NativeTiles.BLOCK;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import java.util.Optional;

/**
 * Rows of {@link Int8Rows} times rows of activations, each with one factor: the product of two rows
 * is a whole number of 32 bits, and is scaled once.
 */
final class Int8Program implements TileProgram {

    private static final int WORDS = BLOCK / 4;
    private static final int BLOCK_BYTES = WORDS * GroupLayout.WORD_BYTES;

    @Override
    public int columns() {
        return BLOCK;
    }

    @Override
    public TileForm form() {
        return TileForm.INT8;
    }

    @Override
    public Optional<GroupPacking> packing() {
        return Optional.of(new Int8Rows());
    }

    @Override
    public void write(Assembler a, ByteSums sums, int rows, ReadAhead ahead) {
        sums.begin();
        for (int v = 0; v < 2 * rows; v++) {
            a.clear(v);
        }
        int top = a.here();
        ahead.write(a, BLOCK_BYTES);
        for (int word = 0; word < WORDS; word++) {
            products(a, sums, rows, word);
        }
        a.add(RDI, BLOCK_BYTES);
        a.add(RSI, form().bytes(rows));
        a.loopTo(top, RCX);
        ahead.write(a, GroupLayout.WORD_BYTES);
        scale(a, rows);
        a.add(RDI, GroupLayout.WORD_BYTES);
        a.add(RSI, form().tailBytes(rows));
    }

    private void products(Assembler a, ByteSums sums, int rows, int word) {
        int first = 2 * form().most();
        int second = first + 1;
        int factors = first + 2;
        int free = first + 3;
        a.load(first, RDI, word * GroupLayout.WORD_BYTES);
        a.load(second, RDI, word * GroupLayout.WORD_BYTES + Registers.BYTES);
        for (int t = 0; t < rows; t++) {
            a.broadcast(factors, RSI, form().codes(t) + 4 * word);
            sums.addInts(2 * t, first, factors, free);
            sums.addInts(2 * t + 1, second, factors, factors);
        }
    }

    /** With what lies behind the last block of weights and of activations. */
    private void scale(Assembler a, int rows) {
        int w = 2 * form().most();
        int dx = w + 2;
        int start = w + 3;
        a.load(w, RDI, 0);
        a.load(w + 1, RDI, Registers.BYTES);
        for (int t = 0; t < rows; t++) {
            a.broadcast(dx, RSI, form().record(rows, t) + NativeTiles.FACTOR);
            a.broadcast(start, RSI, form().record(rows, t) + NativeTiles.START);
            for (int v = 2 * t; v < 2 * t + 2; v++) {
                a.add(v, v, start);
                a.toFloats(v, v);
                a.multiply(v, v, w + v % 2);
                a.multiply(v, v, dx);
                a.store(RDX, v * Registers.BYTES, v);
            }
        }
    }
}
