package dev.nightjar.server.observe;

import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.Version;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import java.util.ArrayList;
import java.util.List;

/** The routes of operators, and the status that the llm_serving README promises. */
public final class ObserveRoutes {

    private final Observations observations;
    private final Readiness readiness;
    private final ModelCatalog models;
    private final String systemPrompt;

    /** Reports on this server. */
    public ObserveRoutes(Observations observations, ModelCatalog models, String systemPrompt) {
        this.observations = observations;
        this.readiness = observations.readiness();
        this.models = models;
        this.systemPrompt = systemPrompt;
    }

    /** The routes. */
    public List<Route> all() {
        List<Route> all =
                new ArrayList<>(new HealthRoutes(observations, models, Version.current()).all());
        all.add(
                Route.get(
                                Dialect.NIGHTJAR,
                                "/metrics",
                                "Counters in Prometheus' text format.",
                                new MetricsRoute(observations.metrics()))
                        .withAnswer(AnswerSpec.text(MetricsRoute.MEDIA_TYPE))
                        .openTo(Access.METRICS)
                        .withoutModels());
        all.add(
                Route.get(
                                Dialect.NIGHTJAR,
                                "/stats",
                                "The same counters as JSON, for each model.",
                                new StatsRoute(observations, models))
                        .openTo(Access.METRICS)
                        .withoutModels());
        all.add(
                Route.get(
                                Dialect.LLM_SERVING,
                                "/chat",
                                "Whether the service runs, and what answers at the root.",
                                new ServiceStatusRoute(readiness, models, systemPrompt))
                        .withoutModels());
        return all;
    }
}
