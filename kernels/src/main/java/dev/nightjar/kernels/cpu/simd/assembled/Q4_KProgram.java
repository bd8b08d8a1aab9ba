package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RAX;
import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RDX;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;
import static dev.nightjar.kernels.cpu.simd.assembled.NativeTiles.BLOCK;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;

/**
 * Q4_K: a word of halves, then for each pair of sub-blocks a word with the bytes of scale and
 * minimum of both, and four words of nibbles of each.
 */
final class Q4_KProgram implements TileProgram {

    private static final TileForm FORM = TileForm.NATURAL;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final int PAIR = 9 * WORD;
    private static final int PAIRS = RunPlan.COUNT / BLOCK / 2;

    @Override
    public int columns() {
        return RunPlan.COUNT;
    }

    @Override
    public TileForm form() {
        return FORM;
    }

    @Override
    public void write(Assembler a, ByteSums sums, int rows, ReadAhead ahead) {
        int scaled = rows * AssembledProducts.ROW_BYTES;
        int tile = FORM.bytes(rows);
        sums.begin();
        NibblePart.begin(a);
        Sums.clear(a, rows, 0);
        int top = a.here();
        ahead.write(a, WORD);
        Sums.clear(a, rows, scaled);
        a.set(RAX, PAIRS);
        int pair = a.here();
        ahead.write(a, PAIR);
        for (int sub = 0; sub < 2; sub++) {
            products(a, sums, rows, sub, scaled);
        }
        a.add(RDI, PAIR);
        a.add(RSI, 2 * tile);
        a.loopTo(pair, RAX);
        minima(a, rows);
        end(a, rows, scaled);
        a.add(RDI, WORD);
        a.loopTo(top, RCX);
    }

    /** Adds the products of a sub-block times its scale to what waits in memory. */
    private static void products(Assembler a, ByteSums sums, int rows, int sub, int scaled) {
        int x = sub * FORM.bytes(rows);
        for (int v = 0; v < 2 * rows; v++) {
            a.clear(v);
        }
        NibblePart.block(a, sums, rows, 2 * WORD + sub * 4 * WORD, x);
        int scale = Registers.FREE;
        for (int i = 0; i < 2; i++) {
            part(a, scale + i, WORD + i * Registers.BYTES, 2 * sub);
        }
        for (int t = 0; t < rows; t++) {
            a.broadcast(scale + 2, RSI, x + FORM.record(rows, t) + NativeTiles.FACTOR);
            for (int v = 2 * t; v < 2 * t + 2; v++) {
                sums.end(v);
                a.toFloats(v, v);
                a.multiply(v, v, scale + v % 2);
                a.timesPlus(v, scale + 2, RDX, scaled + v * Registers.BYTES);
                a.store(RDX, scaled + v * Registers.BYTES, v);
            }
        }
    }

    /** Byte {@code index} of the ints at an offset of the group, as floats. */
    private static void part(Assembler a, int v, int offset, int index) {
        a.load(v, RDI, offset);
        if (index < 3) {
            a.shiftLeft(v, v, 24 - 8 * index);
        }
        a.shiftRight(v, v, 24);
        a.toFloats(v, v);
    }

    /** The minima of all sub-blocks times the totals of activations, behind them. */
    private static void minima(Assembler a, int rows) {
        int minimum = Registers.FREE;
        for (int v = 0; v < 2 * rows; v++) {
            a.clear(v);
        }
        for (int block = 0; block < 2 * PAIRS; block++) {
            int word = WORD - (PAIRS - block / 2) * PAIR;
            int x = (block - 2 * PAIRS) * FORM.bytes(rows);
            for (int i = 0; i < 2; i++) {
                part(a, minimum + i, word + i * Registers.BYTES, 2 * (block % 2) + 1);
            }
            for (int t = 0; t < rows; t++) {
                a.broadcast(minimum + 2, RSI, x + FORM.record(rows, t) + NativeTiles.TOTAL);
                a.multiplyAdd(2 * t, minimum, minimum + 2);
                a.multiplyAdd(2 * t + 1, minimum + 1, minimum + 2);
            }
        }
    }

    /** Adds what waits in memory times the halves of scales, less minima times theirs. */
    private static void end(Assembler a, int rows, int scaled) {
        int d = Registers.FREE;
        int halves = d + 4;
        for (int i = 0; i < 2; i++) {
            a.load(halves, RDI, i * Registers.BYTES - PAIRS * PAIR);
            a.lowerHalvesToFloats(d + i, halves);
            a.shiftRight(halves, halves, 16);
            a.lowerHalvesToFloats(d + 2 + i, halves);
        }
        int sum = halves;
        for (int v = 0; v < 2 * rows; v++) {
            a.load(sum, RDX, v * Registers.BYTES);
            a.multiplySubtract(sum, v, d + 2 + v % 2);
            a.load(v, RDX, scaled + v * Registers.BYTES);
            a.multiplyAdd(sum, v, d + v % 2);
            a.store(RDX, v * Registers.BYTES, sum);
        }
    }
}
