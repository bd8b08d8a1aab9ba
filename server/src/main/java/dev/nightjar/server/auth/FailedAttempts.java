package dev.nightjar.server.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Counts invalid tokens by address, in windows of a minute. Bounded: old addresses go first. */
final class FailedAttempts {

    private static final int MAX_ADDRESSES = 10_000;
    private static final float LOAD_FACTOR = 0.75f;
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private record Window(long began, int count) {}

    private final int limit;
    private final Map<String, Window> windows =
            new LinkedHashMap<>(16, LOAD_FACTOR, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                    return size() > MAX_ADDRESSES;
                }
            };

    FailedAttempts(int limit) {
        this.limit = limit;
    }

    /** Counts one; if that is too many, returns the seconds until the next one counts anew. */
    synchronized OptionalLong note(String address, long nanoTime) {
        Window window = windows.get(address);
        if (window == null || nanoTime - window.began >= WINDOW_NANOS) {
            window = new Window(nanoTime, 0);
        }
        windows.put(address, new Window(window.began, Math.min(window.count, limit) + 1));
        if (window.count < limit) {
            return OptionalLong.empty();
        }
        long left = WINDOW_NANOS - (nanoTime - window.began);
        return OptionalLong.of(left / NANOS_PER_SECOND + 1);
    }
}
