package dev.nightjar.engine.run;

import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.engine.request.ModelUnloadedException;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Computes logits of whole token sequences beside the sequences in flight: exact activations, an
 * f32 cache of its own that lives as long as the pass. One pass after the other, a chunk of it
 * between two steps, so that running streams go on. All methods belong to the engine thread unless
 * they say otherwise.
 */
final class PromptPasses implements AutoCloseable {

    private final String name;
    private final Backend backend;
    private final CausalLm model;
    private final ForwardBatch batch;
    private final int maxRows;
    private final int maxPending;
    private final MemoryPlan plan;
    private final Queue<PromptPass> pending = new ArrayDeque<>();
    private final AtomicInteger numPending = new AtomicInteger();
    private volatile boolean isRefusing;
    private boolean isClosed;

    /**
     * Shares the batch of the steps, between which it runs.
     *
     * @param name of the model, for errors
     * @param maxRows rows of logits that the model computes at once
     * @param maxPending passes that may wait
     */
    PromptPasses(
            String name,
            Backend backend,
            CausalLm model,
            ForwardBatch batch,
            int maxRows,
            int maxPending,
            MemoryPlan plan) {
        this.name = name;
        this.backend = backend;
        this.model = model;
        this.batch = batch;
        this.maxRows = Math.min(maxRows, batch.maxTokens());
        this.maxPending = maxPending;
        this.plan = plan;
    }

    /**
     * Refuses at the door what cannot be computed, else reserves a place; any thread.
     *
     * @throws IllegalArgumentException if there is no token or one is not the model's
     * @throws ContextLengthException if the tokens exceed the context
     * @throws QueueFullException if as many passes wait as are allowed
     * @throws ModelUnloadedException if no more passes are taken
     */
    void reserve(int[] ids) {
        check(ids);
        if (numPending.incrementAndGet() > maxPending) {
            numPending.decrementAndGet();
            throw new QueueFullException(maxPending);
        }
        if (isRefusing) { // asked after counting, see LiveSequences
            numPending.decrementAndGet();
            throw new ModelUnloadedException(name);
        }
    }

    /** Takes no more passes; any thread. */
    void refuseWork() {
        isRefusing = true;
    }

    /** Passes that have not ended; any thread. */
    int numPending() {
        return numPending.get();
    }

    /** Rows that a reader gets at once. */
    int maxRows() {
        return maxRows;
    }

    /** Queues a pass that has a reserved place. */
    void add(PromptPass pass) {
        pending.add(pass);
        if (isClosed) {
            end(Optional.of(new EngineClosedException()));
        }
    }

    /**
     * Computes the next chunk.
     *
     * @return false if there is none
     */
    boolean step() {
        PromptPass pass = pending.peek();
        if (pass == null) {
            return false;
        }
        try {
            if (pass.isCancelled()) {
                throw new CancellationException("the caller gave up");
            }
            if (!pass.isComputed()) {
                compute(pass);
            }
        } catch (RuntimeException | Error failure) {
            end(Optional.of(failure));
            return true;
        }
        if (pass.isComputed()) {
            end(Optional.empty());
        }
        return true;
    }

    private void compute(PromptPass pass) {
        if (pass.kv().isEmpty()) {
            int numBlocks = Math.ceilDiv(pass.numPositions(), plan.blockSize());
            pass.start(backend.allocateKv(LoadedModel.kvSpec(model, plan, numBlocks)));
        }
        int end = Math.min(pass.numPositions(), pass.next() + maxRows);
        forward(pass, end, pass.kv().orElseThrow());
        pass.read(end);
    }

    private void forward(PromptPass pass, int end, KvStore kv) {
        batch.clear();
        batch.beginSequence(end);
        for (int block = 0; block < Math.ceilDiv(end, plan.blockSize()); block++) {
            batch.setBlock(block, block);
        }
        for (int position = pass.next(); position < end; position++) {
            batch.addToken(pass.token(position), position);
            batch.wantLogits();
        }
        batch.commit();
        model.forward(batch, kv).await();
    }

    private void end(Optional<Throwable> failure) {
        PromptPass pass = pending.remove();
        numPending.decrementAndGet();
        pass.end(failure);
    }

    /** Ends all passes and those still to come. */
    @Override
    public void close() {
        isClosed = true;
        while (!pending.isEmpty()) {
            end(Optional.of(new EngineClosedException()));
        }
    }

    private void check(int[] ids) {
        if (ids.length == 0) {
            throw new IllegalArgumentException("logits need at least one token id");
        }
        if (ids.length > plan.maxContext()) {
            throw new ContextLengthException(ids.length, plan.maxContext());
        }
        for (int id : ids) {
            if (id < 0 || id >= model.vocabSize()) {
                throw new IllegalArgumentException(
                        "token ids go from 0 to %d, found %d".formatted(model.vocabSize() - 1, id));
            }
        }
    }
}
