package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.R8;
import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RDX;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.assembly.InstructionSet;
import dev.nightjar.kernels.cpu.assembly.MachineCode;

/**
 * An assembled function that rounds blocks of 32 activations to whole multiples of a part of their
 * largest magnitude, as {@link dev.nightjar.kernels.cpu.simd.code.BlockQuantizer} does, and writes
 * codes and records as a {@link TileForm} has them. Its vectors have 256 bits on all processors: a
 * block is four of them.
 *
 * <p>Blocks too small for an inverse are zeros. Those with an infinity or no number are zeros, too,
 * whose factor is no number, so that all products with them are none.
 */
final class BlockCodes {

    /** Whole multiples of the largest magnitude over this. */
    private static final int NARROW_LEVELS = 127;

    private static final int WIDE_LEVELS = 127 << 7;

    private static final int VECTOR_BYTES = InstructionSet.AVX2.vectorBytes;
    private static final int VECTORS = 4;

    // Orders of the four elements of a vector, or of a part of it.
    private static final int SWAP_HALVES = 0b01_00_11_10;
    private static final int SWAP_NEIGHBOURS = 0b10_11_00_01;
    private static final int SWAP_MIDDLE = 0b11_01_10_00;
    private static final int SECOND = 0b01_01_01_01;

    // 0 to 3: the block, then its codes. The others:
    private static final int MOST = 4;
    private static final int INVERSE = 5;
    private static final int IS_USUAL = 6;
    private static final int FACTOR = 7;
    private static final int RUN_SUMS = 8; // of each 8 codes
    private static final int SUM = 9;
    private static final int FREE = 10; // and those behind, before these
    private static final int HALF_CODE = 11;
    private static final int ZERO = 12;
    private static final int INFINITY = 13;
    private static final int LEVELS = 14;
    private static final int MAGNITUDE = 15;

    private static final BlockCodes[] ALL = new BlockCodes[TileForm.values().length];

    private final TileForm form;
    private final boolean inShorts;
    private final MachineCode function;

    private BlockCodes(TileForm form, boolean inShorts) {
        this.form = form;
        this.inShorts = inShorts;
        Assembler a = new Assembler(InstructionSet.AVX2);
        assemble(a);
        function = MachineCode.of(a.bytes());
    }

    /** Those of a form that has a factor for each block. */
    static BlockCodes of(TileForm form) {
        synchronized (ALL) {
            int i = form.ordinal();
            if (ALL[i] == null) {
                ALL[i] = new BlockCodes(form, !AssembledProducts.SET.orElseThrow().addsFour());
            }
            return ALL[i];
        }
    }

    /**
     * Writes blocks.
     *
     * @param x address of the activations
     * @param blocks at least one
     * @param codes address of the codes of the first block
     * @param record address of the record of the first block
     * @param step bytes from either of both to that of the next block
     */
    void write(long x, int blocks, long codes, long record, int step) {
        function.call(x, codes, record, blocks, step);
    }

    private void assemble(Assembler a) {
        a.broadcast(MAGNITUDE, Integer.MAX_VALUE);
        a.broadcast(LEVELS, form.isWide() ? WIDE_LEVELS : NARROW_LEVELS);
        a.toFloats(LEVELS, LEVELS);
        a.broadcast(INFINITY, Float.floatToRawIntBits(Float.POSITIVE_INFINITY));
        a.broadcast(HALF_CODE, 64);
        a.clear(ZERO);
        int top = a.here();
        findLargest(a);
        findFactor(a);
        for (int i = 0; i < VECTORS; i++) {
            a.multiply(i, i, INVERSE);
            a.toInts(i, i);
            a.and(i, i, IS_USUAL);
        }
        sum(a);
        record(a);
        switch (form) {
            case NATURAL -> bytes(a, 0);
            case SIXES -> sixes(a);
            case WIDE -> wide(a);
            case SHORTS -> shorts(a);
            case INT8, FLOATS ->
                    throw new IllegalArgumentException(form + " has no codes of blocks");
        }
        a.add(RDI, VECTORS * VECTOR_BYTES);
        a.add(RSI, R8);
        a.add(RDX, R8);
        a.loopTo(top, RCX);
        a.ret();
    }

    /** Bits of the largest magnitude, which are ordered like magnitudes, no numbers last. */
    private static void findLargest(Assembler a) {
        for (int i = 0; i < VECTORS; i++) {
            a.load(i, RDI, i * VECTOR_BYTES);
            a.and(MOST + i, i, MAGNITUDE);
        }
        a.max(MOST, MOST, MOST + 1);
        a.max(MOST + 2, MOST + 2, MOST + 3);
        a.max(MOST, MOST, MOST + 2);
        a.orderLongs(FREE, MOST, SWAP_HALVES);
        a.max(MOST, MOST, FREE);
        a.orderInts(FREE, MOST, SWAP_HALVES);
        a.max(MOST, MOST, FREE);
        a.orderInts(FREE, MOST, SWAP_NEIGHBOURS);
        a.max(MOST, MOST, FREE);
    }

    /** A number minus itself is zero, anything else minus itself is no number. */
    private static void findFactor(Assembler a) {
        a.divide(INVERSE, LEVELS, MOST);
        a.divide(FACTOR, MOST, LEVELS);
        a.isLess(IS_USUAL, INVERSE, INFINITY);
        a.isLess(FREE, ZERO, INVERSE);
        a.and(IS_USUAL, IS_USUAL, FREE);
        a.and(INVERSE, INVERSE, IS_USUAL);
        a.and(FACTOR, FACTOR, IS_USUAL);
        a.subtractFloats(MOST, MOST, MOST);
        a.addFloats(FACTOR, FACTOR, MOST);
    }

    private static void sum(Assembler a) {
        a.addPairs(RUN_SUMS, 0, 1);
        a.addPairs(FREE, 2, 3);
        a.addPairs(RUN_SUMS, RUN_SUMS, FREE);
        a.orderLongs(FREE, RUN_SUMS, SWAP_HALVES);
        a.add(RUN_SUMS, RUN_SUMS, FREE);
        a.addPairs(SUM, RUN_SUMS, RUN_SUMS);
        a.addPairs(SUM, SUM, SUM);
    }

    private void record(Assembler a) {
        a.storeInt(RDX, NativeTiles.FACTOR, FACTOR);
        a.toFloats(FREE, SUM);
        a.multiply(FREE, FREE, FACTOR);
        a.storeInt(RDX, NativeTiles.TOTAL, FREE);
        boolean hasRuns = form == TileForm.SIXES;
        a.shiftLeft(FREE, hasRuns ? RUN_SUMS : SUM, centreBits());
        a.subtract(FREE, ZERO, FREE);
        if (!form.isWide() && inShorts) {
            a.narrowInts(FREE, FREE, FREE);
        } else if (hasRuns) {
            a.addPairs(FREE, FREE, FREE);
        }
        a.storeInt(RDX, NativeTiles.START, FREE);
        if (hasRuns) {
            a.orderInts(FREE, FREE, SECOND);
            a.storeInt(RDX, NativeTiles.START + Integer.BYTES, FREE);
        }
    }

    /** Logarithm of what {@link NativeTiles#START} is a multiple of. */
    private int centreBits() {
        return switch (form) {
            case SIXES -> 5;
            case NATURAL -> inShorts ? 2 : 3;
            default -> 7;
        };
    }

    /** The codes as bytes, in order; changes them. */
    private static void bytes(Assembler a, int to) {
        toBytes(a);
        a.store(RSI, to, 0);
    }

    private static void toBytes(Assembler a) {
        toShorts(a);
        a.narrowShorts(0, 0, 2);
        a.orderLongs(0, 0, SWAP_MIDDLE);
    }

    /** Vectors 0 and 2 become all codes, in order. */
    private static void toShorts(Assembler a) {
        for (int i = 0; i < VECTORS; i += 2) {
            a.narrowInts(i, i, i + 1);
            a.orderLongs(i, i, SWAP_MIDDLE);
        }
    }

    /** Pairs of bytes of both halves of each 16 in turns. */
    private static void sixes(Assembler a) {
        toBytes(a);
        a.orderInts(1, 0, SWAP_HALVES);
        a.interleaveShorts(0, 0, 1);
        a.store(RSI, 0, 0);
    }

    private static void shorts(Assembler a) {
        toShorts(a);
        for (int i = 0; i < VECTORS; i += 2) {
            a.orderShorts(i, i, SWAP_MIDDLE);
            a.store(RSI, i / 2 * VECTOR_BYTES, i);
        }
    }

    /** Upper parts, rounded, and what they are short of. */
    private static void wide(Assembler a) {
        int upper = MOST;
        for (int i = 0; i < VECTORS; i++) {
            a.add(upper + i, i, HALF_CODE);
            a.shiftSignedRight(upper + i, upper + i, 7);
            a.shiftLeft(FREE, upper + i, 7);
            a.subtract(i, i, FREE);
        }
        bytes(a, VECTOR_BYTES);
        for (int i = 0; i < VECTORS; i++) {
            a.move(i, upper + i);
        }
        bytes(a, 0);
    }
}
