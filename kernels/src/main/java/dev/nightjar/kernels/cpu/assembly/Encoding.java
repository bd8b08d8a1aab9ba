package dev.nightjar.kernels.cpu.assembly;

/** How instructions name their vectors: a prefix before the opcode, and operands behind. */
sealed interface Encoding permits Vex, Evex {

    /** Opcode map 0F. */
    int M_0F = 1;

    /** Opcode map 0F 38. */
    int M_0F38 = 2;

    /** Opcode map 0F 3A. */
    int M_0F3A = 3;

    /** No mandatory prefix. */
    int NONE = 0;

    /** Mandatory prefix 66. */
    int P66 = 1;

    /** The same of an instruction whose lanes are of 64 bits. */
    int P66_WIDE = 1 << 7 | P66;

    /** Mandatory prefix F3. */
    int PF3 = 2;

    /** Mandatory prefix F2. */
    int PF2 = 3;

    /** An instruction whose last operand is a register. */
    void registers(Code code, int map, int prefix, int opcode, int reg, int source, int rm);

    /**
     * An instruction whose last operand is memory.
     *
     * @param operandBytes size of that
     */
    void memory(
            Code code,
            int map,
            int prefix,
            int opcode,
            int reg,
            int source,
            Register base,
            int offset,
            int operandBytes);
}
