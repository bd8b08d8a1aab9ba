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
}
