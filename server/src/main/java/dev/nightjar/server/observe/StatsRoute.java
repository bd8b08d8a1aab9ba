package dev.nightjar.server.observe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.metrics.EncoderStats;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** The counters that {@code /metrics} shows, as JSON and for each model by itself. */
public final class StatsRoute implements Handler {

    private final Readiness readiness;
    private final ModelCatalog models;
    private final HttpMetrics http;

    /** Reports on these models and this server. */
    public StatsRoute(Readiness readiness, ModelCatalog models, HttpMetrics http) {
        this.readiness = readiness;
        this.models = models;
        this.http = http;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(JsonText.of(this::write));
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", readiness.state().word());
        json.writeNumberField(
                "uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        json.writeArrayFieldStart("models");
        for (TextModel model : models.loaded()) {
            writeModel(json, model);
        }
        for (EncoderModel encoder : models.encoders()) {
            writeEncoder(json, encoder);
        }
        json.writeEndArray();
        writeHttp(json);
        json.writeEndObject();
    }

    private static void writeModel(JsonGenerator json, TextModel model) throws IOException {
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
        json.writeEndObject();
    }

    private static void writeEncoder(JsonGenerator json, EncoderModel encoder) throws IOException {
        EncoderStats stats = encoder.stats();
        json.writeStartObject();
        json.writeStringField("id", encoder.name());
        json.writeStringField("architecture", encoder.architecture());
        json.writeNumberField("max_context", encoder.maxInputTokens());
        json.writeNumberField("steps", stats.steps());
        json.writeNumberField("sequences_finished", stats.sequences());
        json.writeNumberField("computed_tokens", stats.tokens());
        json.writeNumberField("requests_waiting", stats.waiting());
        json.writeEndObject();
    }

    private void writeHttp(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("http");
        json.writeNumberField("requests_in_flight", http.inFlight());
        json.writeObjectFieldStart("requests_by_status");
        for (Map.Entry<String, Long> status : http.byStatus().entrySet()) {
            json.writeNumberField(status.getKey(), status.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
