package dev.nightjar.kernels.cpu.assembly;

/** The vectors that assembled kernels compute with, and how those multiply bytes. */
public enum InstructionSet {
    /** Adds two products of bytes, to 16 bits. */
    AVX2(32, 16),

    /** Adds four products of bytes at once, to 32 bits. */
    AVX_VNNI(32, 16),

    /** The same in vectors of 512 bits. */
    AVX512_VNNI(64, 32);

    /** Bytes of a vector. */
    public final int vectorBytes;

    /** How many vectors there are registers for. */
    public final int registers;

    InstructionSet(int vectorBytes, int registers) {
        this.vectorBytes = vectorBytes;
        this.registers = registers;
    }

    /**
     * Whether an instruction adds four products of bytes, of which each lane of 32 bits has four.
     */
    public boolean addsFour() {
        return this != AVX2;
    }
}
