package dev.nightjar.engine.lifecycle;

import dev.nightjar.engine.lifecycle.ModelNotReadyException.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says who has to leave for a model: the idle one that was used longest ago, never a pinned one.
 * Guarded by the manager's lock.
 */
final class MemoryBudget {

    private static final double GIB = 1L << 30;

    private final OptionalLong bytes;
    private final Collection<ManagedModel> models;

    MemoryBudget(OptionalLong bytes, Collection<ManagedModel> models) {
        this.bytes = bytes;
        this.models = models;
    }

    OptionalLong bytes() {
        return bytes;
    }

    /** What is loaded, what drains and what is about to be loaded. */
    long usedBytes() {
        return models.stream().mapToLong(ManagedModel::usedBytes).sum();
    }

    boolean fits(long wanted) {
        return bytes.isEmpty() || usedBytes() + wanted <= bytes.getAsLong();
    }

    /** Whether it will fit when everything has left that is on its way out. */
    boolean willFit(long wanted) {
        long leaving = models.stream().mapToLong(ManagedModel::leavingBytes).sum();
        return bytes.isEmpty() || usedBytes() - leaving + wanted <= bytes.getAsLong();
    }

    /** The model to evict for another one. */
    Optional<ManagedModel> victim(ManagedModel newcomer) {
        return models.stream()
                .filter(model -> model != newcomer && model.isEvictable())
                .min(Comparator.comparingLong(model -> model.current().get().lastUsedNanos()));
    }

    /** Whether a model cannot fit however long it waits. */
    boolean isHopeless(ManagedModel newcomer, long wanted) {
        return bytes.isPresent() && pinnedBytes(newcomer) + wanted > bytes.getAsLong();
    }

    private long pinnedBytes(ManagedModel newcomer) {
        return models.stream()
                .filter(model -> model != newcomer && model.isPinned())
                .mapToLong(ManagedModel::usedBytes)
                .sum();
    }

    /** Tells the numbers. */
    ModelNotReadyException refusal(ManagedModel newcomer, long wanted, Duration retryAfter) {
        return new ModelNotReadyException(
                Reason.NO_ROOM,
                retryAfter,
                ("model '%s' needs %s of memory; of the budget of %s, %s are in use, %s of that by"
                                + " pinned models and the rest by models that answer requests. Try"
                                + " again later, unload or unpin a model, or raise memory_budget")
                        .formatted(
                                newcomer.name(),
                                size(wanted),
                                size(bytes.orElse(0)),
                                size(usedBytes()),
                                size(pinnedBytes(newcomer))));
    }

    private static String size(long value) {
        return value >= 1L << 28
                ? String.format(Locale.ROOT, "%.2f GiB", value / GIB)
                : String.format(Locale.ROOT, "%.2f MiB", value / (GIB / 1024));
    }
}
