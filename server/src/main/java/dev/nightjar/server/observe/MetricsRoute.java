package dev.nightjar.server.observe;

import dev.nightjar.server.observe.metric.MetricRegistry;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** The page of all metrics, as Prometheus reads it. */
final class MetricsRoute implements Handler {

    /** With the version of the format. */
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final MetricRegistry metrics;

    MetricsRoute(MetricRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
        response.send(metrics.page().getBytes(StandardCharsets.UTF_8));
    }
}
