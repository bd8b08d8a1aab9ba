package dev.nightjar.kernels.cpu.assembly;

/**
 * Vectors 0 to 15, of 256 bits.
 *
 * @see <a href="https://www.intel.com/sdm">Intel 64 and IA-32 manual, volume 2: VEX prefix</a>
 */
record Vex(boolean isHalf) implements Encoding {

    @Override
    public void registers(Code code, int map, int prefix, int opcode, int reg, int source, int rm) {
        prefix(code, map, prefix, reg, source, ~rm >> 3 & 1);
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
        prefix(code, map, prefix, reg, source, 1);
        code.put(opcode);
        code.operand(reg, base, offset, 1);
    }

    /**
     * The long form, which names all maps and registers.
     *
     * @param b bit 3 of the number of the last operand, inverted
     */
    private void prefix(Code code, int map, int prefix, int reg, int source, int b) {
        int length = isHalf ? 0 : 1;
        code.put(0xc4, (~reg >> 3 & 1) << 7 | 1 << 6 | b << 5 | map);
        code.put((~source & 15) << 3 | length << 2 | prefix);
    }
}
