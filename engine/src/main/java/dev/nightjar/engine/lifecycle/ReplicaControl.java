package dev.nightjar.engine.lifecycle;

import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.text.TextModel;
import java.time.Duration;

/**
 * Grows a model by a replica while requests queue for longer than {@link #LONG_QUEUE}, and shrinks
 * it by one when it could have done with fewer for as long as {@link #CALM}. One thread looks at a
 * time.
 */
final class ReplicaControl {

    /** A request that waits longer wants another replica. */
    static final Duration LONG_QUEUE = Duration.ofMillis(100);

    /** A burst may come back within this time. */
    static final Duration CALM = Duration.ofSeconds(5);

    private final ModelInstance instance;
    private final Replicas range;
    private volatile int replicas;
    private long busyNanos = System.nanoTime();

    ReplicaControl(ModelInstance instance, Replicas range) {
        this.instance = instance;
        this.range = range;
        this.replicas = range.min();
        if (range.max() > 1) {
            apply();
        }
    }

    /** Replicas in use now; any thread. */
    int replicas() {
        return replicas;
    }

    /** Whether there may be something to do: growing in use, shrinking to the least. Any thread. */
    boolean isNeeded(boolean isInUse) {
        return range.min() != range.max() && (isInUse || replicas > range.min());
    }

    /** Looks at the queue. */
    void look(long now) {
        if (range.min() == range.max() || instance.text().isEmpty()) {
            return;
        }
        TextModel text = instance.text().get();
        if (instance.queueTime().compareTo(LONG_QUEUE) > 0) {
            busyNanos = now;
            change(Math.min(range.max(), replicas + 1));
        } else if (needs(text.stats(), replicas - 1)) {
            busyNanos = now;
        } else if (now - busyNanos > CALM.toNanos()) {
            busyNanos = now;
            change(Math.max(range.min(), replicas - 1));
        }
    }

    private boolean needs(EngineStats now, int fewer) {
        return now.waiting() > 0 || now.running() > range.sequences(fewer, instance.maxSequences());
    }

    private void change(int value) {
        if (value != replicas) {
            replicas = value;
            apply();
        }
    }

    private void apply() {
        instance.allowSequences(range.sequences(replicas, instance.maxSequences()));
    }
}
