package dev.nightjar.kernels.cpu.simd.team;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of platform threads that share the chunks of one task at a time; the caller is
 * worker 0. Each begins with a range of its own ({@link ChunkRanges}) and then helps others, so a
 * thread that the system holds up delays nobody by more than its current chunk. Idle threads spin
 * for {@value #SPIN_NANOS} ns, because the next op of a forward pass follows at once, and park
 * after that.
 *
 * <p>A worker reads the task once it owns a chunk. A task that still has an unfinished chunk cannot
 * be replaced, so what it reads belongs to its chunk, even if the worker overslept earlier tasks.
 *
 * <p>Called from one thread at a time, never from inside a task.
 */
public final class WorkerPool implements AutoCloseable {

    private static final long SPIN_NANOS = 60_000;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    /** Words apart, so that polling for the next task does not slow down counting. */
    private static final int EPOCH = 16;

    private static final int DONE = 48;

    private final long[] words = new long[64];
    private final ChunkRanges ranges;
    private final Worker[] workers;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;
    private PoolTask task;

    /** Starts {@code threads - 1} daemon threads. */
    public WorkerPool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be >= 1, found " + threads);
        }
        ranges = new ChunkRanges(threads);
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    /** Threads of the team, the caller included. */
    public int threads() {
        return workers.length + 1;
    }

    /**
     * Runs chunks {@code [0, chunks)} and returns when all are done. The first exception of a chunk
     * is thrown here; chunks not begun by then are dropped, and the pool stays usable.
     */
    public void run(PoolTask newTask, int chunks) {
        if (closed) {
            throw new IllegalStateException("the worker pool is closed; open a new backend");
        }
        if (workers.length == 0 || chunks <= 1) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                newTask.run(0, chunk);
            }
            return;
        }
        task = newTask;
        WORD.setRelease(words, DONE, 0L);
        ranges.deal(chunks);
        WORD.setVolatile(words, EPOCH, epoch() + 1);
        wake(chunks - 1);
        drain(0);
        awaitDone(chunks);
        rethrow(failure.getAndSet(null));
    }

    private void wake(int wanted) {
        for (int i = 0; i < workers.length && i < wanted; i++) {
            if (workers[i].parked) {
                LockSupport.unpark(workers[i]);
            }
        }
    }

    /**
     * Takes chunks until none is left; all of one task, as it cannot end before they are counted.
     */
    private void drain(int worker) {
        long finished = 0;
        for (int chunk = ranges.take(worker); chunk >= 0; chunk = ranges.take(worker)) {
            runChunk(worker, chunk);
            finished++;
        }
        if (finished > 0) {
            WORD.getAndAdd(words, DONE, finished);
        }
    }

    private void runChunk(int worker, int chunk) {
        if (failure.get() != null) {
            return;
        }
        try {
            task.run(worker, chunk);
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        }
    }

    private void awaitDone(int chunks) {
        long spinEnd = System.nanoTime() + SPIN_NANOS;
        for (int i = 1; (long) WORD.getAcquire(words, DONE) != chunks; i++) {
            Thread.onSpinWait();
            if (i % 64 == 0 && System.nanoTime() > spinEnd) {
                Thread.yield();
            }
        }
    }

    private static void rethrow(Throwable thrown) {
        switch (thrown) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException("a kernel failed", thrown);
        }
    }

    /** How many tasks there were. */
    private long epoch() {
        return (long) WORD.getVolatile(words, EPOCH);
    }

    /** Ends the threads; no run may be in progress. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Worker extends Thread {

        private final int index;
        private volatile boolean parked;

        /** The last task that was looked at. */
        private long seen;

        Worker(int index) {
            super("nightjar-kernel-" + index);
            this.index = index;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!closed) {
                awaitWork();
                seen = epoch();
                drain(index);
            }
        }

        private boolean isIdle() {
            return epoch() == seen && !closed;
        }

        private void awaitWork() {
            long spinEnd = System.nanoTime() + SPIN_NANOS;
            for (int i = 1; isIdle(); i++) {
                Thread.onSpinWait();
                if (i % 64 == 0 && System.nanoTime() > spinEnd) {
                    park();
                }
            }
        }

        /** The flag is raised before the last look, so a publisher sees it or is seen. */
        private void park() {
            parked = true;
            if (isIdle()) {
                LockSupport.park(WorkerPool.this);
                Thread.interrupted();
            }
            parked = false;
        }
    }
}
