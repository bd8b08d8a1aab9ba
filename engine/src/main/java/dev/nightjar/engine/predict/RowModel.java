package dev.nightjar.engine.predict;

import dev.nightjar.engine.metrics.RowStats;
import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.engine.request.ModelUnloadedException;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model of rows in service. One thread of its own computes: while it does, the rows of other
 * requests gather, and the next batch takes them together. A request of many rows is computed in
 * parts, so that others need not wait for all of it. What a row is told never depends on the rows
 * beside it. Safe for use by several threads.
 */
public final class RowModel {

    private final String name;
    private final TabularModel model;
    private final int maxQueued;
    private final LinkedBlockingQueue<RowJob> inbox = new LinkedBlockingQueue<>();
    private final AtomicInteger numPending = new AtomicInteger();
    private final RowBatches batches;
    private final Thread thread;
    private volatile boolean isRefusing;

    /**
     * Puts a model into service.
     *
     * @param name that it is served under
     * @param maxQueued requests that may wait
     */
    public RowModel(String name, TabularModel model, int maxQueued) {
        this.name = name;
        this.model = model;
        this.maxQueued = maxQueued;
        this.batches = new RowBatches(model, inbox, this::ended);
        this.thread = Thread.ofPlatform().name("rows-" + name).daemon(true).start(batches);
    }

    /** The name it is served under. */
    public String name() {
        return name;
    }

    /** What it takes and gives; its own {@code predict} computes on the caller's thread. */
    public TabularModel model() {
        return model;
    }

    /** A snapshot of the counters. */
    public RowStats stats() {
        return batches.stats(numPending.get());
    }

    /**
     * Predicts for each row, together with the rows of others; waits for that, and gives up when
     * the thread is interrupted.
     *
     * @throws dev.nightjar.engine.request.InvalidRequestException if the table does not fit, or the
     *     model has no such kind
     * @throws QueueFullException if as many requests wait as are allowed
     * @throws ModelUnloadedException if the model is taken out of service
     */
    public Predictions predict(Table rows, PredictionKind kind) throws InterruptedException {
        model.check(rows, kind);
        if (rows.numRows() == 0) {
            return model.predict(rows, kind);
        }
        RowJob job = new RowJob(rows, kind, new CompletableFuture<>());
        submit(job);
        try {
            return job.result().get();
        } catch (InterruptedException stopped) {
            job.result().cancel(false);
            throw stopped;
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(failed.getCause());
            }
        }
    }

    private void submit(RowJob job) {
        if (numPending.incrementAndGet() > maxQueued) {
            numPending.decrementAndGet();
            throw new QueueFullException(maxQueued);
        }
        if (isRefusing) { // asked after counting: whoever waits for an idle model sees this
            numPending.decrementAndGet();
            throw new ModelUnloadedException(name);
        }
        inbox.add(job);
    }

    private void ended() {
        numPending.decrementAndGet();
    }

    /** Waits until nothing is left to do, at most that long. */
    public void drain(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (numPending.get() > 0 && System.nanoTime() - end < 0) {
            Thread.sleep(1);
        }
    }

    /** Takes the model out of service: what runs may end, at most that long. */
    public void close(Duration atMost) throws InterruptedException {
        isRefusing = true;
        drain(atMost);
        thread.interrupt();
        thread.join();
        for (RowJob left = inbox.poll(); left != null; left = inbox.poll()) {
            left.result().completeExceptionally(new EngineClosedException());
            ended();
        }
    }
}
