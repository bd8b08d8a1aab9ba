package dev.nightjar.kernels.cpu;

/**
 * Random numbers as a function of (seed, position), so that a draw can be repeated anywhere without
 * carrying state: Philox 4x32 with 10 rounds (Salmon et al., "Parallel Random Numbers: As Easy as
 * 1, 2, 3", SC 2011), seed as key, position as counter.
 */
public final class CounterRandom {

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int KEY_STEP_0 = 0x9E3779B9;
    private static final int KEY_STEP_1 = 0xBB67AE85;
    private static final long LOW = 0xffffffffL;

    private CounterRandom() {}

    /** A number of {@code [0, 1)} with 53 random bits. */
    public static double uniform(long seed, long position) {
        long bits = block((int) position, (int) (position >>> 32), 0, 0, seed);
        return (bits >>> 11) * 0x1p-53;
    }

    /** The first two of the four output words, word 0 in the upper half. */
    static long block(int c0, int c1, int c2, int c3, long key) {
        int key0 = (int) key;
        int key1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & LOW);
            long product1 = MULTIPLIER_1 * (c2 & LOW);
            c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
            c3 = (int) product0;
            key0 += KEY_STEP_0;
            key1 += KEY_STEP_1;
        }
        return (long) c0 << 32 | c1 & LOW;
    }
}
