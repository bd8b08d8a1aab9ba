package dev.nightjar.kernels.cpu.simd.assembled;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.assembly.Register;

/** Sums that are ints from the beginning. */
record IntSums(Assembler a) implements ByteSums {

    @Override
    public void begin() {}

    @Override
    public void add(int sum, int codes, int factors, int free) {
        a.addProductsOfBytes(sum, codes, factors);
    }

    @Override
    public void add(int sum, int codes, Register base, int offset, int free) {
        a.addProductsOfBytes(sum, codes, base, offset, free);
    }

    @Override
    public void addInts(int sum, int codes, int factors, int free) {
        add(sum, codes, factors, free);
    }

    @Override
    public void end(int sum) {}

    @Override
    public void scales(int v, Register base, int offset, int pair) {
        for (int i = 0; i < 2; i++) {
            a.load(v + i, base, offset);
            int above = 24 - 16 * pair - 8 * i;
            if (above > 0) {
                a.shiftLeft(v + i, v + i, above);
            }
            a.shiftSignedRight(v + i, v + i, 24);
            a.toFloats(v + i, v + i);
        }
    }

    @Override
    public void scaled(int first, int second, int scales) {
        a.toFloats(first, first);
        a.toFloats(second, second);
        a.multiply(first, first, scales);
        a.multiplyAdd(first, second, scales + 1);
    }
}
