package dev.nightjar.engine.lifecycle;

import java.time.Duration;
import java.util.Optional;

/**
 * A model that can be put into service.
 *
 * @param name that it is loaded under
 * @param source where it comes from
 * @param loading when it is loaded
 * @param keepAlive how long it stays in memory without a request; for ever when empty
 * @param isPinned whether it is neither evicted nor unloaded for being idle
 * @param replicas how far it grows and shrinks with its queue
 */
public record ModelSpec(
        String name,
        ModelSource source,
        Loading loading,
        Optional<Duration> keepAlive,
        boolean isPinned,
        Replicas replicas) {

    /** When a model is loaded. */
    public enum Loading {
        /** At the start. */
        EAGER,
        /** With the first request. */
        LAZY
    }

    /** Checks the name and the time. */
    public ModelSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a model needs a name that is not blank");
        }
        if (keepAlive.filter(time -> time.isNegative()).isPresent()) {
            throw new IllegalArgumentException(
                    "model %s: keep-alive must not be negative, found %s"
                            .formatted(name, keepAlive.get()));
        }
    }

    /** Loaded at the start, and kept. */
    public static ModelSpec of(String name, ModelSource source) {
        return new ModelSpec(name, source, Loading.EAGER, Optional.empty(), false, Replicas.FIXED);
    }

    /** From another source. */
    public ModelSpec withSource(ModelSource value) {
        return new ModelSpec(name, value, loading, keepAlive, isPinned, replicas);
    }

    /** Loaded at another time. */
    public ModelSpec withLoading(Loading value) {
        return new ModelSpec(name, source, value, keepAlive, isPinned, replicas);
    }

    /** Unloaded after so long without a request. */
    public ModelSpec withKeepAlive(Duration value) {
        return new ModelSpec(name, source, loading, Optional.of(value), isPinned, replicas);
    }

    /** Kept in memory whatever else wants in. */
    public ModelSpec pinned() {
        return new ModelSpec(name, source, loading, keepAlive, true, replicas);
    }

    /** Growing and shrinking within these bounds. */
    public ModelSpec withReplicas(Replicas value) {
        return new ModelSpec(name, source, loading, keepAlive, isPinned, value);
    }
}
