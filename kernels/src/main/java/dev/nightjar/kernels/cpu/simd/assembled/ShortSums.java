package dev.nightjar.kernels.cpu.simd.assembled;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.assembly.Register;

/**
 * Two sums of 16 bits in each lane, added up in the end. Each fits them once what the centre of the
 * weights' codes takes away is in it; on the way, it may overflow.
 */
record ShortSums(Assembler a) implements ByteSums {

    /** One in each half. */
    private static final int ONES = 0x00010001;

    @Override
    public void begin() {
        a.broadcast(Registers.SUMS, ONES);
    }

    @Override
    public void add(int sum, int codes, int factors, int free) {
        a.pairProductsOfBytes(free, codes, factors);
        a.addShorts(sum, sum, free);
    }

    @Override
    public void add(int sum, int codes, Register base, int offset, int free) {
        a.broadcast(free, base, offset);
        add(sum, codes, free, free);
    }

    @Override
    public void addInts(int sum, int codes, int factors, int free) {
        a.pairProductsOfBytes(free, codes, factors);
        a.pairProductsOfShorts(free, free, Registers.SUMS);
        a.add(sum, sum, free);
    }

    @Override
    public void end(int sum) {
        a.pairProductsOfShorts(sum, sum, Registers.SUMS);
    }

    /** Twice in each lane, for both of its sums. */
    @Override
    public void scales(int v, Register base, int offset, int pair) {
        a.load(v, base, offset);
        a.doubleShorts(v, v, pair);
        a.shiftShortsSignedRight(v + 1, v, 8);
        a.shiftShortsLeft(v, v, 8);
        a.shiftShortsSignedRight(v, v, 8);
    }

    @Override
    public void scaled(int first, int second, int scales) {
        a.pairProductsOfShorts(first, first, scales);
        a.pairProductsOfShorts(second, second, scales + 1);
        a.add(first, first, second);
        a.toFloats(first, first);
    }
}
