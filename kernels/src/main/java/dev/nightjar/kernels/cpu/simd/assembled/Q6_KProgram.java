package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RAX;
import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RDX;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import java.util.Optional;

/**
 * {@link Q6_KRows}. A vector of rows is done with before the next one, so that the products of both
 * runs of a block fit the registers.
 */
final class Q6_KProgram implements TileProgram {

    private static final TileForm FORM = TileForm.SIXES;
    private static final int CHUNK = Q6_KRows.CHUNK;

    @Override
    public int columns() {
        return RunPlan.COUNT;
    }

    @Override
    public TileForm form() {
        return FORM;
    }

    @Override
    public Optional<GroupPacking> packing() {
        return Optional.of(new Q6_KRows());
    }

    @Override
    public void write(Assembler a, ByteSums sums, int rows, ReadAhead ahead) {
        int halves = rows * AssembledProducts.ROW_BYTES;
        SixesPart part = SixesPart.begin(a, sums, rows);
        Sums.clear(a, rows, 0);
        int top = a.here();
        ahead.write(a, GroupLayout.HALF_BYTES);
        for (int i = 0; i < 2; i++) {
            a.loadHalves(0, RDI, i * GroupLayout.HALF_BYTES / 2);
            a.store(RDX, halves + i * Registers.BYTES, 0);
        }
        a.add(RDI, GroupLayout.HALF_BYTES);
        a.set(RAX, Q6_KRows.CHUNKS);
        int chunk = a.here();
        ahead.write(a, CHUNK);
        for (int block = 0; block < 2; block++) {
            for (int side = 0; side < 2; side++) {
                products(part, block, side);
                scale(part, block, side, halves);
            }
        }
        a.add(RDI, CHUNK);
        a.add(RSI, 2 * FORM.bytes(rows));
        a.loopTo(chunk, RAX);
        a.loopTo(top, RCX);
    }

    /** Those of a block of a chunk and one of the two vectors of rows: two runs of each row. */
    private static void products(SixesPart part, int block, int side) {
        Assembler a = part.a();
        int rows = part.rows();
        int x = block * FORM.bytes(rows);
        for (int run = 0; run < 2; run++) {
            for (int t = 0; t < rows; t++) {
                int start = NativeTiles.START + 4 * run;
                a.broadcast(2 * t + run, RSI, x + FORM.record(rows, t) + start);
            }
            int words = Q6_KRows.WORD + (2 * block + run) * Q6_KRows.RUN;
            part.run(run, words + side * Registers.BYTES, x + run * RunPlan.RUN);
        }
    }

    /** Adds the products times scales and half. */
    private static void scale(SixesPart part, int block, int side, int halves) {
        Assembler a = part.a();
        int scales = SixesPart.WORDS;
        int half = SixesPart.CODES;
        int factor = SixesPart.FREE;
        part.sums().scales(scales, RDI, side * Registers.BYTES, block);
        a.load(half, RDX, halves + side * Registers.BYTES);
        for (int t = 0; t < part.rows(); t++) {
            int first = 2 * t;
            int sum = (2 * t + side) * Registers.BYTES;
            int record = block * FORM.bytes(part.rows()) + FORM.record(part.rows(), t);
            part.sums().scaled(first, first + 1, scales);
            a.broadcast(factor, RSI, record + NativeTiles.FACTOR);
            a.multiply(first, first, half);
            a.timesPlus(first, factor, RDX, sum);
            a.store(RDX, sum, first);
        }
    }
}
