package dev.nightjar.kernels.cpu.assembly;

import static dev.nightjar.kernels.cpu.assembly.Encoding.M_0F;
import static dev.nightjar.kernels.cpu.assembly.Encoding.M_0F38;
import static dev.nightjar.kernels.cpu.assembly.Encoding.M_0F3A;
import static dev.nightjar.kernels.cpu.assembly.Encoding.NONE;
import static dev.nightjar.kernels.cpu.assembly.Encoding.P66;
import static dev.nightjar.kernels.cpu.assembly.Encoding.P66_WIDE;
import static dev.nightjar.kernels.cpu.assembly.Encoding.PF2;
import static dev.nightjar.kernels.cpu.assembly.Encoding.PF3;

/**
 * Writes instructions of x86-64 one after the other, for vectors of the width of an instruction
 * set. A memory operand is a register and a displacement. What one set does with one instruction
 * takes another one two or three.
 *
 * @see <a href="https://www.intel.com/sdm">Intel 64 and IA-32 manual, volume 2</a>
 */
public final class Assembler {

    private static final Encoding HALF_VECTORS = new Vex(true);

    private final InstructionSet set;
    private final Encoding encoding;
    private final Code code = new Code();

    /** For vectors of this set. */
    public Assembler(InstructionSet set) {
        this.set = set;
        encoding = set == InstructionSet.AVX512_VNNI ? new Evex() : new Vex(false);
    }

    /** What was written. */
    public byte[] bytes() {
        return code.bytes();
    }

    /** Where the next instruction begins, for {@link #loopTo}. */
    public int here() {
        return code.size();
    }

    /** {@code v = ints from memory}. */
    public void load(int v, Register base, int offset) {
        memory(M_0F, PF3, 0x6f, v, 0, base, offset, set.vectorBytes);
    }

    /** {@code memory = v}. */
    public void store(Register base, int offset, int v) {
        memory(M_0F, PF3, 0x7f, v, 0, base, offset, set.vectorBytes);
    }

    /** {@code v = halves from memory}, as floats. */
    public void loadHalves(int v, Register base, int offset) {
        memory(M_0F38, P66, 0x13, v, 0, base, offset, set.vectorBytes / 2);
    }

    /** All lanes of {@code v} become four bytes from memory. */
    public void broadcast(int v, Register base, int offset) {
        memory(M_0F38, P66, 0x58, v, 0, base, offset, 4);
    }

    /** All lanes of {@code v} become a constant; changes {@link Register#RAX}. */
    public void broadcast(int v, int constant) {
        set(Register.RAX, constant);
        if (encoding instanceof Evex) {
            registers(M_0F38, P66, 0x7c, v, 0, Register.RAX.number);
        } else {
            HALF_VECTORS.registers(code, M_0F, P66, 0x6e, v, 0, Register.RAX.number);
            registers(M_0F38, P66, 0x58, v, 0, v);
        }
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

    /** {@code v = a & memory}. */
    public void and(int v, int a, Register base, int offset) {
        memory(M_0F, P66, 0xdb, v, a, base, offset, set.vectorBytes);
    }

    /** {@code v = a | b}. */
    public void or(int v, int a, int b) {
        registers(M_0F, P66, 0xeb, v, a, b);
    }

    /** {@code v |= a & b}; may change {@code a}. */
    public void orAnd(int v, int a, int b) {
        if (encoding instanceof Evex) {
            registers(M_0F3A, P66, 0x25, v, a, b);
            code.put(0xf8);
        } else {
            and(a, a, b);
            or(v, v, a);
        }
    }

    /** {@code v = a >>> bits}, ints. */
    public void shiftRight(int v, int a, int bits) {
        registers(M_0F, P66, 0x72, 2, v, a);
        code.put(bits);
    }

    /** {@code v = a >>> bits}, in 16 bits. */
    public void shiftShortsRight(int v, int a, int bits) {
        registers(M_0F, P66, 0x71, 2, v, a);
        code.put(bits);
    }

    /** {@code v = a << bits}, in 16 bits. */
    public void shiftShortsLeft(int v, int a, int bits) {
        registers(M_0F, P66, 0x71, 6, v, a);
        code.put(bits);
    }

    /** {@code v = a >> bits}, in 16 bits with a sign. */
    public void shiftShortsSignedRight(int v, int a, int bits) {
        registers(M_0F, P66, 0x71, 4, v, a);
        code.put(bits);
    }

    /** {@code v = } the lower ({@code half} 0) or upper 16 bits of each int of a, twice. */
    public void doubleShorts(int v, int a, int half) {
        orderShorts(v, a, half == 0 ? 0b10_10_00_00 : 0b11_11_01_01);
    }

    /** {@code v = a << bits}, ints. */
    public void shiftLeft(int v, int a, int bits) {
        registers(M_0F, P66, 0x72, 6, v, a);
        code.put(bits);
    }

    /** {@code v = a >> bits}, ints with a sign. */
    public void shiftSignedRight(int v, int a, int bits) {
        registers(M_0F, P66, 0x72, 4, v, a);
        code.put(bits);
    }

    /** {@code v = the lower halves of the ints of a}, as floats. */
    public void lowerHalvesToFloats(int v, int a) {
        if (encoding instanceof Evex) {
            registers(M_0F38, PF3, 0x33, a, 0, v);
        } else {
            shiftLeft(v, a, 16);
            shiftSignedRight(v, v, 16);
            narrowInts(v, v, v);
            orderLongs(v, v, 0b00_00_10_00);
        }
        registers(M_0F38, P66, 0x13, v, 0, v);
    }

    /**
     * To each int of {@code v}, adds four products of unsigned bytes of a with signed ones of b.
     */
    public void addProductsOfBytes(int v, int a, int b) {
        registers(M_0F38, P66, 0x50, v, a, b);
    }

    /** The same with four signed bytes from memory in all lanes; may change {@code free}. */
    public void addProductsOfBytes(int v, int a, Register base, int offset, int free) {
        if (encoding instanceof Evex evex) {
            evex.broadcast(code, M_0F38, P66, 0x50, v, a, base, offset);
        } else {
            broadcast(free, base, offset);
            addProductsOfBytes(v, a, free);
        }
    }

    /**
     * {@code v = }sums of two products of unsigned bytes of a with signed ones of b, in 16 bits;
     * what does not fit those becomes the nearest that does.
     */
    public void pairProductsOfBytes(int v, int a, int b) {
        registers(M_0F38, P66, 0x04, v, a, b);
    }

    /** {@code v = a + b} in 16 bits. */
    public void addShorts(int v, int a, int b) {
        registers(M_0F, P66, 0xfd, v, a, b);
    }

    /** {@code v = }sums of two products of shorts of a with those of b, ints. */
    public void pairProductsOfShorts(int v, int a, int b) {
        registers(M_0F, P66, 0xf5, v, a, b);
    }

    /** {@code v = a + b}, ints. */
    public void add(int v, int a, int b) {
        registers(M_0F, P66, 0xfe, v, a, b);
    }

    /** {@code v = a - b}, ints. */
    public void subtract(int v, int a, int b) {
        registers(M_0F, P66, 0xfa, v, a, b);
    }

    /** {@code v = } the larger of each two ints with a sign. */
    public void max(int v, int a, int b) {
        registers(M_0F38, P66, 0x3d, v, a, b);
    }

    /**
     * In each 128 bits, {@code v =} the sums of the two pairs of ints of a, then those of b; for
     * vectors of 256 bits.
     */
    public void addPairs(int v, int a, int b) {
        registers(M_0F38, P66, 0x02, v, a, b);
    }

    /**
     * In each 128 bits, {@code v =} the ints of a, then those of b, as the nearest numbers of 16
     * bits.
     */
    public void narrowInts(int v, int a, int b) {
        registers(M_0F, P66, 0x6b, v, a, b);
    }

    /** The same with numbers of 16 bits, which become bytes. */
    public void narrowShorts(int v, int a, int b) {
        registers(M_0F, P66, 0x63, v, a, b);
    }

    /** In each 128 bits, {@code v =} the lower four shorts of a and of b in turns. */
    public void interleaveShorts(int v, int a, int b) {
        registers(M_0F, P66, 0x61, v, a, b);
    }

    /** In each 256 bits, {@code v =} the longs of a in another order, two bits for each place. */
    public void orderLongs(int v, int a, int order) {
        registers(M_0F3A, P66_WIDE, 0x00, v, 0, a);
        code.put(order);
    }

    /** In each 128 bits, {@code v =} the ints of a in another order, two bits for each place. */
    public void orderInts(int v, int a, int order) {
        registers(M_0F, P66, 0x70, v, 0, a);
        code.put(order);
    }

    /** In each 64 bits, {@code v =} the shorts of a in another order, two bits for each place. */
    public void orderShorts(int v, int a, int order) {
        registers(M_0F, PF2, 0x70, v, 0, a);
        code.put(order);
        registers(M_0F, PF3, 0x70, v, 0, v);
        code.put(order);
    }

    /** {@code memory = } the lowest int of v; for vectors of 256 bits. */
    public void storeInt(Register base, int offset, int v) {
        HALF_VECTORS.memory(code, M_0F, P66, 0x7e, v, 0, base, offset, 4);
    }

    /** {@code v = a / b}, floats. */
    public void divide(int v, int a, int b) {
        registers(M_0F, NONE, 0x5e, v, a, b);
    }

    /** {@code v = a + b}, floats. */
    public void addFloats(int v, int a, int b) {
        registers(M_0F, NONE, 0x58, v, a, b);
    }

    /** {@code v = a - b}, floats. */
    public void subtractFloats(int v, int a, int b) {
        registers(M_0F, NONE, 0x5c, v, a, b);
    }

    /**
     * {@code v =} all ones where a is less than b, floats, and zeros where it is not or one is no
     * number; for vectors of 256 bits.
     */
    public void isLess(int v, int a, int b) {
        registers(M_0F, NONE, 0xc2, v, a, b);
        code.put(0x11);
    }

    /** {@code v =} the whole numbers nearest to a, ints, ties to even. */
    public void toInts(int v, int a) {
        registers(M_0F, P66, 0x5b, v, 0, a);
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
        memory(M_0F38, P66, 0xa8, v, a, base, offset, set.vectorBytes);
    }

    /** Asks for a line of memory that is read soon; any address will do. */
    public void prefetch(Register base, int offset) {
        if (base.number > 7) {
            code.put(0x41);
        }
        code.put(0x0f, 0x18);
        code.operand(1, base, offset, 1);
    }

    /** {@code r = constant}, its upper half zero. */
    public void set(Register r, int constant) {
        code.put(0xb8 + r.number);
        code.putInt(constant);
    }

    /** {@code r += constant}. */
    public void add(Register r, int constant) {
        code.put(0x48 | r.number >> 3, 0x81, 0xc0 | r.number & 7);
        code.putInt(constant);
    }

    /** {@code r += s}. */
    public void add(Register r, Register s) {
        code.put(0x48 | s.number >> 3 << 2 | r.number >> 3, 0x01);
        code.operand(s.number, r.number);
    }

    /** {@code r = s}. */
    public void move(Register r, Register s) {
        code.put(0x48 | s.number >> 3 << 2 | r.number >> 3, 0x89);
        code.operand(s.number, r.number);
    }

    /** {@code r = r >>> 32}. */
    public void upperHalf(Register r) {
        code.put(0x48 | r.number >> 3, 0xc1, 0xe8 | r.number & 7, 32);
    }

    /** {@code r &= 0xffffffff}; not for the registers that are named by numbers. */
    public void lowerHalf(Register r) {
        code.put(0x89);
        code.operand(r.number, r.number);
    }

    /** Counts down and jumps back unless the register is zero then. */
    public void loopTo(int target, Register counter) {
        code.put(0x48 | counter.number >> 3, 0xff, 0xc8 | counter.number & 7);
        code.put(0x0f, 0x85);
        code.putInt(target - (here() + 4));
    }

    /** Returns to the caller, the upper parts of vectors cleared as the convention wants it. */
    public void ret() {
        code.put(0xc5, 0xf8, 0x77, 0xc3);
    }

    private void registers(int map, int prefix, int opcode, int reg, int source, int rm) {
        encoding.registers(code, map, prefix, opcode, reg, source, rm);
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
        encoding.memory(code, map, prefix, opcode, reg, source, base, offset, operandBytes);
    }
}
