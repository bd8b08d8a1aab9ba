package dev.nightjar.server.observe;

import dev.nightjar.engine.metrics.Buckets;
import dev.nightjar.engine.metrics.Histogram;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.observe.metric.Counter;
import dev.nightjar.server.observe.metric.Family;
import dev.nightjar.server.observe.metric.Label;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.request.FinishedRequest;
import dev.nightjar.server.observe.request.RequestObserver;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts requests by route and status, and how long they took. Thread-safe. */
public final class HttpMetrics implements Consumer<FinishedRequest> {

    /** More than this server has; paths of clients never become values. */
    private static final int MAX_ROUTES = 300;

    private static final int MAX_CODES = 100;
    private static final int STATUS_INDEX = 3;

    private final Family<Counter> requests;
    private final Family<Histogram> durations;
    private final Family<Counter> errors;

    /** Declares its metrics. */
    HttpMetrics(MetricRegistry metrics, RequestObserver observer) {
        metrics.gauge(
                "nightjar_http_requests_in_flight",
                "Requests being answered now",
                observer::inFlight);
        requests =
                metrics.counters(
                        "nightjar_http_requests_total",
                        "Requests by route and status; 499 if the client left before the end",
                        dialect(),
                        Label.upTo(MAX_ROUTES, "route"),
                        Label.oneOf("method", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
                        Label.upTo(MAX_CODES, "status"));
        durations =
                metrics.histograms(
                        "nightjar_http_request_duration_seconds",
                        "From the head of a request to the end of its answer",
                        Buckets.REQUEST_SECONDS,
                        dialect(),
                        Label.upTo(MAX_ROUTES, "route"));
        errors =
                metrics.counters(
                        "nightjar_errors_total",
                        "Errors told to clients, in an answer or in a stream",
                        dialect(),
                        Label.upTo(MAX_CODES, "code"));
    }

    /** The wire API, of those that there are. */
    static Label dialect() {
        return Label.oneOf(
                "dialect",
                Arrays.stream(Dialect.values())
                        .map(dialect -> dialect.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Override
    public void accept(FinishedRequest request) {
        String dialect = request.dialect().orElse(Label.OTHER);
        String path = request.route().map(Route::path).orElse(Label.OTHER);
        String status = Integer.toString(request.status());
        requests.of(dialect, path, request.method(), status).increment();
        durations.of(dialect, path).record(request.nanos());
        request.errorCode().ifPresent(code -> errors.of(dialect, code).increment());
    }

    /** Counts what was refused before it reached a route. */
    public void countUnrouted(ApiError error) {
        String status = Integer.toString(error.status());
        requests.of(Label.OTHER, Label.OTHER, Label.OTHER, status).increment();
        errors.of(Label.OTHER, error.code().orElse(error.type())).increment();
    }

    /** Requests answered so far, by status. */
    Map<String, Long> byStatus() {
        Map<String, Long> counts = new TreeMap<>();
        requests.forEach(
                (labels, count) ->
                        counts.merge(labels.get(STATUS_INDEX), count.value(), Long::sum));
        return counts;
    }

    /** Requests answered so far. */
    long numRequests() {
        return byStatus().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Requests answered so far with a status from 400, or not to the end. */
    long numErrors() {
        return byStatus().entrySet().stream()
                .filter(status -> status.getKey().compareTo("400") >= 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
