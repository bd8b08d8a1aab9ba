package dev.nightjar.kernels.cpu.simd.assembled;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.assembly.InstructionSet;
import dev.nightjar.kernels.cpu.assembly.Register;

/** Writes how products of bytes are added to what {@link NativeTiles} let sums begin with. */
sealed interface ByteSums permits IntSums, ShortSums {

    /** As these instructions do it. */
    static ByteSums of(Assembler a, InstructionSet set) {
        return set.addsFour() ? new IntSums(a) : new ShortSums(a);
    }

    /** Sets {@link Registers#SUMS}. */
    void begin();

    /**
     * Adds, to each lane, four products of unsigned bytes with signed ones; may change {@code
     * free}.
     */
    void add(int sum, int codes, int factors, int free);

    /** The same with four signed bytes from memory in all lanes. */
    void add(int sum, int codes, Register base, int offset, int free);

    /** Adds the same to ints, which need no {@link #end}; may change {@code free}. */
    void addInts(int sum, int codes, int factors, int free);

    /** Turns a sum into ints. */
    void end(int sum);

    /**
     * Sets two vectors to scales of sums as {@link #scaled} takes them: the signed bytes {@code 2 *
     * pair} and the next of ints in memory.
     */
    void scales(int v, Register base, int offset, int pair);

    /**
     * Turns two sums into one of floats: each times its scale, of which the second is in the next
     * vector. Exact below 2^24.
     */
    void scaled(int first, int second, int scales);
}
