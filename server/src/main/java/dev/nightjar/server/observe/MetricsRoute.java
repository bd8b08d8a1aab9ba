package dev.nightjar.server.observe;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.metrics.EncoderStats;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.catalog.ModelCatalog;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prometheus' text format. */
public final class MetricsRoute implements Handler {

    /** With the version of the format. */
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final ModelCatalog models;
    private final HttpCounters http;

    /** Reports the counters of these models together, and the server's. */
    public MetricsRoute(ModelCatalog models, HttpCounters http) {
        this.models = models;
        this.http = http;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
        response.send(text().getBytes(StandardCharsets.UTF_8));
    }

    private String text() {
        PrometheusText text = new PrometheusText();
        models.loaded().stream()
                .map(TextModel::stats)
                .reduce(EngineStats::plus)
                .ifPresent(stats -> writeEngine(text, stats));
        List<EncoderStats> encoders = models.encoders().stream().map(EncoderModel::stats).toList();
        if (!encoders.isEmpty()) {
            writeEncoders(text, encoders);
        }
        writeHttp(text);
        return text.toString();
    }

    private static void writeEngine(PrometheusText text, EngineStats stats) {
        text.counter("nightjar_steps_total", "Forward passes", stats.steps());
        text.counter(
                "nightjar_step_sequences_total",
                "Sequences per step, summed over all steps",
                stats.scheduledSequences());
        text.counter(
                "nightjar_computed_tokens_total",
                "Tokens that went through the model",
                stats.computedTokens());
        text.counter(
                "nightjar_cached_tokens_total",
                "Prompt tokens taken from the prefix cache",
                stats.cachedTokens());
        text.counter("nightjar_generated_tokens_total", "Sampled tokens", stats.generatedTokens());
        writeSequences(text, stats);
    }

    private static void writeEncoders(PrometheusText text, List<EncoderStats> encoders) {
        text.counter(
                "nightjar_encoder_steps_total",
                "Forward passes of encoders",
                encoders.stream().mapToLong(EncoderStats::steps).sum());
        text.counter(
                "nightjar_encoder_sequences_total",
                "Texts and pairs computed by encoders",
                encoders.stream().mapToLong(EncoderStats::sequences).sum());
        text.counter(
                "nightjar_encoder_tokens_total",
                "Tokens computed by encoders",
                encoders.stream().mapToLong(EncoderStats::tokens).sum());
        text.gauge(
                "nightjar_encoder_requests_waiting",
                "Requests to encoders that have not ended",
                encoders.stream().mapToLong(EncoderStats::waiting).sum());
    }

    private static void writeSequences(PrometheusText text, EngineStats stats) {
        text.counter("nightjar_sequences_submitted_total", "Accepted", stats.submitted());
        text.counter("nightjar_sequences_finished_total", "Ended in any way", stats.finished());
        text.counter("nightjar_sequences_aborted_total", "Ended by the client", stats.aborted());
        text.counter("nightjar_sequences_failed_total", "Ended by an error", stats.failed());
        text.counter("nightjar_preemptions_total", "Set back to free blocks", stats.preemptions());
        text.gauge("nightjar_sequences_running", "Sequences that hold blocks", stats.running());
        text.gauge("nightjar_sequences_waiting", "Sequences in the queue", stats.waiting());
        text.gauge("nightjar_kv_blocks_free", "KV blocks to be had", stats.freeBlocks());
        text.gauge("nightjar_kv_blocks_total", "KV blocks in the pool", stats.totalBlocks());
    }

    private void writeHttp(PrometheusText text) {
        text.gauge("nightjar_http_requests_in_flight", "Requests being answered", http.inFlight());
        text.labelledCounter(
                "nightjar_http_requests_total", "Requests by status", "status", http.byStatus());
    }
}
