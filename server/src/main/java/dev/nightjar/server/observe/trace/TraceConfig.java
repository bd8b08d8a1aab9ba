package dev.nightjar.server.observe.trace;

import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code observe.traces}.
 *
 * @param endpoint what spans are posted to; nothing is traced without it
 * @param serviceName what the server is called in traces
 * @param percent how many of a hundred requests are traced that bring no decision of their own
 * @param headers sent with the spans; may hold secrets
 */
public record TraceConfig(
        Optional<URI> endpoint, String serviceName, int percent, Map<String, String> headers) {

    private static final int ALL = 100;
    private static final String PATH = "/v1/traces";

    private static final Key<String> ENDPOINT =
            Key.text(
                    "endpoint",
                    "Collector that takes OTLP over HTTP, such as http://127.0.0.1:4318; nothing is"
                            + " traced without it.");
    private static final Key<String> SERVICE_NAME =
            Key.text("service_name", "Name of this server in traces; nightjar without it.");
    private static final Key<Integer> PERCENT =
            Key.integer(
                    "percent",
                    0,
                    ALL,
                    "Share of the requests that are traced, where the client's traceparent does not"
                            + " decide; 100 without it.");
    private static final Key<Map<String, String>> HEADERS =
            Key.textsByName(
                    "headers",
                    "Sent with the spans, such as authorization: ${COLLECTOR_AUTH}; none without"
                            + " it.");

    /** What it may hold. */
    public static final KeySet KEYS = KeySet.of(ENDPOINT, SERVICE_NAME, PERCENT, HEADERS);

    /** Copies the headers. */
    public TraceConfig {
        headers = Map.copyOf(headers);
    }

    /** Reads the section. */
    public static TraceConfig read(Section section) {
        return new TraceConfig(
                section.get(ENDPOINT).map(text -> endpoint(text, section)),
                section.get(SERVICE_NAME, "nightjar"),
                section.get(PERCENT, ALL),
                section.get(HEADERS, Map.of()));
    }

    /** To a collector without a path the usual one is added. */
    private static URI endpoint(String text, Section section) {
        try {
            URI uri = URI.create(text);
            String scheme = String.valueOf(uri.getScheme());
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                boolean isBare = uri.getPath().isEmpty() || uri.getPath().equals("/");
                return isBare ? uri.resolve(PATH) : uri;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below.
        }
        throw section.fault("endpoint must be a URL such as http://127.0.0.1:4318");
    }

    /** Without the headers. */
    @Override
    public String toString() {
        return "%s as %s".formatted(endpoint, serviceName);
    }
}
