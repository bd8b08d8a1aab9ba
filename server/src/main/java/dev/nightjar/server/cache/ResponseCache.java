package dev.nightjar.server.cache;

import dev.nightjar.server.gate.ModelUse;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.metric.MetricType;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Results of the engine that would come out the same again, kept in memory for a while: those used
 * last, within a bound of bytes. What is kept are results, not bytes of an answer, so that every
 * dialect and streams are served from them. Thread-safe.
 */
public final class ResponseCache {

    private static final System.Logger LOG = System.getLogger(ResponseCache.class.getName());

    /** What a result takes beside its own bytes: key, links, the record around it. */
    private static final long ENTRY_BYTES = 200;

    /** A larger share of all bytes is not given to one result. */
    private static final int MIN_RESULTS = 8;

    private record Entry(Object result, long bytes, long bornNanos) {}

    private final CacheConfig config;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of last use. */
    private final Map<CacheKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;
    private long hits;
    private long misses;
    private long evictions;

    /** Empty. */
    public ResponseCache(CacheConfig config) {
        this(config, System::nanoTime);
    }

    ResponseCache(CacheConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /**
     * Looks for the result of a request that would come out the same again; the answer's header
     * {@code X-Cache} says whether it was there.
     *
     * @param loadedAt when the model was loaded that answers
     * @param asked all that the result depends on beside the model, as records, collections and
     *     plain values
     */
    public CacheLookup lookup(
            ServerRequest request, ServerResponse response, Instant loadedAt, List<?> asked) {
        if (!config.isEnabled()) {
            return CacheLookup.none();
        }
        RequestScope scope = RequestScope.of(request);
        String version = scope.model().map(ModelUse::version).orElse("");
        try {
            byte[] digest =
                    CanonicalDigest.of(List.of(scope.caller().tenant(), version, loadedAt, asked));
            return CacheLookup.of(this, CacheKey.of(digest), CacheDirectives.of(request), response);
        } catch (IllegalArgumentException unknown) {
            // A fault of this program, which is no reason not to answer.
            LOG.log(System.Logger.Level.WARNING, "a request cannot be looked up", unknown);
            return bypass(response);
        }
    }

    /** Says of a request that its result may come out otherwise each time. */
    public CacheLookup bypass(ServerResponse response) {
        return config.isEnabled() ? CacheLookup.bypass(response) : CacheLookup.none();
    }

    /** Has its counters shown beside those of the server. */
    public void declare(MetricRegistry metrics) {
        counter(
                metrics,
                "hits",
                "Results that were known when they were looked for",
                CacheStats::hits);
        counter(metrics, "misses", "Results that were not known", CacheStats::misses);
        counter(metrics, "evictions", "Results that went to make room", CacheStats::evictions);
        metrics.gauge("nightjar_response_cache_entries", "Known results", () -> stats().entries());
        metrics.gauge(
                "nightjar_response_cache_bytes", "Memory of known results", () -> stats().bytes());
    }

    private void counter(
            MetricRegistry metrics, String what, String help, ToLongFunction<CacheStats> value) {
        metrics.sampled(
                MetricType.COUNTER,
                "nightjar_response_cache_%s_total".formatted(what),
                help,
                samples -> samples.add(value.applyAsLong(stats())));
    }

    /** Its counters now. */
    public CacheStats stats() {
        lock.lock();
        try {
            return new CacheStats(
                    entries.size(), bytes, config.maxBytes(), hits, misses, evictions);
        } finally {
            lock.unlock();
        }
    }

    Optional<Object> find(CacheKey key) {
        lock.lock();
        try {
            Entry entry = entries.get(key);
            if (entry != null && isOld(entry)) {
                remove(key);
                entry = null;
            }
            if (entry == null) {
                misses++;
                return Optional.empty();
            }
            hits++;
            return Optional.of(entry.result());
        } finally {
            lock.unlock();
        }
    }

    void store(CacheKey key, Object result, long resultBytes) {
        Entry entry = new Entry(result, resultBytes + ENTRY_BYTES, nanoTime.getAsLong());
        if (entry.bytes() > config.maxBytes() / MIN_RESULTS) {
            return;
        }
        lock.lock();
        try {
            remove(key);
            entries.put(key, entry);
            bytes += entry.bytes();
            evict();
        } finally {
            lock.unlock();
        }
    }

    private void evict() {
        Iterator<Entry> eldest = entries.values().iterator();
        while (bytes > config.maxBytes()) {
            bytes -= eldest.next().bytes();
            eldest.remove();
            evictions++;
        }
    }

    private void remove(CacheKey key) {
        Entry removed = entries.remove(key);
        bytes -= removed == null ? 0 : removed.bytes();
    }

    private boolean isOld(Entry entry) {
        return nanoTime.getAsLong() - entry.bornNanos() >= config.timeToLive().toNanos();
    }
}
