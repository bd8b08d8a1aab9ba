package dev.nightjar.server.limit.count;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts in the memory of this node. One lock holds all callers together: a decision takes well
 * under a microsecond, and no two can be between reading and writing a count.
 */
public final class LocalLimiter implements Limiter {

    private static final int NANOS_PER_MICRO = 1000;

    private final int maxCallers;
    private final DayTokens recorded;
    private final LongSupplier nanoTime;
    private final InstantSource wallClock;
    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of last use. */
    private final Map<String, CallerState> callers = new LinkedHashMap<>(16, 0.75f, true);

    private final AtomicLong nextLease = new AtomicLong();

    /**
     * Remembers the callers of late.
     *
     * @param maxCallers of more, the one that was idle for longest is forgotten
     * @param recorded where the count of a day begins
     */
    public LocalLimiter(int maxCallers, DayTokens recorded) {
        this(maxCallers, recorded, System::nanoTime, InstantSource.system());
    }

    LocalLimiter(
            int maxCallers, DayTokens recorded, LongSupplier nanoTime, InstantSource wallClock) {
        this.maxCallers = maxCallers;
        this.recorded = recorded;
        this.nanoTime = nanoTime;
        this.wallClock = wallClock;
    }

    @Override
    public Decision admit(String caller, TierLimits limits) {
        remember(caller);
        return locked(
                () -> {
                    CallerState state = stateOf(caller);
                    Counts counts = counts(state, limits);
                    var refusal = counts.refusal(limits);
                    if (refusal.isPresent()) {
                        return refusal.get();
                    }
                    String id = Long.toString(nextLease.incrementAndGet());
                    state.begin(id);
                    Lease lease = new Lease(caller, limits, id);
                    return new Decision.Admitted(lease, counts(state, limits).standing(limits));
                });
    }

    @Override
    public Standing end(Lease lease, long tokens) {
        remember(lease.caller());
        return locked(
                () -> {
                    CallerState state = stateOf(lease.caller());
                    state.end(lease.id(), tokens);
                    return counts(state, lease.limits()).standing(lease.limits());
                });
    }

    @Override
    public Standing standing(String caller, TierLimits limits) {
        remember(caller);
        return locked(() -> counts(stateOf(caller), limits).standing(limits));
    }

    /** Callers that are remembered. */
    int numCallers() {
        return locked(callers::size);
    }

    @Override
    public void close() {
        // holds nothing but memory
    }

    /** Asks for what was recorded before the lock is taken, since that may wait for a store. */
    private void remember(String caller) {
        boolean isKnown = locked(() -> callers.containsKey(caller));
        if (!isKnown) {
            LocalDate today = LocalDate.ofInstant(wallClock.instant(), ZoneOffset.UTC);
            CallerState state = new CallerState(today, recorded.used(caller, today));
            locked(() -> callers.putIfAbsent(caller, state));
        }
    }

    /** The state; a new one if so many others came that it was forgotten since it was asked for. */
    private CallerState stateOf(String caller) {
        CallerState state =
                callers.computeIfAbsent(
                        caller,
                        name ->
                                new CallerState(
                                        LocalDate.ofInstant(wallClock.instant(), ZoneOffset.UTC),
                                        0));
        forgetEldest(state);
        return state;
    }

    private void forgetEldest(CallerState kept) {
        Iterator<CallerState> eldest = callers.values().iterator();
        while (callers.size() > maxCallers && eldest.hasNext()) {
            CallerState state = eldest.next();
            if (state != kept && !state.isRunning()) {
                eldest.remove();
            }
        }
    }

    private Counts counts(CallerState state, TierLimits limits) {
        Instant now = wallClock.instant();
        return state.counts(limits, nanoTime.getAsLong() / NANOS_PER_MICRO, now);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
