package dev.nightjar.engine.run;

import dev.nightjar.kernels.backend.KvStore;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * One token sequence whose logits are asked for at every position. The caller waits or gives up;
 * all else belongs to the engine thread.
 */
final class PromptPass {

    private final int[] ids;
    private final int numPositions;
    private final Reader reader;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean isCancelled;
    private Optional<KvStore> kv = Optional.empty();
    private int next;

    /** Takes the logits of a chunk while they stand in the model's buffer. */
    @FunctionalInterface
    interface Reader {
        /** Row i has the logits after position {@code first + i}, for {@code count} rows. */
        void read(int first, int count);
    }

    /**
     * Asks for the logits after the first {@code numPositions} tokens.
     *
     * @param ids checked before
     */
    PromptPass(int[] ids, int numPositions, Reader reader) {
        this.ids = ids.clone();
        this.numPositions = numPositions;
        this.reader = reader;
    }

    /** Waits for the end; on an interrupt nothing more is computed. */
    void await() throws InterruptedException {
        try {
            done.get();
        } catch (InterruptedException interrupt) {
            isCancelled = true;
            throw interrupt;
        } catch (ExecutionException failure) {
            throw unwrap(failure);
        }
    }

    /** Waits for the end; after an interrupt, until the reader will not be called any more. */
    void awaitQuietly() {
        try {
            await();
        } catch (InterruptedException interrupt) {
            try {
                done.join();
            } catch (CompletionException | CancellationException ended) {
                throw new CancellationException("interrupted while computing logits");
            } finally {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unwrap(ExecutionException failure) {
        return failure.getCause() instanceof RuntimeException cause
                ? cause
                : new CompletionException(failure.getCause());
    }

    boolean isCancelled() {
        return isCancelled;
    }

    boolean isComputed() {
        return next == numPositions;
    }

    int next() {
        return next;
    }

    int numPositions() {
        return numPositions;
    }

    int token(int position) {
        return ids[position];
    }

    Optional<KvStore> kv() {
        return kv;
    }

    void start(KvStore store) {
        kv = Optional.of(store);
    }

    /** Hands over the rows up to position {@code end}. */
    void read(int end) {
        reader.read(next, end - next);
        next = end;
    }

    /** The end, with or without a failure; does nothing the second time. */
    void end(Optional<Throwable> failure) {
        kv.ifPresent(KvStore::close);
        kv = Optional.empty();
        failure.ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
    }
}
