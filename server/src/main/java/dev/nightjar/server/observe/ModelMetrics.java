package dev.nightjar.server.observe;

import dev.nightjar.engine.metrics.Buckets;
import dev.nightjar.engine.metrics.Histogram;
import dev.nightjar.server.gate.ModelUse;
import dev.nightjar.server.gate.TokenUse;
import dev.nightjar.server.observe.metric.Counter;
import dev.nightjar.server.observe.metric.Family;
import dev.nightjar.server.observe.metric.Label;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.request.FinishedRequest;
import java.util.function.Consumer;

/** Counts what requests ask of models, by model, wire API and tier. Thread-safe. */
final class ModelMetrics implements Consumer<FinishedRequest> {

    private static final int MAX_TIERS = 20;

    private final Family<Counter> requests;
    private final Family<Counter> tokens;
    private final Family<Histogram> durations;

    ModelMetrics(MetricRegistry metrics) {
        requests =
                metrics.counters(
                        "nightjar_requests_total",
                        "Requests to models, by how they ended",
                        model(),
                        HttpMetrics.dialect(),
                        Label.upTo(MAX_TIERS, "tier"),
                        Label.oneOf("outcome", "ok", "error", "abandoned"));
        tokens =
                metrics.counters(
                        "nightjar_request_tokens_total",
                        "Tokens of requests to models; cached ones are among those of prompts",
                        model(),
                        Label.upTo(MAX_TIERS, "tier"),
                        Label.oneOf("kind", "prompt", "completion", "cached"));
        durations =
                metrics.histograms(
                        "nightjar_request_duration_seconds",
                        "Requests to models that ended well, from their head to their end",
                        Buckets.REQUEST_SECONDS,
                        model());
    }

    private static Label model() {
        return Label.upTo(EngineMetrics.MAX_MODELS, "model");
    }

    @Override
    public void accept(FinishedRequest request) {
        request.model().ifPresent(use -> count(use, request));
    }

    private void count(ModelUse use, FinishedRequest request) {
        String model = use.name();
        String tier = request.caller().tier();
        String outcome = request.outcome();
        requests.of(model, request.dialect().orElse(Label.OTHER), tier, outcome).increment();
        if (outcome.equals("ok")) {
            durations.of(model).record(request.nanos());
        }
        TokenUse used = request.used();
        tokens.of(model, tier, "prompt").add(used.prompt());
        tokens.of(model, tier, "completion").add(used.completion());
        tokens.of(model, tier, "cached").add(used.cached());
    }
}
