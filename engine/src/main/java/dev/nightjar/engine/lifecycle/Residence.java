package dev.nightjar.engine.lifecycle;

import java.time.Instant;

/** A loaded instance and who uses it. Guarded by the manager's lock. */
final class Residence {

    private final ModelInstance instance;
    private final ReplicaControl replicas;
    private final Instant loadedAt = Instant.now();
    private Instant lastUsedAt = loadedAt;
    private long lastUsedNanos = System.nanoTime();
    private int numLeases;
    private boolean lingers;

    Residence(ModelInstance instance, Replicas replicas) {
        this.instance = instance;
        this.replicas = new ReplicaControl(instance, replicas);
    }

    ModelInstance instance() {
        return instance;
    }

    ReplicaControl replicas() {
        return replicas;
    }

    Instant loadedAt() {
        return loadedAt;
    }

    Instant lastUsedAt() {
        return lastUsedAt;
    }

    int numLeases() {
        return numLeases;
    }

    boolean isIdle() {
        return numLeases == 0;
    }

    /** For how long no request began or ended; 0 while one runs. */
    long idleNanos(long now) {
        return isIdle() ? now - lastUsedNanos : 0;
    }

    /** Whether its replicas have to be looked after. */
    boolean mayGrowOrShrink() {
        return replicas.isNeeded(numLeases > 0);
    }

    long lastUsedNanos() {
        return lastUsedNanos;
    }

    /** Whether it is still lent although it takes no requests but those that chose it before. */
    boolean lingers() {
        return lingers;
    }

    void linger(boolean value) {
        lingers = value;
    }

    void lend() {
        numLeases++;
        touch();
    }

    void takeBack() {
        numLeases--;
        touch();
    }

    private void touch() {
        lastUsedAt = Instant.now();
        lastUsedNanos = System.nanoTime();
    }
}
