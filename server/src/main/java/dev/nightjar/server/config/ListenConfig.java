package dev.nightjar.server.config;

import dev.nightjar.server.transport.TransportConfig;
import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The section {@code server}: where it listens, and how it treats requests. What is not there has
 * the server's default.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param maxBodyBytes a larger body is refused
 * @param requestTimeout ends a request that takes longer
 * @param maxTimeout the longest time a request may ask for
 * @param drainLimit how long running requests may take to end when the server stops
 * @param systemPrompt what conversations at the root begin with if they have no system message
 * @param transport the way from the network to the routes
 */
public record ListenConfig(
        Optional<String> host,
        OptionalInt port,
        OptionalLong maxBodyBytes,
        Optional<Duration> requestTimeout,
        Optional<Duration> maxTimeout,
        Optional<Duration> drainLimit,
        Optional<String> systemPrompt,
        TransportConfig transport) {

    private static final int MAX_PORT = 65_535;

    private static final Key<String> HOST =
            Key.text("host", "Address to listen on; 127.0.0.1 without it.");
    private static final Key<Integer> PORT =
            Key.integer(
                    "port", 0, MAX_PORT, "Port to listen on, 0 for any free one; 8080 without it.");
    private static final Key<Long> MAX_BODY =
            Key.bytes("max_body", "Largest body of a request; 32M without it.");
    private static final Key<Duration> REQUEST_TIMEOUT =
            Key.duration(
                    "request_timeout",
                    "End requests that take longer; without it there is no limit, but 120 s below"
                            + " /models/ID/proxy.");
    private static final Key<Duration> MAX_TIMEOUT =
            Key.duration(
                    "max_timeout",
                    "Longest time that the header OICM-Request-Timeout may ask for; 1h without"
                            + " it.");
    private static final Key<Duration> DRAIN_LIMIT =
            Key.duration(
                    "drain_limit",
                    "Time for running requests when the server stops; 30s without it.");
    private static final Key<String> SYSTEM_PROMPT =
            Key.text(
                    "system_prompt",
                    "What conversations at the root (/chat/completions) begin with if they have no"
                            + " system message; nothing without it.");

    /** What it may hold. */
    static final KeySet KEYS =
            KeySet.of(
                            HOST,
                            PORT,
                            MAX_BODY,
                            REQUEST_TIMEOUT,
                            MAX_TIMEOUT,
                            DRAIN_LIMIT,
                            SYSTEM_PROMPT)
                    .and(TransportConfig.KEYS);

    static ListenConfig read(Section section) {
        return new ListenConfig(
                section.get(HOST),
                section.get(PORT).map(OptionalInt::of).orElse(OptionalInt.empty()),
                section.get(MAX_BODY).map(OptionalLong::of).orElse(OptionalLong.empty()),
                section.get(REQUEST_TIMEOUT),
                section.get(MAX_TIMEOUT),
                section.get(DRAIN_LIMIT),
                section.get(SYSTEM_PROMPT),
                TransportConfig.read(section));
    }
}
