package dev.nightjar.engine.run;

import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.engine.request.ModelUnloadedException;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.kernels.backend.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The single thread that drives a device. It hosts all models loaded there; each turn takes what
 * callers posted, then runs one step of the model that has waited longest, one chunk of a prompt
 * whose logits are asked for, and one step of an encoder. Callers only post commands and read
 * streams: scheduler, cache and kernels need no locks.
 */
public final class EngineLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EngineLoop.class.getName());

    private static final int POLL_MILLIS = 5;

    private final Backend backend;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final List<LoadedModel> models = new CopyOnWriteArrayList<>();
    private final List<LoadedEncoder> encoders = new CopyOnWriteArrayList<>();
    private final AtomicLong nextSequenceId = new AtomicLong();
    private final Thread thread;
    private int nextModel;
    private int nextPass;
    private int nextEncoder;
    private volatile boolean isDraining;
    private volatile boolean isClosing;
    private volatile boolean isEnded;
    private volatile boolean hasFailed;

    /** When the turn began that runs now, by {@link System#nanoTime}; meaningless while idle. */
    private volatile long turnNanos;

    private volatile boolean isIdle = true;

    /** Starts the thread; the loop owns the backend from now on. */
    public EngineLoop(Backend backend) {
        this.backend = backend;
        this.thread = Thread.ofPlatform().name("nightjar-engine").daemon(true).start(this::run);
    }

    /** The device's ops. */
    public Backend backend() {
        return backend;
    }

    /** Models in service. */
    public List<LoadedModel> models() {
        return List.copyOf(models);
    }

    /** Puts a model into service. */
    public void add(LoadedModel model) {
        models.add(model);
    }

    /** Puts an encoder into service. */
    public void add(LoadedEncoder encoder) {
        encoders.add(encoder);
    }

    /** Lets so many of a model's sequences run at the same time, from the next step on. */
    public void allowSequences(LoadedModel model, int value) {
        post(() -> model.allowSequences(value));
    }

    /**
     * Takes a model out of service: it refuses new work at once, what runs may end, at most that
     * long, then the rest is ended and the model's memory released. Waits for all of that.
     */
    public void remove(Resident model, Duration atMost) throws InterruptedException {
        model.refuseWork();
        try {
            awaitIdle(model::isBusy, atMost);
        } finally {
            release(model);
        }
    }

    private void release(Resident model) {
        CompletableFuture<Void> released = new CompletableFuture<>();
        post(
                () -> {
                    models.remove(model);
                    encoders.remove(model);
                    try {
                        model.close();
                        released.complete(null);
                    } catch (RuntimeException | Error failure) {
                        released.completeExceptionally(failure);
                    }
                });
        released.join();
    }

    /**
     * Runs inputs through an encoder, together with those of other callers and between the steps of
     * what runs, and waits for them; on an interrupt nothing more is computed.
     *
     * @param inputs checked before
     * @return the result of each input: its pooled vector or its scores
     * @throws EngineClosedException if the engine is shutting down
     * @throws ModelUnloadedException if the model is being taken out of service
     * @throws QueueFullException if as many requests wait as the encoder allows
     */
    public float[][] encode(LoadedEncoder encoder, List<EncoderInput> inputs)
            throws InterruptedException {
        if (isDraining || isClosing) {
            throw new EngineClosedException();
        }
        if (inputs.isEmpty()) {
            return new float[0][];
        }
        EncoderPass pass = new EncoderPass(inputs);
        encoder.reserve();
        post(() -> encoder.add(pass));
        return pass.await();
    }

    /**
     * Queues a sequence; any thread, never blocks.
     *
     * @throws ContextLengthException if the prompt leaves no room for a token
     * @throws QueueFullException if as many sequences wait as the model allows
     * @throws EngineClosedException if the engine is shutting down
     * @throws ModelUnloadedException if the model is being taken out of service
     */
    public TokenStream submit(LoadedModel model, GenerationRequest request) {
        if (isDraining || isClosing) {
            throw new EngineClosedException();
        }
        model.live().reserve(request);
        long id = nextSequenceId.incrementAndGet();
        BoundedTokenStream stream =
                new BoundedTokenStream(
                        id,
                        request.numPromptTokens(),
                        request.numTopLogprobs(),
                        new StreamControl(model));
        long now = System.nanoTime();
        post(() -> model.live().admit(request, stream, now));
        return stream;
    }

    /**
     * Computes the logits of every position, in chunks between the steps of what runs, and waits
     * for them; the sink is called on the engine thread.
     *
     * @throws EngineClosedException if the engine is shutting down
     * @throws ModelUnloadedException if the model is being taken out of service
     * @throws QueueFullException if as many prompts wait as the model allows sequences
     * @throws java.util.concurrent.CancellationException if the caller was interrupted
     */
    public void logits(LoadedModel model, int[] ids, LogitsSink sink) {
        begin(model, ids, ids.length, model.logitRows(sink)).awaitQuietly();
    }

    /**
     * How likely each token of a prompt is after those before it, computed in chunks between the
     * steps of what runs. Waits for the result; on an interrupt nothing more is computed.
     *
     * @param top how many alternatives to report with each token
     * @return all tokens but the first, before which nothing stands
     * @throws EngineClosedException if the engine is shutting down
     * @throws ModelUnloadedException if the model is being taken out of service
     * @throws QueueFullException if as many prompts wait as the model allows sequences
     * @throws ContextLengthException if the prompt exceeds the context
     */
    public List<TokenEvent.Token> scorePrompt(LoadedModel model, int[] ids, int top)
            throws InterruptedException {
        GenerationRequest.checkTopLogprobs(top);
        PromptScores scores = model.promptScores(ids, top);
        begin(model, ids, ids.length - 1, scores).await();
        return scores.tokens();
    }

    private PromptPass begin(
            LoadedModel model, int[] ids, int numPositions, PromptPass.Reader reader) {
        if (isClosing) {
            throw new EngineClosedException();
        }
        model.passes().reserve(ids);
        PromptPass pass = new PromptPass(ids, numPositions, reader);
        post(() -> model.passes().add(pass));
        return pass;
    }

    /** Refuses new work and waits until what runs has ended, at most that long. */
    public void drain(Duration atMost) throws InterruptedException {
        isDraining = true;
        awaitIdle(this::isBusy, atMost);
    }

    private static void awaitIdle(BooleanSupplier isBusy, Duration atMost)
            throws InterruptedException {
        long start = System.nanoTime();
        while (isBusy.getAsBoolean() && System.nanoTime() - start < atMost.toNanos()) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Ends all sequences, stops the thread and releases models and backend. */
    @Override
    public void close() {
        isClosing = true;
        LockSupport.unpark(thread);
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

    /** Whether anything is being computed or waits for that; any thread. */
    public boolean isBusy() {
        return !inbox.isEmpty()
                || models.stream().anyMatch(Resident::isBusy)
                || encoders.stream().anyMatch(Resident::isBusy);
    }

    /**
     * Whether the thread has ended by a failure, so that nothing is computed any more; any thread.
     */
    public boolean hasFailed() {
        return hasFailed;
    }

    /** How long the turn has taken that runs now; zero while there is nothing to do; any thread. */
    public Duration turnTime() {
        // The time is read last: of a turn that begins meanwhile, which makes it too short at most.
        return isIdle || isEnded
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, System.nanoTime() - turnNanos));
    }

    private final class StreamControl implements BoundedTokenStream.Control {

        private final LoadedModel model;

        StreamControl(LoadedModel model) {
            this.model = model;
        }

        @Override
        public void abort(long sequenceId) {
            post(() -> model.live().abort(sequenceId));
        }

        @Override
        public void wake() {
            LockSupport.unpark(thread);
        }
    }

    private void post(Runnable command) {
        inbox.add(command);
        LockSupport.unpark(thread);
        if (isEnded) {
            drainInbox(); // the thread will not come back for it
        }
    }

    private void run() {
        try {
            while (!isClosing) {
                turnNanos = System.nanoTime();
                isIdle = false;
                drainInbox();
                long nearestDeadline = expire();
                boolean hasWorked = stepNextModel() | passNextModel() | stepNextEncoder();
                if (!hasWorked && inbox.isEmpty() && !isClosing) {
                    isIdle = true;
                    await(nearestDeadline);
                }
            }
        } catch (RuntimeException | Error failure) {
            LOG.log(System.Logger.Level.ERROR, "the engine thread failed", failure);
            hasFailed = true;
            isClosing = true;
        } finally {
            shutDown();
        }
    }

    private void shutDown() {
        drainInbox();
        models.forEach(LoadedModel::close);
        encoders.forEach(LoadedEncoder::close);
        isEnded = true;
        drainInbox();
        backend.close();
    }

    private synchronized void drainInbox() {
        Runnable command;
        while ((command = inbox.poll()) != null) {
            command.run();
        }
    }

    private long expire() {
        long now = System.nanoTime();
        long nearest = Long.MAX_VALUE;
        for (int i = 0; i < models.size(); i++) {
            nearest = Math.min(nearest, models.get(i).live().expire(now));
        }
        return nearest;
    }

    /** Runs one step of the next model in turn that has something to do. */
    private boolean stepNextModel() {
        int count = models.size();
        for (int i = 0; i < count; i++) {
            LoadedModel model = models.get((nextModel + i) % count);
            if (!model.live().isEmpty() && model.step()) {
                nextModel = (nextModel + i + 1) % count;
                return true;
            }
        }
        return false;
    }

    /** Computes one chunk of the next model in turn that has a prompt to be looked at. */
    private boolean passNextModel() {
        int count = models.size();
        for (int i = 0; i < count; i++) {
            int index = (nextPass + i) % count;
            if (models.get(index).passes().step()) {
                nextPass = (index + 1) % count;
                return true;
            }
        }
        return false;
    }

    /** Runs one step of the next encoder in turn that has something to do. */
    private boolean stepNextEncoder() {
        int count = encoders.size();
        for (int i = 0; i < count; i++) {
            int index = (nextEncoder + i) % count;
            if (encoders.get(index).step()) {
                nextEncoder = (index + 1) % count;
                return true;
            }
        }
        return false;
    }

    private void await(long deadlineNanos) {
        if (deadlineNanos == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, Math.max(1, deadlineNanos - System.nanoTime()));
        }
    }
}
