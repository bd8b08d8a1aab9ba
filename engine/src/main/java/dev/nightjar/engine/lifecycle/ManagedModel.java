package dev.nightjar.engine.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model and its instances: at most one that takes requests, and older ones that drain. Guarded by
 * the manager's lock.
 */
final class ManagedModel {

    private final ModelSpec spec;
    private final List<Residence> leaving = new ArrayList<>();
    private Optional<Residence> current = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private boolean isPinned;
    private boolean isLoading;
    private boolean isHeldBack;
    private boolean isForgotten;
    private long reservedBytes;
    private int numWaiting;

    /** Why it could not be loaded, and when that was. */
    record Failure(Throwable cause, long nanos) {}

    ManagedModel(ModelSpec spec) {
        this.spec = spec;
        this.isPinned = spec.isPinned();
    }

    ModelSpec spec() {
        return spec;
    }

    String name() {
        return spec.name();
    }

    Optional<Residence> current() {
        return current;
    }

    Optional<Failure> failure() {
        return failure;
    }

    boolean isPinned() {
        return isPinned;
    }

    void pin(boolean value) {
        isPinned = value;
    }

    boolean isLoading() {
        return isLoading;
    }

    /** Whether somebody unloaded it, so that requests do not bring it back. */
    boolean isHeldBack() {
        return isHeldBack;
    }

    void holdBack() {
        isHeldBack = spec.loading() == ModelSpec.Loading.EAGER;
    }

    /** It is about to be removed: nothing loads it again. */
    void forget() {
        isForgotten = true;
    }

    boolean isForgotten() {
        return isForgotten;
    }

    int numWaiting() {
        return numWaiting;
    }

    void addWaiting(int change) {
        numWaiting += change;
    }

    void beginLoading() {
        isLoading = true;
        isHeldBack = false;
    }

    /** Counts memory that is about to be taken. */
    void reserve(long bytes) {
        reservedBytes = bytes;
    }

    /** An instance takes the place of the one before, which is returned. */
    Optional<Residence> arrived(ModelInstance instance) {
        Optional<Residence> before = retire();
        current = Optional.of(new Residence(instance, spec.replicas()));
        failure = Optional.empty();
        endLoading();
        return before;
    }

    void failed(Throwable cause) {
        failure = Optional.of(new Failure(cause, System.nanoTime()));
        endLoading();
    }

    private void endLoading() {
        isLoading = false;
        reservedBytes = 0;
    }

    /** The instance takes no more requests; to be closed once it is idle. */
    Optional<Residence> retire() {
        Optional<Residence> retired = current;
        retired.ifPresent(leaving::add);
        current = Optional.empty();
        return retired;
    }

    List<Residence> leaving() {
        return List.copyOf(leaving);
    }

    boolean isLeaving(Residence residence) {
        return leaving.contains(residence);
    }

    /** The old instance that is still lent to requests that chose it a moment ago. */
    Optional<Residence> lingering() {
        return leaving.stream().filter(Residence::lingers).findFirst();
    }

    boolean hasLeaving() {
        return !leaving.isEmpty();
    }

    void left(Residence residence) {
        leaving.remove(residence);
    }

    /** Can be thrown out for another model. */
    boolean isEvictable() {
        return !isPinned && !isLoading && current.filter(Residence::isIdle).isPresent();
    }

    /**
     * How long it may still be idle before it is unloaded, 0 or less if it was for too long; empty
     * while it is in use, or if it stays.
     */
    Optional<Long> idleNanosLeft(long now) {
        return spec.keepAlive()
                .filter(time -> !isPinned && !isLoading)
                .flatMap(
                        time ->
                                current.filter(Residence::isIdle)
                                        .map(one -> time.toNanos() - one.idleNanos(now)));
    }

    long currentBytes() {
        return current.map(one -> one.instance().memoryBytes()).orElse(0L);
    }

    long leavingBytes() {
        return leaving.stream().mapToLong(one -> one.instance().memoryBytes()).sum();
    }

    long usedBytes() {
        return currentBytes() + leavingBytes() + reservedBytes;
    }

    ModelState state() {
        if (current.isPresent()) {
            return ModelState.READY;
        }
        if (isLoading) {
            return ModelState.LOADING;
        }
        if (!leaving.isEmpty()) {
            return ModelState.DRAINING;
        }
        return failure.isPresent() ? ModelState.FAILED : ModelState.UNLOADED;
    }

    ModelStatus status() {
        int inFlight =
                current.map(Residence::numLeases).orElse(0)
                        + leaving.stream().mapToInt(Residence::numLeases).sum();
        return new ModelStatus(
                spec,
                state(),
                isPinned,
                currentBytes() + leavingBytes(),
                current.map(Residence::loadedAt),
                current.map(Residence::lastUsedAt),
                inFlight,
                current.map(one -> one.replicas().replicas()).orElse(0),
                failure.map(known -> reason(known.cause())),
                current.map(Residence::instance));
    }

    static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
