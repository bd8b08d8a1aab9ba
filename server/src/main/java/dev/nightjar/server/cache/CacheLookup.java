package dev.nightjar.server.cache;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** What became of looking for a result, and where to put it if it was not there. */
public final class CacheLookup {

    private static final HeaderName X_CACHE = HeaderNames.create("X-Cache");
    private static final CacheLookup NONE = new CacheLookup(Optional.empty(), Optional.empty());

    /** Where a result is put. */
    @FunctionalInterface
    private interface Target {
        void store(Object result, long bytes);
    }

    private final Optional<Object> found;
    private final Optional<Target> target;

    private CacheLookup(Optional<Object> found, Optional<Target> target) {
        this.found = found;
        this.target = target;
    }

    /** Where there is no cache. */
    static CacheLookup none() {
        return NONE;
    }

    /** Of a result that is neither looked for nor kept. */
    static CacheLookup bypass(ServerResponse response) {
        response.header(X_CACHE, "BYPASS");
        return NONE;
    }

    static CacheLookup of(
            ResponseCache cache,
            CacheKey key,
            CacheDirectives directives,
            ServerResponse response) {
        if (directives == CacheDirectives.BYPASS) {
            return bypass(response);
        }
        Optional<Target> target = Optional.of((result, bytes) -> cache.store(key, result, bytes));
        if (directives == CacheDirectives.REFRESH) {
            response.header(X_CACHE, "BYPASS");
            return new CacheLookup(Optional.empty(), target);
        }
        Optional<Object> found = cache.find(key);
        response.header(X_CACHE, found.isPresent() ? "HIT" : "MISS");
        return new CacheLookup(found, found.isPresent() ? Optional.empty() : target);
    }

    /** The result, if it was there. */
    public <T> Optional<T> find(Class<T> type) {
        return found.map(type::cast);
    }

    /** Whether a result would be kept. */
    public boolean keeps() {
        return target.isPresent();
    }

    /**
     * Keeps a result where that is wanted.
     *
     * @param result immutable
     * @param bytes about what it takes
     */
    public void store(Object result, long bytes) {
        target.ifPresent(some -> some.store(result, bytes));
    }
}
