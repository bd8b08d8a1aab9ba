package dev.nightjar.engine.run;

import dev.nightjar.engine.metrics.EncoderPlan;
import dev.nightjar.engine.metrics.EncoderStats;
import dev.nightjar.engine.model.encoder.BatchEncoder;
import dev.nightjar.engine.model.encoder.EncoderBatch;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.engine.request.ModelUnloadedException;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An encoder in service. Each step takes inputs up to a number of tokens, one of each request in
 * turn, so that a request of many inputs does not delay the others; an input that is longer has a
 * step of its own. Methods belong to the engine thread unless they say otherwise.
 */
public final class LoadedEncoder implements Resident {

    private static final System.Logger LOG = System.getLogger(LoadedEncoder.class.getName());

    private final String name;
    private final BatchEncoder model;
    private final EncoderPlan plan;
    private final EncoderBatch batch;
    private final Deque<EncoderPass> pending = new ArrayDeque<>();
    private final AtomicInteger numPending = new AtomicInteger();
    private final List<Row> rows = new ArrayList<>();
    private volatile EncoderStats stats = new EncoderStats(0, 0, 0, 0);
    private volatile boolean isRefusing;
    private boolean isClosed;

    /** An input in the step: row of the result. */
    private record Row(EncoderPass pass, int index) {}

    /**
     * Puts an encoder into service.
     *
     * @param plan how much it takes at once
     */
    public LoadedEncoder(Backend backend, String name, BatchEncoder model, EncoderPlan plan) {
        this.name = name;
        this.model = model;
        this.batch = new EncoderBatch(backend, plan.maxStepTokens());
        this.plan = backend.deviceUse().map(plan::measured).orElse(plan);
    }

    @Override
    public String name() {
        return name;
    }

    /** The model; any thread may ask it for its configuration. */
    public BatchEncoder model() {
        return model;
    }

    /** Its memory and its limits; any thread. */
    public EncoderPlan plan() {
        return plan;
    }

    /** A snapshot of the counters; any thread. */
    public EncoderStats stats() {
        EncoderStats now = stats;
        return new EncoderStats(now.steps(), now.sequences(), now.tokens(), numPending.get());
    }

    @Override
    public void refuseWork() {
        isRefusing = true;
    }

    @Override
    public boolean isBusy() {
        return numPending.get() > 0;
    }

    /**
     * Reserves a place; any thread.
     *
     * @throws QueueFullException if as many requests wait as are allowed
     * @throws ModelUnloadedException if no more work is taken
     */
    void reserve() {
        if (numPending.incrementAndGet() > plan.maxQueued()) {
            numPending.decrementAndGet();
            throw new QueueFullException(plan.maxQueued());
        }
        if (isRefusing) { // asked after counting: whoever waits for an idle model sees this
            numPending.decrementAndGet();
            throw new ModelUnloadedException(name);
        }
    }

    /** Queues a request that has a reserved place. */
    void add(EncoderPass pass) {
        pending.add(pass);
        if (isClosed) {
            end(pass, new EngineClosedException());
        }
    }

    /**
     * Computes the next inputs.
     *
     * @return false if there are none
     */
    boolean step() {
        if (pending.isEmpty()) {
            return false;
        }
        List.copyOf(pending).stream()
                .filter(EncoderPass::isCancelled)
                .forEach(pass -> end(pass, new CancellationException("the caller gave up")));
        if (pending.isEmpty()) {
            return false;
        }
        try {
            fill();
            deliver(model.forward(batch));
        } catch (RuntimeException | Error failure) {
            LOG.log(System.Logger.Level.ERROR, "a step of encoder " + name + " failed", failure);
            IllegalStateException told =
                    new IllegalStateException(
                            "the engine failed to compute a step: " + failure, failure);
            rows.forEach(row -> end(row.pass, told));
        }
        return true;
    }

    private void fill() {
        rows.clear();
        batch.clear();
        while (takeFromEach()) {}
        batch.commit();
        pending.add(pending.remove()); // another request begins the next step
    }

    /**
     * Takes one more input of each request whose next one fits.
     *
     * @return false if there was none
     */
    private boolean takeFromEach() {
        int before = rows.size();
        for (EncoderPass pass : pending) {
            if (pass.hasNext() && fits(pass.peek())) {
                EncoderInput input = pass.peek();
                rows.add(new Row(pass, pass.take()));
                batch.add(input.ids(), input.typeIds(), input.numSkipped());
            }
        }
        return rows.size() > before;
    }

    private boolean fits(EncoderInput input) {
        return batch.numSequences() == 0
                || batch.numTokens() + input.numTokens() <= plan.maxStepTokens();
    }

    private void deliver(Matrix result) {
        for (int row = 0; row < rows.size(); row++) {
            float[] values = new float[result.cols()];
            result.buffer()
                    .read(
                            result.offset() + (long) row * result.rowStride(),
                            values,
                            0,
                            values.length);
            deliver(rows.get(row), values);
        }
        stats =
                new EncoderStats(
                        stats.steps() + 1,
                        stats.sequences() + rows.size(),
                        stats.tokens() + batch.numTokens(),
                        0);
        List.copyOf(pending).stream().filter(pass -> !pass.hasNext()).forEach(this::complete);
    }

    private void complete(EncoderPass pass) {
        pending.remove(pass);
        numPending.decrementAndGet();
        pass.complete();
    }

    private void deliver(Row row, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                end(row.pass, new ArithmeticException("the encoder computed no finite numbers"));
                return;
            }
        }
        row.pass.put(row.index, values);
    }

    /** Ends a request with a failure; does nothing the second time. */
    private void end(EncoderPass pass, Throwable failure) {
        if (pending.remove(pass)) {
            numPending.decrementAndGet();
            pass.fail(failure);
        }
    }

    /** Ends all requests and those still to come. */
    @Override
    public void close() {
        isClosed = true;
        while (!pending.isEmpty()) {
            end(pending.peek(), new EngineClosedException());
        }
        model.close();
    }
}
