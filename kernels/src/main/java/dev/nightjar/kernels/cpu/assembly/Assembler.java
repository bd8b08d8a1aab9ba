package dev.nightjar.kernels.cpu.assembly;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes instructions of x86-64 one after the other. Vectors are of 512 bits, numbered 0 to 31; a
 * memory operand is a register and a displacement.
 *
 * @see <a href="https://www.intel.com/sdm">Intel 64 and IA-32 manual, volume 2: EVEX prefix</a>
 */
public final class Assembler {

    /** Bytes of a vector. */
    public static final int VECTOR = 64;

    // Opcode maps.
    private static final int M_0F = 1;
    private static final int M_0F38 = 2;
    private static final int M_0F3A = 3;

    // Mandatory prefixes.
    private static final int NONE = 0;
    private static final int P66 = 1;
    private static final int PF3 = 2;

    private ByteBuffer code = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    /** What was written. */
    public byte[] bytes() {
        return Arrays.copyOf(code.array(), code.position());
    }

    /** Where the next instruction begins, for {@link #loopTo}. */
    public int here() {
        return code.position();
    }

    /** {@code v = 16 ints from memory}. */
    public void load(int v, Register base, int offset) {
        memory(M_0F, PF3, 0x6f, v, 0, base, offset, VECTOR);
    }

    /** {@code memory = v}. */
    public void store(Register base, int offset, int v) {
        memory(M_0F, PF3, 0x7f, v, 0, base, offset, VECTOR);
    }

    /** {@code v = 16 halves from memory}, as floats. */
    public void loadHalves(int v, Register base, int offset) {
        memory(M_0F38, P66, 0x13, v, 0, base, offset, VECTOR / 2);
    }

    /** All lanes of {@code v} become four bytes from memory. */
    public void broadcast(int v, Register base, int offset) {
        memory(M_0F38, P66, 0x58, v, 0, base, offset, 4);
    }

    /** All lanes of {@code v} become a constant; changes {@link Register#RAX}. */
    public void broadcast(int v, int constant) {
        set(Register.RAX, constant);
        registers(M_0F38, P66, 0x7c, v, 0, Register.RAX.number);
    }

    /** {@code v = w}. */
    public void move(int v, int w) {
        registers(M_0F, PF3, 0x6f, v, 0, w);
    }

    /** {@code v = 0}. */
    public void clear(int v) {
        registers(M_0F, P66, 0xef, v, v, v);
    }

    /** {@code v = a & b}. */
    public void and(int v, int a, int b) {
        registers(M_0F, P66, 0xdb, v, a, b);
    }

    /** {@code v |= a & b}. */
    public void orAnd(int v, int a, int b) {
        registers(M_0F3A, P66, 0x25, v, a, b);
        put(0xf8);
    }

    /** {@code v = a >>> bits}, ints. */
    public void shiftRight(int v, int a, int bits) {
        registers(M_0F, P66, 0x72, 2, v, a);
        put(bits);
    }

    /** {@code v = a << bits}, ints. */
    public void shiftLeft(int v, int a, int bits) {
        registers(M_0F, P66, 0x72, 6, v, a);
        put(bits);
    }

    /** {@code v = a >> bits}, ints with a sign. */
    public void shiftSignedRight(int v, int a, int bits) {
        registers(M_0F, P66, 0x72, 4, v, a);
        put(bits);
    }

    /** {@code v = the lower halves of the ints of a}, in half a vector. */
    public void narrow(int v, int a) {
        registers(M_0F38, PF3, 0x33, a, 0, v);
    }

    /** {@code v = 16 halves of a}, half a vector, as floats. */
    public void halvesToFloats(int v, int a) {
        registers(M_0F38, P66, 0x13, v, 0, a);
    }

    /**
     * To each int of {@code v}, adds four products of unsigned bytes of a with signed ones of b.
     */
    public void addProductsOfBytes(int v, int a, int b) {
        registers(M_0F38, P66, 0x50, v, a, b);
    }

    /** The same with four signed bytes from memory in all lanes. */
    public void addProductsOfBytes(int v, int a, Register base, int offset) {
        evex(M_0F38, P66, v, a, 1, 1, 1);
        put(0x50);
        operand(v & 7, base, offset, 4);
    }

    /** {@code v = a + b}, ints. */
    public void add(int v, int a, int b) {
        registers(M_0F, P66, 0xfe, v, a, b);
    }

    /** {@code v = (float) a}, ints. */
    public void toFloats(int v, int a) {
        registers(M_0F, NONE, 0x5b, v, 0, a);
    }

    /** {@code v = a * b}, floats. */
    public void multiply(int v, int a, int b) {
        registers(M_0F, NONE, 0x59, v, a, b);
    }

    /** {@code v = a * b + v}, floats, rounded once. */
    public void multiplyAdd(int v, int a, int b) {
        registers(M_0F38, P66, 0xb8, v, a, b);
    }

    /** {@code v = v - a * b}, floats, rounded once. */
    public void multiplySubtract(int v, int a, int b) {
        registers(M_0F38, P66, 0xbc, v, a, b);
    }

    /** {@code v = v * a + memory}, floats, rounded once. */
    public void timesPlus(int v, int a, Register base, int offset) {
        memory(M_0F38, P66, 0xa8, v, a, base, offset, VECTOR);
    }

    /** Asks for a line of memory that is read soon; any address will do. */
    public void prefetch(Register base, int offset) {
        put(0x0f, 0x18);
        operand(1, base, offset, 1);
    }

    /** {@code r = constant}, its upper half zero. */
    public void set(Register r, int constant) {
        put(0xb8 + r.number);
        putInt(constant);
    }

    /** {@code r += constant}. */
    public void add(Register r, int constant) {
        put(0x48, 0x81, 0xc0 | r.number);
        putInt(constant);
    }

    /** Counts down and jumps back unless the register is zero then. */
    public void loopTo(int target, Register counter) {
        put(0x48, 0xff, 0xc8 | counter.number);
        put(0x0f, 0x85);
        putInt(target - (here() + 4));
    }

    /** Returns to the caller, the upper parts of vectors cleared as the convention wants it. */
    public void ret() {
        put(0xc5, 0xf8, 0x77, 0xc3);
    }

    private void registers(int map, int prefix, int opcode, int reg, int source, int rm) {
        evex(map, prefix, reg, source, ~rm >> 4 & 1, ~rm >> 3 & 1, 0);
        put(opcode, 0xc0 | (reg & 7) << 3 | rm & 7);
    }

    private void memory(
            int map,
            int prefix,
            int opcode,
            int reg,
            int source,
            Register base,
            int offset,
            int operandBytes) {
        evex(map, prefix, reg, source, 1, 1, 0);
        put(opcode);
        operand(reg & 7, base, offset, operandBytes);
    }

    /**
     * @param x bit 4 of the number of the second operand, inverted
     * @param b bit 3 of it, inverted
     * @param broadcast 1 if the operand in memory is one lane for all
     */
    private void evex(int map, int prefix, int reg, int source, int x, int b, int broadcast) {
        put(0x62);
        put((~reg >> 3 & 1) << 7 | x << 6 | b << 5 | (~reg >> 4 & 1) << 4 | map);
        put((~source & 15) << 3 | 1 << 2 | prefix);
        put(2 << 5 | broadcast << 4 | (~source >> 4 & 1) << 3);
    }

    /** A displacement that is a small multiple of the operand's size takes one byte. */
    private void operand(int reg, Register base, int offset, int operandBytes) {
        int small = offset / operandBytes;
        if (offset == 0) {
            put(reg << 3 | base.number);
        } else if (offset % operandBytes == 0 && small == (byte) small) {
            put(1 << 6 | reg << 3 | base.number, small);
        } else {
            put(2 << 6 | reg << 3 | base.number);
            putInt(offset);
        }
    }

    private void put(int... values) {
        for (int value : values) {
            room();
            code.put((byte) value);
        }
    }

    private void putInt(int value) {
        room();
        code.putInt(value);
    }

    private void room() {
        if (code.remaining() < 8) {
            byte[] bytes = Arrays.copyOf(code.array(), 2 * code.capacity());
            int position = code.position();
            code = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(position);
        }
    }
}
