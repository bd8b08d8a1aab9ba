package dev.nightjar.server.terminal;

import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes a second over the last few seconds. Not for several threads. */
public final class TransferRate {

    private static final long WINDOW_NANOS = 5_000_000_000L;

    private record Sample(long nanos, long bytes) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Takes the count of this moment into account and returns the rate; 0 at first. */
    public double at(long nanos, long bytes) {
        samples.addLast(new Sample(nanos, bytes));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long elapsed = nanos - first.nanos();
        return elapsed <= 0 ? 0 : Math.max(0, bytes - first.bytes()) * 1e9 / elapsed;
    }
}
