package dev.nightjar.server.auth;

import dev.nightjar.server.store.StoredToken;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tokens that were looked up a moment ago. Bounded; what is not there is not remembered, as anybody
 * can ask for that.
 */
final class TokenCache {

    private static final int MAX_ENTRIES = 10_000;
    private static final float LOAD_FACTOR = 0.75f;

    private record Known(StoredToken token, long nanos) {}

    private final long freshNanos;

    /** By hash, the least recently used first. */
    private final Map<String, Known> entries =
            new LinkedHashMap<>(16, LOAD_FACTOR, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                    return size() > MAX_ENTRIES;
                }
            };

    /** Counts what was forgotten: a look-up that began before must not bring it back. */
    private long numForgotten;

    TokenCache(Duration fresh) {
        this.freshNanos = fresh.toNanos();
    }

    /** The token of a hash, as it was no longer than a moment ago. */
    Optional<StoredToken> get(String hash, Function<String, Optional<StoredToken>> lookUp) {
        long began = System.nanoTime();
        long seen;
        synchronized (this) {
            Known entry = entries.get(hash);
            if (entry != null && began - entry.nanos < freshNanos) {
                return Optional.of(entry.token);
            }
            seen = numForgotten;
        }
        Optional<StoredToken> found = lookUp.apply(hash);
        synchronized (this) {
            if (found.isPresent() && seen == numForgotten) {
                entries.put(hash, new Known(found.get(), began));
            } else {
                entries.remove(hash);
            }
        }
        return found;
    }

    /** Forgets the token of an id. */
    synchronized void forget(String id) {
        numForgotten++;
        entries.values().removeIf(entry -> entry.token.id().equals(id));
    }
}
