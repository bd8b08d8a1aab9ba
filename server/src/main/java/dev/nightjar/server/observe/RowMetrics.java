package dev.nightjar.server.observe;

import dev.nightjar.engine.metrics.RowStats;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.observe.metric.Label;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.metric.MetricType;
import java.util.function.ToLongFunction;

/** What the engine counts for each model of rows, looked up when the page is read. */
final class RowMetrics {

    private final MetricRegistry metrics;
    private final ModelCatalog models;

    private RowMetrics(MetricRegistry metrics, ModelCatalog models) {
        this.metrics = metrics;
        this.models = models;
    }

    static void declare(MetricRegistry metrics, ModelCatalog models) {
        RowMetrics rows = new RowMetrics(metrics, models);
        rows.number(
                MetricType.COUNTER,
                "nightjar_rows_batches_total",
                "Times that models of rows computed",
                RowStats::batches);
        rows.number(
                MetricType.COUNTER,
                "nightjar_rows_predicted_total",
                "Rows predicted by models of rows",
                RowStats::rows);
        rows.number(
                MetricType.GAUGE,
                "nightjar_rows_requests_waiting",
                "Requests to models of rows that have not ended",
                RowStats::waiting);
    }

    private void number(MetricType type, String name, String help, ToLongFunction<RowStats> value) {
        metrics.sampled(
                type,
                name,
                help,
                samples ->
                        models.rowModels()
                                .forEach(
                                        model ->
                                                samples.add(
                                                        value.applyAsLong(model.stats()),
                                                        model.name())),
                Label.upTo(EngineMetrics.MAX_MODELS, "model"));
    }
}
