package dev.nightjar.server.transport;

import dev.nightjar.server.connection.Patience;
import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.time.Duration;

/**
 * The section {@code server.limits}: what a connection may cost.
 *
 * @param connections how many may be open at a listener; more wait to be accepted
 * @param requestLineBytes for method, path and query
 * @param headerBytes for all headers of a request
 * @param headers how many of them
 * @param patience how long each part may take
 */
public record LimitConfig(
        int connections, int requestLineBytes, int headerBytes, int headers, Patience patience) {

    private static final int MAX_BYTES = 1 << 20;

    private static final Key<Integer> CONNECTIONS =
            Key.integer(
                    "connections",
                    1,
                    Integer.MAX_VALUE,
                    "Open connections at a listener; more wait to be accepted; 10000 without it.");
    private static final Key<Long> REQUEST_LINE =
            Key.bytes("request_line", "Method, path and query of a request; 8K without it.");
    private static final Key<Long> HEADER_BYTES =
            Key.bytes("header_size", "All headers of a request; 32K without it.");
    private static final Key<Integer> HEADERS =
            Key.integer(
                    "headers", 1, 10_000, "How many headers a request may have; 100 without it.");
    private static final Key<Duration> HEAD_TIME =
            Key.duration(
                    "head_timeout",
                    "Time for the line and headers of a request, and for a handshake; 15s without"
                            + " it.");
    private static final Key<Duration> BODY_TIME =
            Key.duration(
                    "body_timeout",
                    "Time for a body, and more for what comes at least_rate; 30s without it.");
    private static final Key<Duration> WRITE_TIME =
            Key.duration(
                    "write_timeout",
                    "Time for a client to take what is written, and more for its size at"
                            + " least_rate; 60s without it.");
    private static final Key<Duration> IDLE_TIME =
            Key.duration("idle_timeout", "Time between two requests; 10m without it.");
    private static final Key<Long> LEAST_RATE =
            Key.bytes("least_rate", "Bytes per second that extend the two times; 1K without it.");

    /** What the section may hold. */
    static final KeySet KEYS =
            KeySet.of(
                    CONNECTIONS,
                    REQUEST_LINE,
                    HEADER_BYTES,
                    HEADERS,
                    HEAD_TIME,
                    BODY_TIME,
                    WRITE_TIME,
                    IDLE_TIME,
                    LEAST_RATE);

    static LimitConfig read(Section section) {
        Patience standard = Patience.DEFAULT;
        return new LimitConfig(
                section.get(CONNECTIONS, 10_000),
                bytes(section, REQUEST_LINE, 8 << 10),
                bytes(section, HEADER_BYTES, 32 << 10),
                section.get(HEADERS, 100),
                new Patience(
                        section.get(HEAD_TIME, standard.head()),
                        section.get(BODY_TIME, standard.body()),
                        section.get(WRITE_TIME, standard.write()),
                        section.get(IDLE_TIME, standard.idle()),
                        section.get(LEAST_RATE, standard.leastRate())));
    }

    private static int bytes(Section section, Key<Long> key, int otherwise) {
        long bytes = section.get(key, (long) otherwise);
        if (bytes > MAX_BYTES) {
            throw section.fault(
                    "%s must be at most 1M, found %d bytes".formatted(key.name(), bytes));
        }
        return (int) bytes;
    }
}
