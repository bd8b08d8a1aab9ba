package dev.nightjar.kernels.quant;

/**
 * The sixteen values of the IQ4 types, denser around zero where weights are frequent; they are part
 * of the file format.
 */
public final class NonlinearCodes {

    private static final byte[] VALUES = {
        -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
    };

    private NonlinearCodes() {}

    /** The value of a code of 0..15. */
    public static int value(int code) {
        return VALUES[code];
    }

    /** A copy of all values, by code, ascending. */
    public static byte[] values() {
        return VALUES.clone();
    }
}
