package dev.nightjar.server.observe.trace;

import dev.nightjar.server.observe.metric.Counter;
import dev.nightjar.server.observe.metric.Family;
import dev.nightjar.server.observe.metric.Label;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.request.FinishedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes spans of requests and sends them in batches, on a thread of its own: a collector that is
 * slow or gone costs spans, never a request. Thread-safe.
 */
public final class Tracer implements Consumer<FinishedRequest>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Tracer.class.getName());

    private static final int MAX_QUEUED = 2048;
    private static final int MAX_BATCH = 512;
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int PERCENT = 100;
    private static final int FIRST_FAILURE = 300;

    private final TraceConfig config;
    private final URI endpoint;
    private final BlockingQueue<Span> queue = new LinkedBlockingQueue<>(MAX_QUEUED);
    private final Counter sent;
    private final Counter dropped;
    private final Thread thread;
    private volatile boolean isClosing;
    private boolean hasWarned;

    private Tracer(TraceConfig config, URI endpoint, Family<Counter> spans) {
        this.config = config;
        this.endpoint = endpoint;
        this.sent = spans.of("sent");
        this.dropped = spans.of("dropped");
        this.thread = Thread.ofVirtual().name("tracer").start(this::sendUntilClosed);
    }

    /** A tracer, if a collector is configured; declares its metric in any case. */
    public static Optional<Tracer> start(TraceConfig config, MetricRegistry metrics) {
        Family<Counter> spans =
                metrics.counters(
                        "nightjar_trace_spans_total",
                        "Spans of traces, sent to the collector or dropped as it did not take them",
                        Label.oneOf("outcome", "sent", "dropped"));
        return config.endpoint().map(endpoint -> new Tracer(config, endpoint, spans));
    }

    @Override
    public void accept(FinishedRequest request) {
        Optional<TraceParent> parent = request.traceParent().flatMap(TraceParent::parse);
        boolean isTraced =
                parent.map(TraceParent::isSampled)
                        .orElseGet(
                                () ->
                                        ThreadLocalRandom.current().nextInt(PERCENT)
                                                < config.percent());
        if (!isTraced) {
            return;
        }
        for (Span span : RequestSpans.of(request, parent)) {
            if (!queue.offer(span)) {
                dropped.increment();
            }
        }
    }

    /** Sends what is left, for at most as long as the collector may take for one batch. */
    @Override
    public void close() {
        isClosing = true;
        try {
            thread.join(TIMEOUT.plus(PERIOD));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void sendUntilClosed() {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            while (!isClosing || !queue.isEmpty()) {
                List<Span> batch = nextBatch();
                if (!batch.isEmpty()) {
                    send(client, batch);
                }
            }
            client.shutdownNow();
        } catch (InterruptedException closed) {
            dropped.add(queue.size());
        }
    }

    private List<Span> nextBatch() throws InterruptedException {
        List<Span> batch = new ArrayList<>();
        Span first = queue.poll(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch, MAX_BATCH - 1);
        }
        return batch;
    }

    private void send(HttpClient client, List<Span> batch) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        OtlpJson.of(config.serviceName(), batch)));
        config.headers().forEach(request::setHeader);
        try {
            int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            if (status < FIRST_FAILURE) {
                sent.add(batch.size());
                hasWarned = false;
                return;
            }
            warn("it answers " + status);
        } catch (IOException failed) {
            warn(String.valueOf(failed.getMessage()));
        }
        dropped.add(batch.size());
    }

    /** Once for each time that the collector goes away. */
    private void warn(String reason) {
        if (!hasWarned) {
            hasWarned = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "spans cannot be sent to {0}: {1}; they are dropped until they can",
                    endpoint,
                    reason);
        }
    }
}
