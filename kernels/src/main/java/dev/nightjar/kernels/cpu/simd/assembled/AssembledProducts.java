package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.simd.assembled.ReadAhead.WHOLE;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.assembly.InstructionSet;
import dev.nightjar.kernels.cpu.assembly.MachineCode;
import dev.nightjar.kernels.cpu.assembly.Register;
import dev.nightjar.kernels.cpu.assembly.Support;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import dev.nightjar.kernels.tensor.DType;
import java.util.Optional;

/** The assembled functions of a format, for tiles of any size that its form allows. */
public final class AssembledProducts {

    /** Rows of the largest tile of bytes: two sums of each are in half of the registers. */
    static final int MOST = GroupLayout.ROWS / 4;

    /** Bytes of the sums of a row. */
    public static final int ROW_BYTES = 4 * GroupLayout.ROWS;

    /** Bytes behind the sums that functions use. */
    static final int SCRATCH_BYTES = (MOST + 1) * ROW_BYTES;

    /** Rows that one call multiplies at most, as many tiles as that may be. */
    public static final int CALL_ROWS = 48;

    /** Bytes that all functions need for sums and behind those. */
    public static final int SUM_BYTES = CALL_ROWS * ROW_BYTES + SCRATCH_BYTES;

    /** What the functions are written in. */
    static final Optional<InstructionSet> SET = Support.instructions(Registers.BYTES);

    private static final int AHEAD = ReadAhead.values().length;

    /** Where the function of {@link #multiplyRow} is: no tile has no rows. */
    private static final int ROW = 0;

    private final TileProgram program;
    private final MachineCode[] functions;
    private final boolean takesOneRow;

    private AssembledProducts(TileProgram program) {
        this.program = program;
        functions = new MachineCode[(program.form().most() + 1) * AHEAD];
        takesOneRow = !isExact() || packing().isPresent();
    }

    /** Whether the processor can execute functions at all. */
    public static boolean areSupported() {
        return SET.isPresent();
    }

    /**
     * Those of a type of weights for such activations, if there are any and the processor can
     * execute them.
     */
    public static Optional<AssembledProducts> of(DType dtype, ActivationPrecision activations) {
        if (SET.isEmpty()) {
            return Optional.empty();
        }
        return switch (activations) {
            case EXACT -> of(dtype).filter(AssembledProducts::isExact);
            case Q8 -> of(dtype);
            case INT8 ->
                    switch (dtype) {
                        case F32, F16, BF16, Q8_0 -> OfInt8.PRODUCTS;
                        default -> of(dtype);
                    };
        };
    }

    private static Optional<AssembledProducts> of(DType dtype) {
        return switch (dtype) {
            case F32 -> OfF32.PRODUCTS;
            case F16 -> OfF16.PRODUCTS;
            case BF16 -> OfBF16.PRODUCTS;
            case Q8_0 -> OfQ8_0.PRODUCTS;
            case Q4_0 -> OfQ4_0.PRODUCTS;
            case Q4_K -> OfQ4_K.PRODUCTS;
            case Q6_K -> OfQ6_K.PRODUCTS;
            default -> Optional.empty();
        };
    }

    /** Whether rows of so many weights are whole blocks or super-blocks. */
    public boolean holds(int cols) {
        return cols % program.columns() == 0;
    }

    /** Whether activations are multiplied as they are. */
    public boolean isExact() {
        return form() == TileForm.FLOATS;
    }

    /**
     * Whether one row is multiplied here, too, and not left to vectors: where functions make the
     * same sums of the same groups as those, vectors take two groups at once, and so twice as many
     * sums that wait for nothing but themselves. Of BF16, a core then reads faster by a twentieth.
     */
    public boolean takesOneRow() {
        return takesOneRow;
    }

    /** How the tiles must lie. */
    public TileForm form() {
        return program.form();
    }

    /** How rows become groups, if not as for vectors. */
    public Optional<GroupPacking> packing() {
        return program.packing();
    }

    /**
     * Multiplies.
     *
     * @param rows of each tile
     * @param tiles consecutive ones, of {@link #CALL_ROWS} in all at most
     * @param group address of a group of the format's layout
     * @param tile address of the activations of the first tile
     * @param sums address of the products {@code [tiles * rows, ROWS]} and scratch memory behind
     * @param cols columns, whole blocks or super-blocks
     * @param next address of what to read ahead
     */
    public void multiply(
            int rows,
            int tiles,
            long group,
            long tile,
            long sums,
            int cols,
            ReadAhead ahead,
            long next) {
        int index = rows * AHEAD + ahead.ordinal();
        MachineCode function = functions[index];
        if (function == null) {
            function = assemble(index, Register.RDI, rows, ahead);
        }
        long counts = (long) tiles << 32 | cols / program.columns();
        function.call(group, tile, sums, counts, next);
    }

    /**
     * Multiplies one row of activations with groups that follow each other, reading ahead all the
     * time.
     *
     * @param groups at most {@link #CALL_ROWS}
     * @param first address of the first one
     * @param tile address of the row
     * @param sums address of the products {@code [groups, ROWS]} and scratch memory behind
     * @param cols columns, whole blocks or super-blocks
     */
    public void multiplyRow(int groups, long first, long tile, long sums, int cols) {
        MachineCode function = functions[ROW];
        if (function == null) {
            function = assemble(ROW, Register.RSI, 1, WHOLE);
        }
        long counts = (long) groups << 32 | cols / program.columns();
        function.call(first, tile, sums, counts, first + ReadAhead.DISTANCE);
    }

    private synchronized MachineCode assemble(int index, Register same, int rows, ReadAhead ahead) {
        if (functions[index] == null) {
            InstructionSet set = SET.orElseThrow();
            Assembler a = new Assembler(set);
            loop(a, ByteSums.of(a, set), same, rows, ahead);
            functions[index] = MachineCode.of(a.bytes());
        }
        return functions[index];
    }

    /** All turns of a call: tiles that meet {@code same} group, or groups that meet it as tile. */
    private void loop(Assembler a, ByteSums sums, Register same, int rows, ReadAhead ahead) {
        Register start = Register.R10;
        Register turns = Register.R11;
        Register blocks = Register.R9;
        a.move(start, same);
        a.move(turns, Register.RCX);
        a.upperHalf(turns);
        a.lowerHalf(Register.RCX);
        a.move(blocks, Register.RCX);
        int top = a.here();
        program.write(a, sums, rows, ahead);
        a.add(Register.RDX, rows * ROW_BYTES);
        a.move(same, start);
        a.move(Register.RCX, blocks);
        a.loopTo(top, turns);
        a.ret();
    }

    private static Optional<AssembledProducts> products(TileProgram program) {
        return Optional.of(new AssembledProducts(program));
    }

    // Made when first asked for, and once.

    private static final class OfF32 {
        static final Optional<AssembledProducts> PRODUCTS =
                products(new FloatProgram(FloatColumns.SINGLES));
    }

    private static final class OfF16 {
        static final Optional<AssembledProducts> PRODUCTS =
                products(new FloatProgram(FloatColumns.HALVES));
    }

    private static final class OfBF16 {
        static final Optional<AssembledProducts> PRODUCTS =
                products(new FloatProgram(FloatColumns.BFLOATS));
    }

    private static final class OfInt8 {
        static final Optional<AssembledProducts> PRODUCTS = products(new Int8Program());
    }

    private static final class OfQ8_0 {
        // Two products of bytes that use all 8 bits do not fit 16.
        static final Optional<AssembledProducts> PRODUCTS =
                products(
                        SET.orElseThrow().addsFour() ? new Q8_0Program() : new Q8_0ShortsProgram());
    }

    private static final class OfQ4_0 {
        static final Optional<AssembledProducts> PRODUCTS = products(new Q4_0Program());
    }

    private static final class OfQ4_K {
        static final Optional<AssembledProducts> PRODUCTS = products(new Q4_KProgram());
    }

    private static final class OfQ6_K {
        static final Optional<AssembledProducts> PRODUCTS = products(new Q6_KProgram());
    }
}
