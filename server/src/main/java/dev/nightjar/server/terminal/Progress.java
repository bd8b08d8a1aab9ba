package dev.nightjar.server.terminal;

import java.io.PrintStream;

/** Says now and then how far a long job is. */
public final class Progress {

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final PrintStream err;
    private final String what;
    private final int total;
    private long nextNanos = System.nanoTime() + INTERVAL_NANOS;

    /**
     * Begins now.
     *
     * @param what the thing counted, in the singular
     */
    public Progress(PrintStream err, String what, int total) {
        this.err = err;
        this.what = what;
        this.total = total;
    }

    /** A job of unknown length. */
    public Progress(PrintStream err, String what) {
        this(err, what, 0);
    }

    /** Prints a line if the last one is long ago. */
    public void reached(int count) {
        long now = System.nanoTime();
        if (now - nextNanos >= 0) {
            nextNanos = now + INTERVAL_NANOS;
            err.println(what + " " + count + (total == 0 ? "" : " of " + total));
        }
    }
}
