package dev.nightjar.server;

import dev.nightjar.server.cache.ResponseCache;
import dev.nightjar.server.gate.Admission;
import dev.nightjar.server.limit.LimitRoutes;
import dev.nightjar.server.limit.RateLimits;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.usage.UsageLedger;
import dev.nightjar.server.usage.UsageRecorder;
import dev.nightjar.server.usage.UsageRoutes;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands between known callers and models: limits, what was used, and results that are known
 * already.
 */
final class Gateway implements AutoCloseable {

    private final ResponseCache cache;
    private final UsageLedger usage;
    private final UsageRecorder recorder;
    private final RateLimits limits;

    /**
     * As configured.
     *
     * @param store where usage is written; stays open
     */
    Gateway(ServerOptions options, Store store, MetricRegistry metrics) {
        this.cache = new ResponseCache(options.cache());
        this.usage = new UsageLedger(store);
        this.recorder = new UsageRecorder(usage);
        this.limits = new RateLimits(options.limits(), usage, metrics);
        cache.declare(metrics);
    }

    /** Results that would come out the same again. */
    ResponseCache cache() {
        return cache;
    }

    /** What callers used. */
    UsageLedger usage() {
        return usage;
    }

    /** What a request has to pass when its model is known, behind the question who may use it. */
    List<Admission> admissions() {
        return List.of(recorder, limits);
    }

    /** Adds what happens to each request, behind the filters that say who calls. */
    void addFilters(HttpRouting.Builder routing) {
        routing.addFilter(recorder).addFilter(limits);
    }

    /** Its routes for administrators. */
    List<Route> routes() {
        List<Route> all = new ArrayList<>(new UsageRoutes(usage).all());
        all.addAll(new LimitRoutes(limits).all());
        return all;
    }

    /** Writes what was used. */
    @Override
    public void close() {
        limits.close();
        usage.close();
    }
}
