package dev.nightjar.engine.run;

import dev.nightjar.engine.request.EncoderInput;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The inputs of one request to an encoder and what becomes of them. The caller waits or gives up;
 * all else belongs to the engine thread.
 */
final class EncoderPass {

    private final List<EncoderInput> inputs;
    private final float[][] results;
    private final CompletableFuture<float[][]> done = new CompletableFuture<>();
    private volatile boolean isCancelled;
    private int next;

    /**
     * Takes inputs.
     *
     * @param inputs checked before
     */
    EncoderPass(List<EncoderInput> inputs) {
        this.inputs = List.copyOf(inputs);
        this.results = new float[inputs.size()][];
    }

    /** Waits for all results; on an interrupt nothing more is computed. */
    float[][] await() throws InterruptedException {
        try {
            return done.get();
        } catch (InterruptedException interrupt) {
            isCancelled = true;
            throw interrupt;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CompletionException(failure.getCause());
        }
    }

    boolean isCancelled() {
        return isCancelled;
    }

    /** Whether there is an input that no step has taken. */
    boolean hasNext() {
        return next < inputs.size();
    }

    EncoderInput peek() {
        return inputs.get(next);
    }

    /** Takes the next input into a step; returns its index. */
    int take() {
        return next++;
    }

    void put(int index, float[] result) {
        results[index] = result;
    }

    void complete() {
        done.complete(results);
    }

    void fail(Throwable failure) {
        done.completeExceptionally(failure);
    }
}
