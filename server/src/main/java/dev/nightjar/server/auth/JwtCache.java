package dev.nightjar.server.auth;

import com.nimbusds.jose.jwk.JWK;
import dev.nightjar.server.gate.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Callers of JSON web tokens that were checked before, by a digest of the token. One is known until
 * its token expires or the keys are no longer the very ones that it was checked with, so that a key
 * that was withdrawn ends its tokens here, too. Bounded; what was refused is not remembered, as
 * anybody can make that up. Thread-safe.
 */
final class JwtCache {

    private static final int MAX_ENTRIES = 10_000;
    private static final float LOAD_FACTOR = 0.75f;

    /**
     * A token that was checked.
     *
     * @param caller whom it names
     * @param keys those that it may have been signed with then; none if that was a secret, which is
     *     never exchanged
     */
    record Known(Caller caller, List<JWK> keys) {

        /** Whether they are the very same objects: new ones are made whenever keys are read. */
        boolean isOf(List<JWK> now) {
            if (keys.size() != now.size()) {
                return false;
            }
            for (int i = 0; i < keys.size(); i++) {
                if (keys.get(i) != now.get(i)) {
                    return false;
                }
            }
            return true;
        }

        /** Tokens without an end are none that are taken. */
        private boolean isValid(Instant time) {
            return caller.expiresAt().filter(end -> time.isBefore(end)).isPresent();
        }
    }

    private final Duration clockSkew;

    /** By digest, the least recently used first. */
    private final Map<String, Known> entries =
            new LinkedHashMap<>(16, LOAD_FACTOR, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                    return size() > MAX_ENTRIES;
                }
            };

    /**
     * Empty.
     *
     * @param clockSkew how much longer than it says a token is taken
     */
    JwtCache(Duration clockSkew) {
        this.clockSkew = clockSkew;
    }

    /** What is known of a token that has not expired. */
    synchronized Optional<Known> find(String digest) {
        Optional<Known> known = Optional.ofNullable(entries.get(digest));
        if (known.isPresent() && !known.get().isValid(Instant.now().minus(clockSkew))) {
            entries.remove(digest);
            return Optional.empty();
        }
        return known;
    }

    /** Remembers a token, in the place of what was known of it. */
    synchronized void put(String digest, Known known) {
        entries.put(digest, known);
    }
}
