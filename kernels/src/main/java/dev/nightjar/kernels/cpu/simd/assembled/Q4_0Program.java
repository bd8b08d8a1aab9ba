package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RDX;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;
import static dev.nightjar.kernels.cpu.simd.assembled.NativeTiles.BLOCK;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;

/** Q4_0: halves and four words of nibbles in each block. */
final class Q4_0Program implements TileProgram {

    private static final TileForm FORM = TileForm.NATURAL;
    private static final int BLOCK_BYTES = GroupLayout.HALF_BYTES + 4 * GroupLayout.WORD_BYTES;

    @Override
    public int columns() {
        return BLOCK;
    }

    @Override
    public TileForm form() {
        return FORM;
    }

    @Override
    public void write(Assembler a, ByteSums sums, int rows, ReadAhead ahead) {
        sums.begin();
        NibblePart.begin(a);
        Sums.clear(a, rows, 0);
        int top = a.here();
        ahead.write(a, BLOCK_BYTES);
        for (int t = 0; t < rows; t++) {
            a.broadcast(2 * t, RSI, FORM.record(rows, t) + NativeTiles.START);
            a.move(2 * t + 1, 2 * t);
        }
        NibblePart.block(a, sums, rows, GroupLayout.HALF_BYTES, 0);
        int d = Registers.FREE;
        a.loadHalves(d, RDI, 0);
        a.loadHalves(d + 1, RDI, GroupLayout.HALF_BYTES / 2);
        for (int t = 0; t < rows; t++) {
            a.broadcast(d + 2, RSI, FORM.record(rows, t) + NativeTiles.FACTOR);
            for (int v = 2 * t; v < 2 * t + 2; v++) {
                sums.end(v);
                a.toFloats(v, v);
                a.multiply(v, v, d + v % 2);
                a.timesPlus(v, d + 2, RDX, v * Registers.BYTES);
                a.store(RDX, v * Registers.BYTES, v);
            }
        }
        a.add(RDI, BLOCK_BYTES);
        a.add(RSI, FORM.bytes(rows));
        a.loopTo(top, RCX);
    }
}
