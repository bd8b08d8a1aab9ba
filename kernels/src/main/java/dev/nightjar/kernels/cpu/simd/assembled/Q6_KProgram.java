package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RAX;
import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RDX;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;

/**
 * Q6_K: halves, then four times a word with the scales of four runs of 16 and three words of each
 * run. A vector of rows is done with before the next one, so that the products of both runs of a
 * block fit the registers.
 */
final class Q6_KProgram implements TileProgram {

    private static final TileForm FORM = TileForm.SIXES;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final int RUN = 3 * WORD;
    private static final int CHUNK = WORD + 4 * RUN;
    private static final int CHUNKS = 4;

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
        int halves = rows * AssembledProducts.ROW_BYTES;
        SixesPart part = SixesPart.begin(a, sums, rows, halves + AssembledProducts.ROW_BYTES);
        Sums.clear(a, rows, 0);
        int top = a.here();
        ahead.write(a, GroupLayout.HALF_BYTES);
        for (int i = 0; i < 2; i++) {
            a.loadHalves(0, RDI, i * GroupLayout.HALF_BYTES / 2);
            a.store(RDX, halves + i * Registers.BYTES, 0);
        }
        a.add(RDI, GroupLayout.HALF_BYTES);
        a.set(RAX, CHUNKS);
        int chunk = a.here();
        ahead.write(a, CHUNK);
        for (int block = 0; block < 2; block++) {
            for (int side = 0; side < 2; side++) {
                products(part, block, side);
                scale(part, block, side, halves);
            }
        }
        a.add(RDI, CHUNK);
        a.add(RSI, 2 * FORM.bytes(rows));
        a.loopTo(chunk, RAX);
        a.loopTo(top, RCX);
    }

    /** Those of a block of a chunk and one of the two vectors of rows: two runs of each row. */
    private static void products(SixesPart part, int block, int side) {
        Assembler a = part.a();
        int rows = part.rows();
        int x = block * FORM.bytes(rows);
        for (int run = 0; run < 2; run++) {
            for (int t = 0; t < rows; t++) {
                int start = NativeTiles.START + 4 * run;
                a.broadcast(2 * t + run, RSI, x + FORM.record(rows, t) + start);
            }
            int words = WORD + (2 * block + run) * RUN + side * Registers.BYTES;
            part.run(run, words, x + run * RunPlan.RUN);
        }
    }

    /** Byte {@code index} of the scales, as floats. */
    private static void scale(Assembler a, int v, int index, int side) {
        a.load(v, RDI, side * Registers.BYTES);
        if (index < 3) {
            a.shiftLeft(v, v, 24 - 8 * index);
        }
        a.shiftSignedRight(v, v, 24);
        a.toFloats(v, v);
    }

    /** Adds the products times scales and half. */
    private static void scale(SixesPart part, int block, int side, int halves) {
        Assembler a = part.a();
        int scales = SixesPart.WORDS;
        int half = SixesPart.CODES;
        int factor = SixesPart.FREE;
        scale(a, scales, 2 * block, side);
        scale(a, scales + 1, 2 * block + 1, side);
        a.load(half, RDX, halves + side * Registers.BYTES);
        for (int t = 0; t < part.rows(); t++) {
            int first = 2 * t;
            int second = first + 1;
            int sum = (2 * t + side) * Registers.BYTES;
            int record = block * FORM.bytes(part.rows()) + FORM.record(part.rows(), t);
            part.sums().end(first);
            part.sums().end(second);
            a.broadcast(factor, RSI, record + NativeTiles.FACTOR);
            a.toFloats(first, first);
            a.toFloats(second, second);
            a.multiply(first, first, scales);
            a.multiplyAdd(first, second, scales + 1);
            a.multiply(first, first, half);
            a.timesPlus(first, factor, RDX, sum);
            a.store(RDX, sum, first);
        }
    }
}
