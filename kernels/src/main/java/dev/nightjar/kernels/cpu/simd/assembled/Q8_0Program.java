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
 * Q8_0 in {@link UnsignedBytes}, times activations of 15 bits in two bytes: those of 8 bits would
 * cost the accuracy that the format is chosen for. The product of a block is a whole number of 32
 * bits, rounded to a float once. A vector of rows is done with before the next one, so that both
 * sums of each row of activations fit the registers.
 */
final class Q8_0Program implements TileProgram {

    private static final int WORDS = 8;
    private static final int BLOCK_BYTES = UnsignedBytes.LAYOUT.stepBytes();

    private static final int CODES = Registers.FREE;
    private static final int FACTORS = CODES + 1;

    @Override
    public int columns() {
        return BLOCK;
    }

    @Override
    public TileForm form() {
        return TileForm.WIDE;
    }

    @Override
    public Optional<GroupPacking> packing() {
        return Optional.of(new UnsignedBytes());
    }

    @Override
    public void write(Assembler a, ByteSums sums, int rows, ReadAhead ahead) {
        sums.begin();
        Sums.clear(a, rows, 0);
        int top = a.here();
        ahead.write(a, BLOCK_BYTES);
        for (int side = 0; side < 2; side++) {
            products(a, sums, rows, GroupLayout.HALF_BYTES + side * Registers.BYTES);
            scale(a, rows, side);
        }
        a.add(RDI, BLOCK_BYTES);
        a.add(RSI, form().bytes(rows));
        a.loopTo(top, RCX);
    }

    /** Vector 2t: sum of products with upper bytes; vector 2t + 1: with lower ones. */
    private void products(Assembler a, ByteSums sums, int rows, int words) {
        for (int t = 0; t < rows; t++) {
            a.clear(2 * t);
            a.broadcast(2 * t + 1, RSI, form().record(rows, t) + NativeTiles.START);
        }
        for (int word = 0; word < WORDS; word++) {
            a.load(CODES, RDI, words + word * GroupLayout.WORD_BYTES);
            for (int t = 0; t < rows; t++) {
                int x = form().codes(t) + 4 * word;
                sums.add(2 * t, CODES, RSI, x, FACTORS);
                sums.add(2 * t + 1, CODES, RSI, x + BLOCK, FACTORS);
            }
        }
    }

    private void scale(Assembler a, int rows, int side) {
        int d = CODES + 1;
        int dx = CODES + 2;
        a.loadHalves(d, RDI, side * GroupLayout.HALF_BYTES / 2);
        for (int t = 0; t < rows; t++) {
            int v = 2 * t;
            int sum = (2 * t + side) * Registers.BYTES;
            a.broadcast(dx, RSI, form().record(rows, t) + NativeTiles.FACTOR);
            a.shiftLeft(v, v, 7);
            a.add(v, v, v + 1);
            a.toFloats(v, v);
            a.multiply(v, v, d);
            a.timesPlus(v, dx, RDX, sum);
            a.store(RDX, sum, v);
        }
    }
}
