package dev.nightjar.kernels.cpu.assembly;

/**
 * Vectors 0 to 31, of 512 bits.
 *
 * @see <a href="https://www.intel.com/sdm">Intel 64 and IA-32 manual, volume 2: EVEX prefix</a>
 */
record Evex() implements Encoding {

    @Override
    public void registers(Code code, int map, int prefix, int opcode, int reg, int source, int rm) {
        prefix(code, map, prefix, reg, source, ~rm >> 4 & 1, ~rm >> 3 & 1, 0);
        code.put(opcode);
        code.operand(reg, rm);
    }

    @Override
    public void memory(
            Code code,
            int map,
            int prefix,
            int opcode,
            int reg,
            int source,
            Register base,
            int offset,
            int operandBytes) {
        prefix(code, map, prefix, reg, source, 1, 1, 0);
        code.put(opcode);
        code.operand(reg, base, offset, operandBytes);
    }

    /** An instruction whose last operand is four bytes from memory in all lanes. */
    void broadcast(
            Code code,
            int map,
            int prefix,
            int opcode,
            int reg,
            int source,
            Register base,
            int offset) {
        prefix(code, map, prefix, reg, source, 1, 1, 1);
        code.put(opcode);
        code.operand(reg, base, offset, 4);
    }

    /**
     * @param x bit 4 of the number of the last operand, inverted
     * @param b bit 3 of it, inverted
     * @param broadcast 1 if the operand in memory is one lane for all
     */
    private static void prefix(
            Code code, int map, int prefix, int reg, int source, int x, int b, int broadcast) {
        code.put(0x62);
        code.put((~reg >> 3 & 1) << 7 | x << 6 | b << 5 | (~reg >> 4 & 1) << 4 | map);
        code.put((~source & 15) << 3 | 1 << 2 | prefix);
        code.put(2 << 5 | broadcast << 4 | (~source >> 4 & 1) << 3);
    }
}
