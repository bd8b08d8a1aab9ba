package dev.nightjar.kernels.cpu.simd.kv;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads a byte of every cache line of a run. Nothing but loads, so that many of them wait for
 * memory at once; a loop that computes with what it loads keeps far fewer in flight.
 */
public final class CacheTouch {

    private static final int LINE = 64;

    /** Four lines, but not a constant to the compiler, which leaves such a loop in one piece. */
    private int step = 4 * LINE;

    /** What was read, so that it is read. */
    private int sum;

    /** Reads {@code [from, to)}, up to three lines less at its end. */
    public void read(MemorySegment data, long from, long to) {
        int a = 0;
        int b = 0;
        int c = 0;
        int d = 0;
        for (long o = from; o <= to - 4 * LINE; o += step) {
            a += data.get(ValueLayout.JAVA_BYTE, o);
            b += data.get(ValueLayout.JAVA_BYTE, o + LINE);
            c += data.get(ValueLayout.JAVA_BYTE, o + 2 * LINE);
            d += data.get(ValueLayout.JAVA_BYTE, o + 3 * LINE);
        }
        sum += a + b + c + d;
    }
}
