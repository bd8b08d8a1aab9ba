package dev.nightjar.server.report;

import dev.nightjar.server.json.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of the load generator.
 *
 * @param name of the file
 * @param model that was asked
 * @param load rate or concurrency, in words
 * @param tokensPerSecond generated, over the whole run
 * @param goodput requests per second within their targets
 * @param completed whole answers
 * @param requests sent
 * @param latencies curves of quantiles, by what they are of
 * @param percentiles 50, 90, 95 and 99 of each
 */
public record HttpRun(
        String name,
        String model,
        String load,
        double tokensPerSecond,
        double goodput,
        int completed,
        int requests,
        Map<String, List<Double>> latencies,
        Map<String, List<Double>> percentiles) {

    private static final Map<String, String> NAMES =
            Map.of(
                    "ttft_ms", "time to first token",
                    "inter_token_ms", "inter-token latency",
                    "end_to_end_ms", "end to end");

    /** The latencies, in the order in which they are shown. */
    static final List<String> KINDS =
            List.of("time to first token", "inter-token latency", "end to end");

    static HttpRun of(String name, Members members) {
        Map<String, List<Double>> curves = new LinkedHashMap<>();
        Map<String, List<Double>> percentiles = new LinkedHashMap<>();
        NAMES.forEach(
                (key, title) -> {
                    if (members.has(key)) {
                        Members latency = members.members(key);
                        curves.put(title, latency.numbers("curve"));
                        percentiles.put(
                                title,
                                List.of(
                                        latency.number("p50"),
                                        latency.number("p90"),
                                        latency.number("p95"),
                                        latency.number("p99")));
                    }
                });
        return new HttpRun(
                name,
                members.text("model"),
                members.has("rate")
                        ? Svg.number(members.number("rate")) + " requests/s"
                        : Svg.number(members.number("concurrency")) + " at a time",
                members.number("output_tokens_per_second"),
                members.number("goodput_requests_per_second"),
                (int) members.number("completed"),
                (int) members.number("requests"),
                curves,
                percentiles);
    }
}
