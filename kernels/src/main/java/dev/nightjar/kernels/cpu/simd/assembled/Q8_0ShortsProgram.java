package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RDX;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;
import static dev.nightjar.kernels.cpu.simd.assembled.NativeTiles.BLOCK;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import java.util.Optional;

/**
 * What {@link Q8_0Program} does, with the same result, where no instruction adds four products of
 * bytes: codes become 16 bits, of which an instruction adds two products to 32 bits.
 */
final class Q8_0ShortsProgram implements TileProgram {

    private static final int WORDS = 8;
    private static final int BLOCK_BYTES = UnsignedBytes.LAYOUT.stepBytes();

    /** The even bytes of a word. */
    private static final int EVEN_BYTES = 0x00ff00ff;

    private static final int MASK = Registers.SUMS;
    private static final int CODES = Registers.FREE;
    private static final int FACTORS = CODES + 4;
    private static final int PRODUCTS = CODES + 5;

    @Override
    public int columns() {
        return BLOCK;
    }

    @Override
    public TileForm form() {
        return TileForm.SHORTS;
    }

    @Override
    public Optional<GroupPacking> packing() {
        return Optional.of(new UnsignedBytes());
    }

    @Override
    public void write(Assembler a, ByteSums sums, int rows, ReadAhead ahead) {
        a.broadcast(MASK, EVEN_BYTES);
        Sums.clear(a, rows, 0);
        int top = a.here();
        ahead.write(a, BLOCK_BYTES);
        for (int t = 0; t < rows; t++) {
            a.broadcast(2 * t, RSI, form().record(rows, t) + NativeTiles.START);
            a.move(2 * t + 1, 2 * t);
        }
        for (int word = 0; word < WORDS; word++) {
            unpack(a, GroupLayout.HALF_BYTES + word * GroupLayout.WORD_BYTES);
            products(a, rows, 8 * word, CODES);
            products(a, rows, 8 * word + 4, CODES + 2);
        }
        scale(a, rows);
        a.add(RDI, BLOCK_BYTES);
        a.add(RSI, form().bytes(rows));
        a.loopTo(top, RCX);
    }

    /** Of both vectors of a word, the even columns and then the odd ones. */
    private void unpack(Assembler a, int word) {
        for (int side = 0; side < 2; side++) {
            int odd = CODES + 2 + side;
            a.load(odd, RDI, word + side * Registers.BYTES);
            a.and(CODES + side, odd, MASK);
            a.shiftShortsRight(odd, odd, 8);
        }
    }

    /** Adds the products of two columns, whose codes are in two vectors. */
    private void products(Assembler a, int rows, int x, int codes) {
        for (int t = 0; t < rows; t++) {
            a.broadcast(FACTORS, RSI, form().codes(t) + x);
            a.pairProductsOfShorts(PRODUCTS, codes, FACTORS);
            a.pairProductsOfShorts(FACTORS, codes + 1, FACTORS);
            a.add(2 * t, 2 * t, PRODUCTS);
            a.add(2 * t + 1, 2 * t + 1, FACTORS);
        }
    }

    private void scale(Assembler a, int rows) {
        int d = CODES;
        int dx = CODES + 2;
        a.loadHalves(d, RDI, 0);
        a.loadHalves(d + 1, RDI, GroupLayout.HALF_BYTES / 2);
        for (int t = 0; t < rows; t++) {
            a.broadcast(dx, RSI, form().record(rows, t) + NativeTiles.FACTOR);
            for (int v = 2 * t; v < 2 * t + 2; v++) {
                a.toFloats(v, v);
                a.multiply(v, v, d + v % 2);
                a.timesPlus(v, dx, RDX, v * Registers.BYTES);
                a.store(RDX, v * Registers.BYTES, v);
            }
        }
    }
}
