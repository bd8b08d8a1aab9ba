package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RAX;
import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RDX;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;
import static dev.nightjar.kernels.cpu.simd.assembled.NativeTiles.BLOCK;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import java.util.Optional;

/**
 * Weights, which become singles as they are loaded, and activations in single precision: each sum
 * is a chain over ascending columns, as vectors make it. What is gained are all registers for sums,
 * and the next weights on their way while few activations meet these.
 */
final class FloatProgram implements TileProgram {

    /** Columns of a turn. */
    private static final int COLUMNS = 8;

    private static final int TURNS = BLOCK / COLUMNS;

    private final FloatColumns weights;

    /** For weights that lie so. */
    FloatProgram(FloatColumns weights) {
        this.weights = weights;
    }

    @Override
    public int columns() {
        return BLOCK;
    }

    @Override
    public TileForm form() {
        return TileForm.FLOATS;
    }

    @Override
    public Optional<GroupPacking> packing() {
        return weights == FloatColumns.HALVES ? Optional.of(new HalfRows()) : Optional.empty();
    }

    @Override
    public void write(Assembler a, ByteSums sums, int rows, ReadAhead ahead) {
        weights.begin(a);
        for (int v = 0; v < 2 * rows; v++) {
            a.clear(v);
        }
        int top = a.here();
        a.set(RAX, TURNS);
        int turn = a.here();
        ahead.write(a, COLUMNS * weights.bytes);
        for (int column = 0; column < COLUMNS; column++) {
            column(a, rows, column);
        }
        a.add(RDI, COLUMNS * weights.bytes);
        a.add(RSI, COLUMNS * Float.BYTES);
        a.loopTo(turn, RAX);
        a.add(RSI, form().bytes(rows) - BLOCK * Float.BYTES);
        a.loopTo(top, RCX);
        for (int v = 0; v < 2 * rows; v++) {
            a.store(RDX, v * Registers.BYTES, v);
        }
    }

    private void column(Assembler a, int rows, int column) {
        int first = 2 * form().most();
        int second = first + 1;
        int x = first + 2;
        weights.load(a, column, first);
        for (int t = 0; t < rows; t++) {
            a.broadcast(x, RSI, form().codes(t) + column * Float.BYTES);
            a.multiplyAdd(2 * t, first, x);
            a.multiplyAdd(2 * t + 1, second, x);
        }
    }
}
