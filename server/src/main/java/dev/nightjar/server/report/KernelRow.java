package dev.nightjar.server.report;

import dev.nightjar.server.json.Members;

/**
 * A measured kernel.
 *
 * @param kernel what it computes; {@link #READ_ROOF} and {@link #COMPUTE_ROOF} are the machine's
 *     limits
 * @param format of the weights
 * @param gigabytesPerSecond bytes that must move at least
 * @param gigaflops floating-point operations per second, in billions
 * @param rooflineShare share of what the machine allows at that ratio of the two
 */
public record KernelRow(
        String kernel,
        String format,
        double gigabytesPerSecond,
        double gigaflops,
        double rooflineShare) {

    /** The row that says how fast memory is read. */
    public static final String READ_ROOF = "roof-read";

    /** The row that says how fast the processor multiplies and adds. */
    public static final String COMPUTE_ROOF = "roof-fma";

    static KernelRow of(Members members) {
        return new KernelRow(
                members.text("kernel"),
                members.text("format"),
                members.number("gb_per_s"),
                members.number("gflop_per_s"),
                members.number("roofline_share"));
    }

    boolean isRoof() {
        return kernel.equals(READ_ROOF) || kernel.equals(COMPUTE_ROOF);
    }

    /** Operations per byte. */
    double intensity() {
        return gigaflops / gigabytesPerSecond;
    }
}
