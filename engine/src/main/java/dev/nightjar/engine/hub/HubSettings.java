package dev.nightjar.engine.hub;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How to reach a hub.
 *
 * @param endpoint where it is, such as {@code https://huggingface.co}
 * @param token sent to the endpoint, and to no other host
 * @param access whether connections may be opened at all
 * @param timeout longest silence: while connecting, before an answer and within one
 * @param maxTries how often something is tried that brings no byte
 * @param firstDelay before the second try; doubles with each further one
 */
public record HubSettings(
        URI endpoint,
        Optional<String> token,
        Access access,
        Duration timeout,
        int maxTries,
        Duration firstDelay) {

    /** Whether connections may be opened. */
    public enum Access {
        /** They may. */
        ONLINE,
        /** What is not here stays away. */
        OFFLINE
    }

    private static final URI DEFAULT_ENDPOINT = URI.create("https://huggingface.co");
    private static final int DEFAULT_TRIES = 6;

    /**
     * Checks the endpoint.
     *
     * @throws IllegalArgumentException if it is no web address, or if the token would be readable
     *     on the way
     */
    public HubSettings {
        String scheme = String.valueOf(endpoint.getScheme());
        if (!scheme.matches("https?") || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "expected an endpoint such as %s, found '%s'"
                            .formatted(DEFAULT_ENDPOINT, endpoint));
        }
        if (token.isPresent() && scheme.equals("http") && !isLoopback(endpoint.getHost())) {
            throw new IllegalArgumentException(
                    ("%s has no encryption, so a token would be readable on the way; use https, or"
                                    + " unset HF_TOKEN and NIGHTJAR_HUB_TOKEN")
                            .formatted(endpoint));
        }
        endpoint = URI.create(endpoint.toString().replaceAll("/+$", ""));
    }

    /** The public hub, without a token. */
    public static HubSettings defaults() {
        return new HubSettings(
                DEFAULT_ENDPOINT,
                Optional.empty(),
                Access.ONLINE,
                Duration.ofSeconds(30),
                DEFAULT_TRIES,
                Duration.ofMillis(500));
    }

    /**
     * What the variables NIGHTJAR_HUB_ENDPOINT or HF_ENDPOINT, NIGHTJAR_HUB_TOKEN or HF_TOKEN, and
     * NIGHTJAR_OFFLINE say; defaults for the others.
     */
    public static HubSettings of(Map<String, String> environment) {
        HubSettings settings = defaults();
        Optional<URI> endpoint =
                first(environment, "NIGHTJAR_HUB_ENDPOINT", "HF_ENDPOINT").map(URI::create);
        return new HubSettings(
                endpoint.orElse(settings.endpoint),
                first(environment, "NIGHTJAR_HUB_TOKEN", "HF_TOKEN"),
                first(environment, "NIGHTJAR_OFFLINE").filter(text -> !text.equals("0")).isPresent()
                        ? Access.OFFLINE
                        : Access.ONLINE,
                settings.timeout,
                settings.maxTries,
                settings.firstDelay);
    }

    /** Another hub. */
    public HubSettings withEndpoint(URI value) {
        return new HubSettings(value, token, access, timeout, maxTries, firstDelay);
    }

    /** With a token. */
    public HubSettings withToken(String value) {
        return new HubSettings(endpoint, Optional.of(value), access, timeout, maxTries, firstDelay);
    }

    /** With or without connections. */
    public HubSettings withAccess(Access value) {
        return new HubSettings(endpoint, token, value, timeout, maxTries, firstDelay);
    }

    /** With another patience. */
    public HubSettings withPatience(Duration newTimeout, int newMaxTries, Duration newDelay) {
        return new HubSettings(endpoint, token, access, newTimeout, newMaxTries, newDelay);
    }

    /** Without the token itself, as this may be logged. */
    @Override
    public String toString() {
        return "HubSettings[%s, %s, %s]"
                .formatted(endpoint, token.isPresent() ? "with token" : "no token", access);
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** By the text alone, so that nothing is looked up. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
