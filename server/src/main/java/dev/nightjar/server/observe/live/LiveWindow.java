package dev.nightjar.server.observe.live;

import dev.nightjar.engine.metrics.Distributions;
import dev.nightjar.engine.metrics.EncoderStats;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.server.catalog.ModelCatalog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Takes a snapshot of all counters every few seconds and keeps those of the last minute, so that
 * nobody who counts has to think of time. Thread-safe.
 */
public final class LiveWindow implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int KEPT = 12;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final EncoderStats NO_ENCODER = new EncoderStats(0, 0, 0, 0);

    private final ModelCatalog models;
    private final LongSupplier requests;
    private final LongSupplier errors;
    private final Thread thread;

    /** Oldest first, never empty; guarded by itself. */
    private final Deque<Snapshot> snapshots = new ArrayDeque<>();

    /**
     * Begins to look.
     *
     * @param requests answered so far
     * @param errors among them
     */
    public LiveWindow(ModelCatalog models, LongSupplier requests, LongSupplier errors) {
        this.models = models;
        this.requests = requests;
        this.errors = errors;
        sample();
        this.thread = Thread.ofVirtual().name("live-window").start(this::sampleUntilClosed);
    }

    /**
     * Rates of the server.
     *
     * @param seconds what they are means over: up to a minute, less after the start
     * @param requestsPerSecond answered
     * @param errorsPerSecond among them
     */
    public record ServerRates(double seconds, double requestsPerSecond, double errorsPerSecond) {}

    /**
     * Rates of a model of text.
     *
     * @param sequencesPerSecond that ended
     * @param generatedPerSecond tokens sampled
     * @param computedPerSecond tokens that went through the model
     * @param cachedPerSecond prompt tokens taken from the prefix cache
     * @param batchSize mean sequences of a step; 0 without steps
     * @param distributions of what happened in this time
     */
    public record ModelRates(
            double sequencesPerSecond,
            double generatedPerSecond,
            double computedPerSecond,
            double cachedPerSecond,
            double batchSize,
            Distributions distributions) {}

    /**
     * Rates of an encoder.
     *
     * @param sequencesPerSecond texts and pairs computed
     * @param computedPerSecond their tokens
     */
    public record EncoderRates(double sequencesPerSecond, double computedPerSecond) {}

    /** Of the server as a whole. */
    public ServerRates server() {
        Snapshot before = oldest();
        double seconds = secondsSince(before);
        return new ServerRates(
                seconds,
                (requests.getAsLong() - before.requests()) / seconds,
                (errors.getAsLong() - before.errors()) / seconds);
    }

    /**
     * Of a model of text.
     *
     * @param now its counters
     */
    public ModelRates model(String name, EngineStats now) {
        Snapshot oldest = oldest();
        EngineStats seen = oldest.models().getOrDefault(name, EngineStats.NONE);
        // Fewer steps than before: the model was loaded anew meanwhile.
        EngineStats before = seen.steps() <= now.steps() ? seen : EngineStats.NONE;
        double seconds = secondsSince(oldest);
        long steps = now.steps() - before.steps();
        long sequences = now.scheduledSequences() - before.scheduledSequences();
        return new ModelRates(
                (now.finished() - before.finished()) / seconds,
                (now.generatedTokens() - before.generatedTokens()) / seconds,
                (now.computedTokens() - before.computedTokens()) / seconds,
                (now.cachedTokens() - before.cachedTokens()) / seconds,
                steps == 0 ? 0 : (double) sequences / steps,
                now.distributions().minus(before.distributions()));
    }

    /**
     * Of an encoder.
     *
     * @param now its counters
     */
    public EncoderRates encoder(String name, EncoderStats now) {
        Snapshot oldest = oldest();
        EncoderStats seen = oldest.encoders().getOrDefault(name, NO_ENCODER);
        EncoderStats before = seen.steps() <= now.steps() ? seen : NO_ENCODER;
        double seconds = secondsSince(oldest);
        return new EncoderRates(
                (now.sequences() - before.sequences()) / seconds,
                (now.tokens() - before.tokens()) / seconds);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void sampleUntilClosed() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                sample();
            }
        } catch (InterruptedException closed) {
            // Nobody looks any more.
        }
    }

    private void sample() {
        Snapshot now = Snapshot.of(models, requests.getAsLong(), errors.getAsLong());
        synchronized (snapshots) {
            snapshots.add(now);
            if (snapshots.size() > KEPT) {
                snapshots.remove();
            }
        }
    }

    private Snapshot oldest() {
        synchronized (snapshots) {
            return snapshots.element();
        }
    }

    private static double secondsSince(Snapshot before) {
        return Math.max(1, System.nanoTime() - before.nanos()) / NANOS_PER_SECOND;
    }
}
