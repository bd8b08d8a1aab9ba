package dev.nightjar.server.observe;

import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.observe.health.HealthChecks;
import dev.nightjar.server.observe.metric.MetricRegistry;

/**
 * Where everything of a server reports to. What counts something takes the {@link #metrics}, and
 * what can fail the {@link #health}, as an argument of its constructor.
 */
public final class Observations {

    private final Readiness readiness;
    private final MetricRegistry metrics = new MetricRegistry();
    private final HealthChecks health = new HealthChecks();
    private final HttpMetrics http;

    /** Of a server with these models. */
    public Observations(Readiness readiness, ModelCatalog models) {
        this.readiness = readiness;
        http = new HttpMetrics(metrics);
        EngineMetrics.declare(metrics, models);
        EncoderMetrics.declare(metrics, models);
        JvmMetrics.declare(metrics);
        ProcessMetrics.declare(metrics);
    }

    /** Whether the server takes requests. */
    public Readiness readiness() {
        return readiness;
    }

    /** What is counted. */
    public MetricRegistry metrics() {
        return metrics;
    }

    /** What may be wrong. */
    public HealthChecks health() {
        return health;
    }

    /** Counts requests; a filter. */
    public HttpMetrics http() {
        return http;
    }
}
