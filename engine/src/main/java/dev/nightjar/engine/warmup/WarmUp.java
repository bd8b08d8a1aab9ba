package dev.nightjar.engine.warmup;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A thread that runs miniatures, so that kernels are compiled before the first request: vector code
 * runs thousands of times slower until then. It has a backend of its own with one thread, never
 * touches a model, and stands back while there is something to compute.
 *
 * <p>Safe for use by several threads.
 */
public final class WarmUp implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());

    /** Of work for one model; what is not compiled by then is compiled by requests. */
    private static final long MOST_NANOS = 10_000_000_000L;

    private static final long PAUSE_MILLIS = 20;

    private final BackendOptions options;
    private final BooleanSupplier isBusy;
    private final BlockingQueue<Part> waiting = new LinkedBlockingQueue<>();
    private final Thread thread =
            Thread.ofPlatform().name("nightjar-warm-up").daemon(true).unstarted(this::run);
    private final CountDownLatch isStarted = new CountDownLatch(1);
    private volatile boolean isClosing;

    /**
     * Waits for {@link #start}.
     *
     * @param options of the backend whose kernels are to be compiled
     * @param isBusy whether somebody waits for an answer
     */
    public WarmUp(BackendOptions options, BooleanSupplier isBusy) {
        this.options = options.withThreads(1);
        this.isBusy = isBusy;
    }

    /** What is to be run for a model; over when nothing of it will be touched again. */
    private record Part(
            String model,
            Function<Backend, Rounds> rounds,
            AtomicBoolean isUnwanted,
            CompletableFuture<Void> over) {

        Part(String model, Function<Backend, Rounds> rounds) {
            this(model, rounds, new AtomicBoolean(), new CompletableFuture<>());
        }
    }

    /** A place in the queue; closing it leaves the queue and ends what runs. */
    public interface Place extends AutoCloseable {

        /** Forgets the model and waits until nothing of it is touched any more. */
        @Override
        void close();
    }

    /** Hands over a miniature, whose checkpoint must stay open until its place is closed. */
    public Place add(Miniature miniature) {
        return add(
                new Part(
                        miniature.name(),
                        backend -> new Rehearsal(backend, miniature, Rehearsal.ROUNDS)));
    }

    /** As {@link #add(Miniature)} for an encoder. */
    public Place add(EncoderMiniature miniature) {
        return add(
                new Part(
                        miniature.name(),
                        backend -> new EncoderRehearsal(backend, miniature, Rehearsal.ROUNDS)));
    }

    private Place add(Part part) {
        waiting.add(part);
        return () -> {
            part.isUnwanted.set(true);
            if (!waiting.remove(part)) {
                part.over.join();
            }
        };
    }

    /**
     * Begins with the kernels of a first request, of what was handed over and will be, as long as
     * models are being loaded; the others wait for {@link #start}.
     */
    public synchronized void begin() {
        if (!isClosing && thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Compiles everything from now on. */
    public void start() {
        begin();
        isStarted.countDown();
    }

    private void run() {
        try {
            while (!isClosing) {
                Part part = waiting.take();
                try {
                    rehearse(part);
                } finally {
                    part.over.complete(null);
                }
            }
        } catch (InterruptedException closed) {
            LOG.log(System.Logger.Level.DEBUG, "warm-up ended");
        }
    }

    /** Whatever goes wrong with a miniature, the model itself is not concerned. */
    private void rehearse(Part part) throws InterruptedException {
        try (Backend backend = Backends.open(options);
                Rounds rounds = part.rounds.apply(backend)) {
            if (backend.memoryBytes().isPresent()) {
                return; // a device's kernels were compiled when it was opened
            }
            long first = run(part, rounds);
            while (!isStarted.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (part.isUnwanted.get()) {
                    return;
                }
            }
            rounds.goOn();
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "model {0}: kernels compiled ahead in {1} and {2} ms",
                    part.model,
                    first,
                    run(part, rounds));
        } catch (RuntimeException | Error failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "model "
                            + part.model
                            + ": kernels were not compiled ahead, first answers may be slow",
                    failure);
        }
    }

    /** Milliseconds of work. */
    private long run(Part part, Rounds rounds) throws InterruptedException {
        long worked = 0;
        while (!rounds.isDone() && !isClosing && !part.isUnwanted.get() && worked < MOST_NANOS) {
            if (isBusy.getAsBoolean()) {
                Thread.sleep(PAUSE_MILLIS);
            } else {
                long start = System.nanoTime();
                rounds.step();
                worked += System.nanoTime() - start;
            }
        }
        return worked / 1_000_000;
    }

    /** Stops after the current step and waits for that. */
    @Override
    public void close() {
        synchronized (this) {
            isClosing = true;
        }
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
