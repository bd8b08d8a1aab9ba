package dev.nightjar.kernels.cpu.simd.bytes;

import static dev.nightjar.kernels.cpu.assembly.Assembler.VECTOR;
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
 * run, whose lower halves hold eight codes in sequence and whose upper ones the other eight. A
 * vector of rows is done with before the next one, so that the products of both runs of a block fit
 * the registers.
 */
final class Q6_KProgram implements ByteProgram {

    private static final ByteForm FORM = ByteForm.SIXES;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final int RUN = 3 * WORD;
    private static final int CHUNK = WORD + 4 * RUN;
    private static final int CHUNKS = 4;

    /** Two runs of a block, one product of a row each. */
    private static final int CODES = 2 * ByteProducts.MOST;

    private static final int SHIFTED = CODES + 1;
    private static final int WORDS = CODES + 2;

    /**
     * Masks of the parts of codes; the first has six bits in even bytes, the second in odd ones.
     */
    private static final int MASKS = WORDS + 3;

    private static final int[] PARTS = {
        0x003f003f, 0x3f003f00, 0x000f000f, 0x00300030, 0x03000300, 0x3c003c00
    };

    @Override
    public int columns() {
        return RunPlan.COUNT;
    }

    @Override
    public ByteForm form() {
        return FORM;
    }

    @Override
    public void write(Assembler a, int rows) {
        int halves = rows * ByteProducts.ROW_BYTES;
        for (int i = 0; i < PARTS.length; i++) {
            a.broadcast(MASKS + i, PARTS[i]);
        }
        Sums.clear(a, rows, 0);
        int top = a.here();
        for (int i = 0; i < 2; i++) {
            a.loadHalves(0, RDI, i * GroupLayout.HALF_BYTES / 2);
            a.store(RDX, halves + i * VECTOR, 0);
        }
        a.add(RDI, GroupLayout.HALF_BYTES);
        a.set(RAX, CHUNKS);
        int chunk = a.here();
        ReadAhead.write(a, CHUNK);
        for (int block = 0; block < 2; block++) {
            for (int side = 0; side < 2; side++) {
                block(a, rows, block, side, halves);
            }
        }
        a.add(RDI, CHUNK);
        a.add(RSI, 2 * FORM.bytes(rows));
        a.loopTo(chunk, RAX);
        a.loopTo(top, RCX);
        a.ret();
    }

    /** Adds the products of a block of a chunk with one of the two vectors of rows. */
    private static void block(Assembler a, int rows, int block, int side, int halves) {
        int x = block * FORM.bytes(rows);
        for (int run = 0; run < 2; run++) {
            for (int t = 0; t < rows; t++) {
                int start = ByteTiles.START + 4 * run;
                a.broadcast(2 * t + run, RSI, x + FORM.record(rows, t) + start);
            }
            int words = WORD + (2 * block + run) * RUN + side * VECTOR;
            for (int word = 0; word < 3; word++) {
                a.load(WORDS + word, RDI, words + word * WORD);
            }
            run(a, rows, run, x + run * RunPlan.RUN);
        }
        scale(a, rows, block, side, x, halves);
    }

    /** Unpacks a run, four columns at a time in the order of {@link ByteForm#SIXES}. */
    private static void run(Assembler a, int rows, int run, int x) {
        a.and(CODES, WORDS, MASKS);
        a.shiftLeft(SHIFTED, WORDS, 2);
        a.orAnd(CODES, SHIFTED, MASKS + 1);
        products(a, rows, run, x);
        a.shiftRight(SHIFTED, WORDS + 1, 2);
        a.and(CODES, SHIFTED, MASKS);
        a.orAnd(CODES, WORDS + 1, MASKS + 1);
        products(a, rows, run, x + 4);
        a.shiftRight(SHIFTED, WORDS + 2, 4);
        a.and(CODES, SHIFTED, MASKS);
        a.shiftRight(SHIFTED, WORDS + 2, 2);
        a.orAnd(CODES, SHIFTED, MASKS + 1);
        products(a, rows, run, x + 8);
        a.shiftRight(SHIFTED, WORDS, 12);
        a.and(CODES, SHIFTED, MASKS + 2);
        a.shiftLeft(SHIFTED, WORDS + 1, 4);
        a.orAnd(CODES, SHIFTED, MASKS + 3);
        a.shiftRight(SHIFTED, WORDS + 1, 6);
        a.orAnd(CODES, SHIFTED, MASKS + 4);
        a.shiftLeft(SHIFTED, WORDS + 2, 10);
        a.orAnd(CODES, SHIFTED, MASKS + 5);
        products(a, rows, run, x + 12);
    }

    private static void products(Assembler a, int rows, int run, int x) {
        for (int t = 0; t < rows; t++) {
            a.addProductsOfBytes(2 * t + run, CODES, RSI, x + FORM.codes(t));
        }
    }

    private static void scale(Assembler a, int rows, int block, int side, int x, int halves) {
        for (int run = 0; run < 2; run++) {
            int scale = WORDS + run;
            a.load(scale, RDI, side * VECTOR);
            int index = 2 * block + run;
            if (index < 3) {
                a.shiftLeft(scale, scale, 24 - 8 * index);
            }
            a.shiftSignedRight(scale, scale, 24);
            a.toFloats(scale, scale);
        }
        a.load(CODES, RDX, halves + side * VECTOR);
        for (int t = 0; t < rows; t++) {
            int first = 2 * t;
            int second = first + 1;
            int sum = (2 * t + side) * VECTOR;
            a.broadcast(SHIFTED, RSI, x + FORM.record(rows, t) + ByteTiles.FACTOR);
            a.toFloats(first, first);
            a.toFloats(second, second);
            a.multiply(first, first, WORDS);
            a.multiplyAdd(first, second, WORDS + 1);
            a.multiply(first, first, CODES);
            a.timesPlus(first, SHIFTED, RDX, sum);
            a.store(RDX, sum, first);
        }
    }
}
