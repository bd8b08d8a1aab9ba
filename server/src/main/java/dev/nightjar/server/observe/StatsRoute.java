package dev.nightjar.server.observe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.metrics.EncoderStats;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.HistogramSnapshot;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.observe.live.LiveWindow;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What {@code /metrics} counts, as JSON and for each model by itself; with rates and percentiles of
 * the last minute, for pages that draw them.
 */
final class StatsRoute implements Handler {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double ROUNDING = 1e3;
    private static final double[] SHARES = {0.5, 0.95, 0.99};

    private final Observations observations;
    private final ModelCatalog models;

    StatsRoute(Observations observations, ModelCatalog models) {
        this.observations = observations;
        this.models = models;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(JsonText.of(this::write));
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", observations.readiness().state().word());
        json.writeNumberField(
                "uptime_seconds",
                ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND);
        json.writeArrayFieldStart("models");
        for (TextModel model : models.loaded()) {
            writeModel(json, model);
        }
        for (EncoderModel encoder : models.encoders()) {
            writeEncoder(json, encoder);
        }
        json.writeEndArray();
        writeHttp(json);
        writeProcess(json);
        json.writeEndObject();
    }

    private void writeModel(JsonGenerator json, TextModel model) throws IOException {
        EngineStats stats = model.stats();
        json.writeStartObject();
        json.writeStringField("id", model.name());
        json.writeStringField("architecture", model.architecture());
        json.writeNumberField("max_context", model.maxContext());
        json.writeNumberField("steps", stats.steps());
        json.writeNumberField("mean_batch_size", stats.meanBatchSize());
        json.writeNumberField("computed_tokens", stats.computedTokens());
        json.writeNumberField("cached_tokens", stats.cachedTokens());
        json.writeNumberField("generated_tokens", stats.generatedTokens());
        json.writeNumberField("sequences_submitted", stats.submitted());
        json.writeNumberField("sequences_finished", stats.finished());
        json.writeNumberField("sequences_aborted", stats.aborted());
        json.writeNumberField("sequences_failed", stats.failed());
        json.writeNumberField("preemptions", stats.preemptions());
        json.writeNumberField("sequences_running", stats.running());
        json.writeNumberField("sequences_waiting", stats.waiting());
        json.writeNumberField("kv_blocks_free", stats.freeBlocks());
        json.writeNumberField("kv_blocks_total", stats.totalBlocks());
        writeLastMinute(json, observations.live().model(model.name(), stats));
        json.writeEndObject();
    }

    private static void writeLastMinute(JsonGenerator json, LiveWindow.ModelRates rates)
            throws IOException {
        json.writeObjectFieldStart("last_minute");
        writeRate(json, "sequences_per_second", rates.sequencesPerSecond());
        writeRate(json, "generated_tokens_per_second", rates.generatedPerSecond());
        writeRate(json, "computed_tokens_per_second", rates.computedPerSecond());
        writeRate(json, "cached_tokens_per_second", rates.cachedPerSecond());
        writeRate(json, "mean_batch_size", rates.batchSize());
        writePercentiles(json, "queue_ms", rates.distributions().queue());
        writePercentiles(json, "ttft_ms", rates.distributions().firstToken());
        writePercentiles(json, "itl_ms", rates.distributions().interToken());
        json.writeEndObject();
    }

    private void writeEncoder(JsonGenerator json, EncoderModel encoder) throws IOException {
        EncoderStats stats = encoder.stats();
        LiveWindow.EncoderRates rates = observations.live().encoder(encoder.name(), stats);
        json.writeStartObject();
        json.writeStringField("id", encoder.name());
        json.writeStringField("architecture", encoder.architecture());
        json.writeNumberField("max_context", encoder.maxInputTokens());
        json.writeNumberField("steps", stats.steps());
        json.writeNumberField("sequences_finished", stats.sequences());
        json.writeNumberField("computed_tokens", stats.tokens());
        json.writeNumberField("requests_waiting", stats.waiting());
        json.writeObjectFieldStart("last_minute");
        writeRate(json, "sequences_per_second", rates.sequencesPerSecond());
        writeRate(json, "computed_tokens_per_second", rates.computedPerSecond());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeHttp(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("http");
        json.writeNumberField("requests_in_flight", observations.requests().inFlight());
        json.writeObjectFieldStart("requests_by_status");
        for (Map.Entry<String, Long> status : observations.http().byStatus().entrySet()) {
            json.writeNumberField(status.getKey(), status.getValue());
        }
        json.writeEndObject();
        LiveWindow.ServerRates rates = observations.live().server();
        json.writeObjectFieldStart("last_minute");
        writeRate(json, "seconds", rates.seconds());
        writeRate(json, "requests_per_second", rates.requestsPerSecond());
        writeRate(json, "errors_per_second", rates.errorsPerSecond());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeProcess(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("process");
        if (ProcessMetrics.residentBytes().isPresent()) {
            json.writeNumberField("resident_bytes", ProcessMetrics.residentBytes().getAsLong());
        }
        json.writeNumberField(
                "heap_used_bytes",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        json.writeNumberField("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        json.writeEndObject();
    }

    private static void writeRate(JsonGenerator json, String name, double value)
            throws IOException {
        json.writeNumberField(name, Math.round(value * ROUNDING) / ROUNDING);
    }

    /** Null where nothing happened. */
    private static void writePercentiles(JsonGenerator json, String name, HistogramSnapshot values)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (double share : SHARES) {
            OptionalDouble seconds = values.quantile(share);
            String percentile = "p" + Math.round(share * 100);
            if (seconds.isPresent()) {
                writeRate(json, percentile, seconds.getAsDouble() * MILLIS_PER_SECOND);
            } else {
                json.writeNullField(percentile);
            }
        }
        json.writeEndObject();
    }
}
