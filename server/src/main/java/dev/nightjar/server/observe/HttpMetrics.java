package dev.nightjar.server.observe;

import dev.nightjar.engine.metrics.Buckets;
import dev.nightjar.engine.metrics.Histogram;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.observe.metric.Counter;
import dev.nightjar.server.observe.metric.Family;
import dev.nightjar.server.observe.metric.Label;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts requests by route and status, and how long they took. Thread-safe. */
public final class HttpMetrics implements Filter {

    /** More than this server has; paths of clients never become values. */
    private static final int MAX_ROUTES = 300;

    private static final int MAX_CODES = 100;
    private static final int STATUS_INDEX = 3;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final Family<Counter> requests;
    private final Family<Histogram> durations;
    private final Family<Counter> errors;

    /** Declares its metrics. */
    public HttpMetrics(MetricRegistry metrics) {
        metrics.gauge(
                "nightjar_http_requests_in_flight", "Requests being answered now", inFlight::get);
        requests =
                metrics.counters(
                        "nightjar_http_requests_total",
                        "Requests answered",
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

    private static Label dialect() {
        return Label.oneOf(
                "dialect", Arrays.stream(Dialect.values()).map(HttpMetrics::word).toList());
    }

    private static String word(Dialect dialect) {
        return dialect.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long started = System.nanoTime();
        inFlight.incrementAndGet();
        try {
            chain.proceed();
        } finally {
            inFlight.decrementAndGet();
            count(request, response, System.nanoTime() - started);
        }
    }

    private void count(RoutingRequest request, RoutingResponse response, long nanos) {
        Optional<Route> route = request.context().get(Route.class, Route.class);
        String dialect = route.map(known -> word(known.dialect())).orElse(Label.OTHER);
        String path = route.map(Route::path).orElse(Label.OTHER);
        String method = request.prologue().method().text();
        requests.of(dialect, path, method, Integer.toString(response.status().code())).increment();
        durations.of(dialect, path).record(nanos);
        request.context()
                .get(ApiError.class, ApiError.class)
                .ifPresent(error -> errors.of(dialect, code(error)).increment());
    }

    /** Counts what was refused before it reached a route. */
    public void countUnrouted(ApiError error) {
        String status = Integer.toString(error.status());
        requests.of(Label.OTHER, Label.OTHER, Label.OTHER, status).increment();
        errors.of(Label.OTHER, code(error)).increment();
    }

    private static String code(ApiError error) {
        return error.code().orElse(error.type());
    }

    /** Requests answered so far, by status. */
    Map<String, Long> byStatus() {
        Map<String, Long> counts = new TreeMap<>();
        requests.forEach(
                (labels, count) ->
                        counts.merge(labels.get(STATUS_INDEX), count.value(), Long::sum));
        return counts;
    }

    /** Requests being answered now. */
    int inFlight() {
        return inFlight.get();
    }
}
