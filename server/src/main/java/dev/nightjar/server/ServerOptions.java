package dev.nightjar.server;

import dev.nightjar.server.catalog.CatalogSource;
import java.time.Duration;
import java.util.Optional;

/**
 * How the listener behaves.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param maxBodyBytes a larger body is refused
 * @param pingInterval the longest silence of an event stream
 * @param requestTimeout ends a request that takes longer, waiting included
 * @param maxTimeout the longest time a request may ask for
 * @param catalog names the loaded models
 * @param systemPrompt what conversations at the root begin with if they have no system message; may
 *     be empty
 * @param drainLimit how long running requests may take to end when the server stops
 * @param accessLog whether each request is logged
 */
public record ServerOptions(
        String host,
        int port,
        long maxBodyBytes,
        Duration pingInterval,
        Optional<Duration> requestTimeout,
        Duration maxTimeout,
        CatalogSource catalog,
        String systemPrompt,
        Duration drainLimit,
        AccessLogging accessLog) {

    /** Whether each request is logged. */
    public enum AccessLogging {
        /** One line on standard error. */
        ON,
        /** Nothing. */
        OFF
    }

    private static final long DEFAULT_MAX_BODY_BYTES = 32L << 20;
    private static final int DEFAULT_PORT = 8080;

    /** Port 8080 of this machine alone, without time limit for a request. */
    public static ServerOptions defaults() {
        return new ServerOptions(
                "127.0.0.1",
                DEFAULT_PORT,
                DEFAULT_MAX_BODY_BYTES,
                Duration.ofSeconds(5),
                Optional.empty(),
                Duration.ofHours(1),
                CatalogSource.standard(),
                "",
                Duration.ofSeconds(30),
                AccessLogging.OFF);
    }

    /** Listening there. */
    public ServerOptions withAddress(String newHost, int newPort) {
        return new ServerOptions(
                newHost,
                newPort,
                maxBodyBytes,
                pingInterval,
                requestTimeout,
                maxTimeout,
                catalog,
                systemPrompt,
                drainLimit,
                accessLog);
    }

    /** With another limit of the body. */
    public ServerOptions withMaxBodyBytes(long value) {
        return new ServerOptions(
                host,
                port,
                value,
                pingInterval,
                requestTimeout,
                maxTimeout,
                catalog,
                systemPrompt,
                drainLimit,
                accessLog);
    }

    /** With another longest silence. */
    public ServerOptions withPingInterval(Duration value) {
        return new ServerOptions(
                host,
                port,
                maxBodyBytes,
                value,
                requestTimeout,
                maxTimeout,
                catalog,
                systemPrompt,
                drainLimit,
                accessLog);
    }

    /** With a time limit for each request. */
    public ServerOptions withRequestTimeout(Duration value) {
        return new ServerOptions(
                host,
                port,
                maxBodyBytes,
                pingInterval,
                Optional.of(value),
                maxTimeout,
                catalog,
                systemPrompt,
                drainLimit,
                accessLog);
    }

    /** With another longest time that a request may ask for. */
    public ServerOptions withMaxTimeout(Duration value) {
        return new ServerOptions(
                host,
                port,
                maxBodyBytes,
                pingInterval,
                requestTimeout,
                value,
                catalog,
                systemPrompt,
                drainLimit,
                accessLog);
    }

    /** With other names for the models. */
    public ServerOptions withCatalog(CatalogSource value) {
        return new ServerOptions(
                host,
                port,
                maxBodyBytes,
                pingInterval,
                requestTimeout,
                maxTimeout,
                value,
                systemPrompt,
                drainLimit,
                accessLog);
    }

    /** With a system message for conversations at the root that have none. */
    public ServerOptions withSystemPrompt(String value) {
        return new ServerOptions(
                host,
                port,
                maxBodyBytes,
                pingInterval,
                requestTimeout,
                maxTimeout,
                catalog,
                value,
                drainLimit,
                accessLog);
    }

    /** With another time for draining. */
    public ServerOptions withDrainLimit(Duration value) {
        return new ServerOptions(
                host,
                port,
                maxBodyBytes,
                pingInterval,
                requestTimeout,
                maxTimeout,
                catalog,
                systemPrompt,
                value,
                accessLog);
    }

    /** With or without a line per request. */
    public ServerOptions withAccessLog(AccessLogging value) {
        return new ServerOptions(
                host,
                port,
                maxBodyBytes,
                pingInterval,
                requestTimeout,
                maxTimeout,
                catalog,
                systemPrompt,
                drainLimit,
                value);
    }
}
