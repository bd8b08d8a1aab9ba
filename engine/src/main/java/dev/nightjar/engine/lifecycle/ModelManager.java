package dev.nightjar.engine.lifecycle;

import dev.nightjar.engine.lifecycle.ModelNotReadyException.Reason;
import dev.nightjar.engine.lifecycle.event.ModelLoadEvent;
import dev.nightjar.engine.lifecycle.event.ModelUnloadEvent;
import dev.nightjar.engine.request.EngineClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps models in memory as long as requests want them and a budget allows it. A request holds a
 * {@link ModelLease}; an instance is released when it was taken out of service and its last lease
 * was closed, so that unloading, reloading and evicting end no request.
 *
 * <p>Models are loaded one after the other on a thread of their own; requests for one that is being
 * loaded wait together. Safe for use by several threads.
 *
 * <p>Longer than other files, because it is one monitor: all of it changes the same state under the
 * same lock.
 */
public final class ModelManager implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ModelManager.class.getName());

    /** Leases are closed when an answer has ended; what the engine still does by then is little. */
    private static final Duration LAST_WORK = Duration.ofSeconds(10);

    private static final Duration WITHOUT_LIMIT = Duration.ofDays(3650);

    /** Between choosing a model and holding it a request reads its body, no more. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** Between two looks at a model that may grow or shrink. */
    private static final Duration ROUND = Duration.ofMillis(100);

    private final ModelHost host;
    private final ManagerConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, ManagedModel> models = new LinkedHashMap<>();
    private final MemoryBudget budget;
    private final ExecutorService loads = Executors.newSingleThreadExecutor(daemon("load-models"));
    private final Rounds rounds = new Rounds(daemon("model-rounds"), this::goRound);
    private boolean isClosed;
    private boolean isHeapDue;

    /** Without models; those are added. */
    public ModelManager(ModelHost host, ManagerConfig config) {
        this.host = host;
        this.config = config;
        budget = new MemoryBudget(config.budgetBytes(), models.values());
    }

    private static ThreadFactory daemon(String name) {
        return Thread.ofPlatform().name("nightjar-" + name).daemon(true).factory();
    }

    /**
     * Makes a model known; loads nothing.
     *
     * @throws IllegalArgumentException if another one has its name
     */
    public void add(ModelSpec spec) {
        locked(
                () -> {
                    if (models.containsKey(spec.name())) {
                        throw new IllegalArgumentException(
                                "two models are named '%s'; give one of them another name"
                                        .formatted(spec.name()));
                    }
                    models.put(spec.name(), new ManagedModel(spec));
                });
    }

    /**
     * Unloads a model and forgets it.
     *
     * @throws UnknownModelException if there is none of this name
     */
    public void remove(String name) throws InterruptedException {
        locked(() -> require(name).forget());
        unload(name, Optional.empty());
        locked(() -> models.remove(name));
    }

    /**
     * Lends a model to a request, loading it first where that is due.
     *
     * @throws UnknownModelException if there is none of this name
     * @throws ModelNotReadyException if it cannot take the request
     */
    public ModelLease acquire(String name) throws InterruptedException {
        long begun = System.nanoTime();
        lock.lockInterruptibly();
        try {
            ManagedModel model = require(name);
            long left = config.loadPatience().toNanos();
            while (model.current().isEmpty()) {
                if (model.lingering().isPresent()) {
                    return lend(model, model.lingering().get());
                }
                if (!model.isLoading()) {
                    requireLoadable(model, begun);
                    startLoading(model);
                }
                left = awaitLoading(model, left);
            }
            return lend(model, model.current().get());
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change; returns the patience that is left. */
    private long awaitLoading(ManagedModel model, long left) throws InterruptedException {
        if (left <= 0) {
            throw notReady(
                    Reason.LOADING,
                    Duration.ofSeconds(5),
                    "model '%s' is still being loaded; try again later".formatted(model.name()));
        }
        if (model.numWaiting() >= config.maxWaiting()) {
            throw notReady(
                    Reason.TOO_MANY_WAITING,
                    Duration.ofSeconds(1),
                    "%d requests already wait for model '%s' to be loaded, the most allowed"
                            .formatted(config.maxWaiting(), model.name()));
        }
        model.addWaiting(1);
        try {
            return changed.awaitNanos(left);
        } finally {
            model.addWaiting(-1);
        }
    }

    private void requireLoadable(ManagedModel model, long begun) {
        if (model.isHeldBack()) {
            throw notReady(
                    Reason.UNLOADED,
                    Duration.ofSeconds(30),
                    "model '%s' was unloaded; load it first".formatted(model.name()));
        }
        Optional<ManagedModel.Failure> failure = model.failure();
        if (failure.isPresent()) {
            requireRetry(model, failure.get(), begun);
        }
    }

    /** What failed while a request waited is its answer; before that, it is tried again in time. */
    private void requireRetry(ManagedModel model, ManagedModel.Failure failure, long begun) {
        boolean isFresh = failure.nanos() - begun > 0;
        if (failure.cause() instanceof ModelNotReadyException noRoom) {
            if (isFresh) {
                throw noRoom;
            }
            return;
        }
        Duration left = config.retryAfter().minusNanos(System.nanoTime() - failure.nanos());
        if (isFresh || left.isPositive()) {
            throw notReady(
                    Reason.FAILED,
                    left.isPositive() ? left : Duration.ofSeconds(1),
                    "model '%s' could not be loaded: %s"
                            .formatted(model.name(), ManagedModel.reason(failure.cause())));
        }
    }

    private static ModelNotReadyException notReady(
            Reason reason, Duration retryAfter, String message) {
        return new ModelNotReadyException(reason, retryAfter, message);
    }

    private ModelLease lend(ManagedModel model, Residence residence) {
        residence.lend();
        planRound(model);
        return new ModelLease(residence.instance(), () -> takeBack(model, residence));
    }

    private void takeBack(ManagedModel model, Residence residence) {
        locked(
                () -> {
                    residence.takeBack();
                    dismissIdle(model, residence);
                    planRound(model);
                    changed.signalAll();
                });
    }

    /**
     * Loads a model that is not loaded, and waits for it.
     *
     * @throws UnknownModelException if there is none of this name
     * @throws ModelNotReadyException if the budget has no room for it
     * @throws RuntimeException whatever else kept it from being loaded
     */
    public void load(String name) {
        locked(
                () -> {
                    ManagedModel model = require(name);
                    if (model.current().isEmpty() && !model.isLoading()) {
                        startLoading(model);
                    }
                    awaitLoaded(model);
                });
    }

    /**
     * Loads a model anew, from its files as they are now; the old instance serves its requests to
     * their end. It goes first if the budget does not hold both, and requests wait meanwhile.
     *
     * @throws UnknownModelException if there is none of this name
     * @throws RuntimeException whatever kept it from being loaded; the old instance goes on then
     */
    public void reload(String name) {
        locked(
                () -> {
                    ManagedModel model = require(name);
                    if (!model.isLoading()) {
                        startLoading(model);
                    }
                    awaitLoaded(model);
                });
    }

    /** Waits without heeding interrupts, as what is being loaded comes anyway. */
    private void awaitLoaded(ManagedModel model) {
        while (model.isLoading()) {
            changed.awaitUninterruptibly();
        }
        Optional<ManagedModel.Failure> failure = model.failure();
        if (failure.isPresent()) {
            switch (failure.get().cause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(failure.get().cause());
            }
        }
    }

    /**
     * Takes a model out of service and waits until its requests have ended and its memory is
     * released. One that is loaded eagerly stays out until {@link #load}; a lazy one comes back
     * with the next request.
     *
     * @param atMost when this is over, requests that still run are ended; never when empty
     * @throws UnknownModelException if there is none of this name
     */
    public void unload(String name, Optional<Duration> atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            ManagedModel model = require(name);
            while (model.isLoading()) {
                changed.await();
            }
            model.holdBack();
            Duration time = atMost.orElse(WITHOUT_LIMIT);
            retire(model, time);
            long left = time.toNanos();
            while (model.hasLeaving() && left > 0) {
                left = changed.awaitNanos(left);
            }
            model.leaving().forEach(one -> dismiss(model, one, Duration.ZERO));
            while (model.hasLeaving()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a model out of service as {@link #unload} does, and does not wait. Requests that chose
     * it a moment ago still get it.
     *
     * @throws UnknownModelException if there is none of this name
     */
    public void retire(String name) {
        locked(
                () -> {
                    ManagedModel model = require(name);
                    model.holdBack();
                    model.retire().ifPresent(residence -> linger(model, residence));
                    changed.signalAll();
                });
    }

    private void linger(ManagedModel model, Residence residence) {
        residence.linger(true);
        Runnable end =
                () -> {
                    residence.linger(false);
                    dismissIdle(model, residence);
                };
        if (!isClosed) {
            rounds.after(LINGER.toNanos(), () -> locked(end));
        }
    }

    /** Keeps a model in memory whatever else wants in, or no longer. */
    public void pin(String name, Pinning pinning) {
        locked(
                () -> {
                    ManagedModel model = require(name);
                    model.pin(pinning == Pinning.PINNED);
                    planRound(model);
                });
    }

    /** Whether a model may leave by itself. */
    public enum Pinning {
        /** It stays. */
        PINNED,
        /** It may be evicted, and unloaded when idle. */
        FREE
    }

    /**
     * Checks that models can still be asked.
     *
     * @throws EngineClosedException if the manager was closed
     */
    public void requireOpen() {
        lock.lock();
        try {
            if (isClosed) {
                throw new EngineClosedException();
            }
        } finally {
            lock.unlock();
        }
    }

    /** All models, in the order they were added. */
    public List<ModelStatus> statuses() {
        lock.lock();
        try {
            return models.values().stream().map(ManagedModel::status).toList();
        } finally {
            lock.unlock();
        }
    }

    /** A model, if there is one of this name. */
    public Optional<ModelStatus> status(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(models.get(name)).map(ManagedModel::status);
        } finally {
            lock.unlock();
        }
    }

    /** Memory that all loaded models may take together. */
    public OptionalLong budgetBytes() {
        return budget.bytes();
    }

    /** Memory that they take, as planned. */
    public long usedBytes() {
        lock.lock();
        try {
            return budget.usedBytes();
        } finally {
            lock.unlock();
        }
    }

    private void startLoading(ManagedModel model) {
        if (isClosed) {
            throw notReady(Reason.CLOSED, Duration.ofSeconds(5), "the engine is shutting down");
        }
        if (model.isForgotten()) {
            throw new UnknownModelException(model.name(), models.keySet());
        }
        model.beginLoading();
        loads.execute(() -> loadNow(model));
    }

    private void loadNow(ManagedModel model) {
        long start = System.nanoTime();
        ModelLoadEvent event = ModelLoadEvent.begin(model.name());
        try {
            if (budget.bytes().isPresent()) { // planning reads the file once more
                makeRoom(model, host.plannedBytes(model.spec().source()));
            }
            ModelInstance instance = host.load(model.name(), model.spec().source());
            event.loaded(instance.memoryBytes(), instance.device());
            locked(
                    () -> {
                        model.arrived(instance).ifPresent(old -> dismissIdle(model, old));
                        planRound(model);
                        changed.signalAll();
                    });
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "model {0} loaded in {1} ms",
                    model.name(),
                    (System.nanoTime() - start) / 1_000_000);
        } catch (InterruptedException | RuntimeException | Error failure) {
            event.failed(failure);
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "model %s could not be loaded".formatted(model.name()),
                    failure);
            locked(
                    () -> {
                        model.failed(failure);
                        planRound(model); // an old instance may go on
                        changed.signalAll();
                    });
        }
    }

    private void makeRoom(ManagedModel model, long bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = config.roomPatience().toNanos();
            while (!budget.fits(bytes)) {
                if (budget.willFit(bytes) || evictFor(model)) {
                    changed.await(); // for those that are leaving
                } else if (left > 0 && !budget.isHopeless(model, bytes)) {
                    left = changed.awaitNanos(left);
                } else {
                    throw budget.refusal(model, bytes, config.retryAfter());
                }
            }
            model.reserve(bytes);
        } finally {
            lock.unlock();
        }
    }

    /** Retires an idle model, or the model's own old instance; returns whether there was one. */
    private boolean evictFor(ManagedModel newcomer) {
        Optional<ManagedModel> victim = budget.victim(newcomer);
        if (victim.isPresent()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "model {0} is unloaded to make room for {1}",
                    victim.get().name(),
                    newcomer.name());
        }
        return retire(victim.orElse(newcomer), LAST_WORK).isPresent();
    }

    private Optional<Residence> retire(ManagedModel model, Duration lastWork) {
        Optional<Residence> retired = model.retire();
        retired.filter(Residence::isIdle).ifPresent(one -> dismiss(model, one, lastWork));
        return retired;
    }

    /** Releases an instance that nobody holds and nobody will. */
    private void dismissIdle(ManagedModel model, Residence residence) {
        if (residence.isIdle() && !residence.lingers() && model.isLeaving(residence)) {
            dismiss(model, residence, LAST_WORK);
        }
    }

    /** Releases an instance on a thread of its own, as the engine may need a moment for it. */
    private void dismiss(ManagedModel model, Residence residence, Duration lastWork) {
        Thread.ofVirtual()
                .name("unload-" + model.name())
                .start(
                        () -> {
                            close(model, residence, lastWork);
                            locked(
                                    () -> {
                                        model.left(residence);
                                        changed.signalAll();
                                        giveBackHeap();
                                    });
                        });
    }

    /**
     * Buffers of the instance are old and large, and a collector that finds the heap too small
     * rather makes it larger: without this, each reload would cost memory until the heap is as
     * large as it may become. In another thread and later, when nothing refers to the instance.
     */
    private void giveBackHeap() {
        if (isClosed || isHeapDue) {
            return;
        }
        isHeapDue = true; // of several that leave together, too
        rounds.after(
                LINGER.toNanos(),
                () -> {
                    locked(() -> isHeapDue = false);
                    System.gc();
                });
    }

    private static void close(ManagedModel model, Residence residence, Duration lastWork) {
        ModelInstance instance = residence.instance();
        ModelUnloadEvent event =
                ModelUnloadEvent.begin(model.name(), instance.memoryBytes(), instance.device());
        try {
            instance.close(lastWork);
            event.released();
        } catch (InterruptedException | RuntimeException | Error failure) {
            event.failed(failure);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "model " + model.name() + " could not be released",
                    failure);
        }
    }

    /**
     * Unloads what was idle for too long, looks after replicas, and sleeps for as long as it can.
     */
    private void goRound() {
        try {
            List<Residence> residences = new ArrayList<>();
            locked(() -> models.values().forEach(model -> visit(model, residences)));
            long now = System.nanoTime();
            residences.forEach(one -> one.replicas().look(now));
        } finally {
            locked(
                    () -> {
                        rounds.over();
                        models.values().forEach(this::planRound);
                    });
        }
    }

    private void visit(ManagedModel model, List<Residence> residences) {
        long now = System.nanoTime();
        model.idleNanosLeft(now)
                .filter(left -> left <= 0)
                .ifPresent(tooLong -> retire(model, LAST_WORK));
        model.current().ifPresent(residences::add);
    }

    /** Has a round come when this model wants one, and no sooner. */
    private void planRound(ManagedModel model) {
        if (isClosed) {
            return;
        }
        if (model.current().filter(Residence::mayGrowOrShrink).isPresent()) {
            rounds.comeWithin(ROUND.toNanos());
        }
        model.idleNanosLeft(System.nanoTime()).ifPresent(rounds::comeWithin);
    }

    /** Whether nothing is to be done until a request comes. */
    boolean isAsleep() {
        lock.lock();
        try {
            return rounds.isAsleep();
        } finally {
            lock.unlock();
        }
    }

    private ManagedModel require(String name) {
        ManagedModel model = models.get(name);
        if (model == null) {
            throw new UnknownModelException(name, models.keySet());
        }
        return model;
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all requests and releases all models; a load that runs is waited for. */
    @Override
    public void close() {
        locked(() -> isClosed = true);
        rounds.close();
        loads.shutdownNow();
        boolean isInterrupted = false;
        while (!loads.isTerminated()) {
            try {
                isInterrupted |= !loads.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException interrupt) {
                isInterrupted = true;
            }
        }
        models.values().forEach(this::closeNow);
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeNow(ManagedModel model) {
        model.retire();
        model.leaving().forEach(one -> close(model, one, Duration.ZERO));
    }
}
