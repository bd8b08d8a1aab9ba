package dev.nightjar.server.observe;

import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.observe.health.HealthChecks;
import dev.nightjar.server.observe.live.LiveWindow;
import dev.nightjar.server.observe.log.AccessLog;
import dev.nightjar.server.observe.log.AccessLogFormat;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.request.RequestObserver;
import dev.nightjar.server.observe.trace.Tracer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where everything of a server reports to. What counts something takes the {@link #metrics}, and
 * what can fail the {@link #health}, as an argument of its constructor; what happens with each
 * request is told by {@link #requests}.
 */
public final class Observations implements AutoCloseable {

    private final Readiness readiness;
    private final MetricRegistry metrics = new MetricRegistry();
    private final HealthChecks health = new HealthChecks();
    private final RequestObserver requests = new RequestObserver();
    private final HttpMetrics http;
    private final LiveWindow live;
    private final Deque<AutoCloseable> closed = new ArrayDeque<>();

    /**
     * Of a server with these models.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if what is configured cannot be had
     */
    public Observations(Readiness readiness, ModelCatalog models, ObserveConfig config) {
        this.readiness = readiness;
        metrics.gauge(
                "nightjar_ready", "1 while requests are taken, else 0", () -> isReady() ? 1 : 0);
        http = new HttpMetrics(metrics, requests);
        requests.add(http);
        requests.add(new ModelMetrics(metrics));
        EngineMetrics.declare(metrics, models);
        EncoderMetrics.declare(metrics, models);
        RowMetrics.declare(metrics, models);
        LifecycleMetrics.declare(metrics, models);
        JvmMetrics.declare(metrics);
        ProcessMetrics.declare(metrics);
        if (config.accessLog().format() != AccessLogFormat.OFF) {
            AccessLog log = AccessLog.open(config.accessLog());
            closed.push(log);
            requests.add(log);
        }
        Tracer.start(config.traces(), metrics)
                .ifPresent(
                        tracer -> {
                            closed.push(tracer);
                            requests.add(tracer);
                        });
        live = new LiveWindow(models, http::numRequests, http::numErrors);
        closed.push(live);
    }

    private boolean isReady() {
        return readiness.state() == Readiness.State.READY && health.problems().isEmpty();
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

    /** Tells of each request; the first filter. */
    public RequestObserver requests() {
        return requests;
    }

    /** What was counted of requests. */
    public HttpMetrics http() {
        return http;
    }

    /** The last minute. */
    LiveWindow live() {
        return live;
    }

    /** Ends what writes and looks; what was counted can still be read. */
    @Override
    public void close() {
        closed.forEach(Observations::close);
        closed.clear();
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception checked) {
            throw new IllegalStateException("an observer could not be closed", checked);
        }
    }
}
