package dev.nightjar.server.connection;

import java.time.Duration;

/**
 * How long a connection may take, so that clients who send or read a byte now and then hold nothing
 * for long.
 *
 * @param head for the line and headers of a request, from its first byte; for a new connection from
 *     its beginning, encryption included
 * @param body for a body, from the end of its headers, and longer by what has come at the least
 *     rate
 * @param write for what is written at once, and longer by its size at the least rate
 * @param idle between requests
 * @param leastRate bytes per second
 */
public record Patience(
        Duration head, Duration body, Duration write, Duration idle, long leastRate) {

    private static final long DEFAULT_RATE = 1024;

    /** What holds unless configured. */
    public static final Patience DEFAULT =
            new Patience(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10),
                    DEFAULT_RATE);

    /** The time that so many bytes may take beyond the fixed one, in nanoseconds. */
    long nanosFor(long bytes) {
        return bytes / leastRate * Duration.ofSeconds(1).toNanos();
    }
}
