package dev.nightjar.server.observe;

import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.lifecycle.ModelManager;
import dev.nightjar.engine.lifecycle.ModelState;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.observe.metric.Label;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.metric.MetricType;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Which models are in memory and what they take, looked up when the page is read. */
final class LifecycleMetrics {

    private static final double NANOS = 1e9;

    private final MetricRegistry metrics;
    private final ModelCatalog models;

    private LifecycleMetrics(MetricRegistry metrics, ModelCatalog models) {
        this.metrics = metrics;
        this.models = models;
    }

    static void declare(MetricRegistry metrics, ModelCatalog models) {
        LifecycleMetrics lifecycle = new LifecycleMetrics(metrics, models);
        lifecycle.states();
        lifecycle.gauge(
                "nightjar_model_replicas",
                "Shares of its sequences that a model may compute at the same time, 0 if unloaded",
                ModelStatus::replicas);
        lifecycle.gauge(
                "nightjar_model_requests_holding",
                "Requests that keep a model in memory",
                ModelStatus::inFlight);
        lifecycle.gauge(
                "nightjar_model_memory_bytes",
                "Memory of a model as planned",
                ModelStatus::memoryBytes);
        lifecycle.gauge(
                "nightjar_model_longest_wait_seconds",
                "How long the request waits now that waits longest for its first step",
                LifecycleMetrics::queueSeconds);
        metrics.gauge(
                "nightjar_models_memory_used_bytes",
                "Memory of all models as planned",
                () -> models.manager().map(ModelManager::usedBytes).orElse(0L));
    }

    private static double queueSeconds(ModelStatus status) {
        return status.instance().map(ModelInstance::queueTime).orElse(Duration.ZERO).toNanos()
                / NANOS;
    }

    private List<ModelStatus> statuses() {
        return models.manager().map(ModelManager::statuses).orElse(List.of());
    }

    private void states() {
        List<String> words = Stream.of(ModelState.values()).map(ModelState::word).toList();
        metrics.sampled(
                MetricType.GAUGE,
                "nightjar_model_state",
                "1 for the state that a model is in",
                samples -> statuses().forEach(s -> samples.add(1, s.name(), s.state().word())),
                Label.upTo(EngineMetrics.MAX_MODELS, "model"),
                Label.oneOf("state", words));
    }

    private void gauge(String name, String help, ToDoubleFunction<ModelStatus> value) {
        metrics.sampled(
                MetricType.GAUGE,
                name,
                help,
                samples -> statuses().forEach(s -> samples.add(value.applyAsDouble(s), s.name())),
                Label.upTo(EngineMetrics.MAX_MODELS, "model"));
    }
}
