package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.R10;
import static dev.nightjar.kernels.cpu.assembly.Register.R11;
import static dev.nightjar.kernels.cpu.assembly.Register.R8;
import static dev.nightjar.kernels.cpu.assembly.Register.RAX;
import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RDX;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.assembly.MachineCode;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Some rows of floats times panels of floats, all in arrays: sums {@code [rows, groups, ROWS]} = x
 * {@code [rows, count]} · panels {@code [groups, count, ROWS]}, each a chain over ascending columns
 * that begins with zero. A panel is in the first-level cache while all rows meet it.
 */
public final class PanelProducts {

    /** Rows of a tile: two sums of each are in three quarters of the registers or fewer. */
    public static final int TILE = 6;

    /** The number of columns is a multiple of this. */
    public static final int COLUMNS = 4;

    /** As many as there are sizes of heads, as functions are never freed. */
    private static final Map<Shape, PanelProducts> ALL = new ConcurrentHashMap<>();

    private final int tiles;
    private final int stride;
    private final int step;
    private final MachineCode function;

    private record Shape(int tiles, int stride, int step) {}

    /**
     * The function for such rows, assembled when it is first asked for.
     *
     * @param tiles of {@link #TILE} rows
     * @param stride floats from a row of x to the next one
     * @param step floats from a row of sums to the next one
     */
    public static PanelProducts of(int tiles, int stride, int step) {
        return ALL.computeIfAbsent(new Shape(tiles, stride, step), PanelProducts::new);
    }

    private PanelProducts(Shape shape) {
        tiles = shape.tiles;
        stride = shape.stride;
        step = shape.step;
        Assembler a = new Assembler(AssembledProducts.SET.orElseThrow());
        write(a);
        function = MachineCode.of(a.bytes());
    }

    /**
     * Multiplies. All three are whole arrays of floats.
     *
     * @param count columns, at least one
     * @param groups of {@link GroupLayout#ROWS} sums
     */
    public void multiply(
            MemorySegment panels, MemorySegment x, MemorySegment sums, int count, int groups) {
        require("panels", panels, (long) groups * count * GroupLayout.ROWS);
        require("x", x, (tiles * TILE - 1L) * stride + count);
        require("sums", sums, (tiles * TILE - 1L) * step + (long) groups * GroupLayout.ROWS);
        if (count % COLUMNS != 0 || count < 1 || groups < 1) {
            throw new IllegalArgumentException(
                    "expected a multiple of %d columns and a group, found %d and %d"
                            .formatted(COLUMNS, count, groups));
        }
        function.call(panels, x, sums, count / COLUMNS, groups);
    }

    private static void require(String name, MemorySegment array, long floats) {
        if (array.byteSize() < floats * Float.BYTES) {
            throw new IndexOutOfBoundsException(
                    "%s must have %d floats, found %d"
                            .formatted(name, floats, array.byteSize() / Float.BYTES));
        }
    }

    private void write(Assembler a) {
        a.move(R10, RSI);
        int group = a.here();
        a.move(R11, RDI);
        for (int tile = 0; tile < tiles; tile++) {
            a.move(RDI, R11);
            a.move(RSI, R10);
            a.move(RAX, RCX);
            tile(a, tile * TILE);
        }
        a.add(RDX, GroupLayout.WORD_BYTES);
        a.loopTo(group, R8);
        a.ret();
    }

    private void tile(Assembler a, int row) {
        for (int v = 0; v < 2 * TILE; v++) {
            a.clear(v);
        }
        int top = a.here();
        for (int column = 0; column < COLUMNS; column++) {
            column(a, row, column);
        }
        a.add(RDI, COLUMNS * GroupLayout.WORD_BYTES);
        a.add(RSI, COLUMNS * Float.BYTES);
        a.loopTo(top, RAX);
        for (int t = 0; t < TILE; t++) {
            int at = (row + t) * step * Float.BYTES;
            a.store(RDX, at, 2 * t);
            a.store(RDX, at + Registers.BYTES, 2 * t + 1);
        }
    }

    private void column(Assembler a, int row, int column) {
        int first = 2 * TILE;
        int second = first + 1;
        int x = first + 2;
        a.load(first, RDI, column * GroupLayout.WORD_BYTES);
        a.load(second, RDI, column * GroupLayout.WORD_BYTES + Registers.BYTES);
        for (int t = 0; t < TILE; t++) {
            a.broadcast(x, RSI, ((row + t) * stride + column) * Float.BYTES);
            a.multiplyAdd(2 * t, first, x);
            a.multiplyAdd(2 * t + 1, second, x);
        }
    }
}
