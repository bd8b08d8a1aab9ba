package dev.nightjar.server.observe;

import dev.nightjar.engine.metrics.EncoderStats;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.observe.metric.Label;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.metric.MetricType;
import java.util.function.ToLongFunction;

/** What the engine counts for each encoder, looked up when the page is read. */
final class EncoderMetrics {

    private final MetricRegistry metrics;
    private final ModelCatalog models;

    private EncoderMetrics(MetricRegistry metrics, ModelCatalog models) {
        this.metrics = metrics;
        this.models = models;
    }

    static void declare(MetricRegistry metrics, ModelCatalog models) {
        EncoderMetrics encoders = new EncoderMetrics(metrics, models);
        encoders.number(
                MetricType.COUNTER,
                "nightjar_encoder_steps_total",
                "Forward passes of encoders",
                EncoderStats::steps);
        encoders.number(
                MetricType.COUNTER,
                "nightjar_encoder_sequences_total",
                "Texts and pairs computed by encoders",
                EncoderStats::sequences);
        encoders.number(
                MetricType.COUNTER,
                "nightjar_encoder_tokens_total",
                "Tokens computed by encoders",
                EncoderStats::tokens);
        encoders.number(
                MetricType.GAUGE,
                "nightjar_encoder_requests_waiting",
                "Requests to encoders that have not ended",
                EncoderStats::waiting);
    }

    private void number(
            MetricType type, String name, String help, ToLongFunction<EncoderStats> value) {
        metrics.sampled(
                type,
                name,
                help,
                samples ->
                        models.encoders()
                                .forEach(
                                        model ->
                                                samples.add(
                                                        value.applyAsLong(model.stats()),
                                                        model.name())),
                Label.upTo(EngineMetrics.MAX_MODELS, "model"));
    }
}
