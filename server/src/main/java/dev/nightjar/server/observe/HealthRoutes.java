package dev.nightjar.server.observe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.observe.health.HealthChecks;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;

/** Answers probes: live while the process runs, ready while it takes requests. */
public final class HealthRoutes {

    private final Readiness readiness;
    private final HealthChecks checks;
    private final ModelCatalog models;
    private final String version;

    /** Reports on this server. */
    public HealthRoutes(Observations observations, ModelCatalog models, String version) {
        this.readiness = observations.readiness();
        this.checks = observations.health();
        this.models = models;
        this.version = version;
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                Route.get(
                                Dialect.NIGHTJAR,
                                "/health",
                                "Whether the server takes requests, why not, and its models.",
                                this::health)
                        .withoutModels(),
                Route.get(Dialect.NIGHTJAR, "/health/live", "Whether the process runs.", this::live)
                        .openTo(Access.PUBLIC)
                        .withoutModels(),
                Route.get(
                                Dialect.NIGHTJAR,
                                "/health/ready",
                                "Whether the server takes requests.",
                                this::ready)
                        .openTo(Access.PUBLIC)
                        .withoutModels());
    }

    private void live(ServerRequest request, ServerResponse response) {
        send(response, "live");
    }

    private void ready(ServerRequest request, ServerResponse response) {
        List<HealthChecks.Problem> problems = checks.problems();
        response.status(statusOf(problems));
        send(response, stateOf(problems));
    }

    private void health(ServerRequest request, ServerResponse response) {
        List<HealthChecks.Problem> problems = checks.problems();
        response.status(statusOf(problems));
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("status", stateOf(problems));
                            if (!readiness.reason().isEmpty()) {
                                json.writeStringField("reason", readiness.reason());
                            }
                            json.writeStringField("version", version);
                            json.writeArrayFieldStart("models");
                            for (ServedModel model : models.visibleTo(request).all()) {
                                json.writeString(model.id());
                            }
                            json.writeEndArray();
                            writeProblems(json, problems);
                            writeStates(json, models.visibleTo(request).statuses());
                            json.writeEndObject();
                        }));
    }

    private static void writeProblems(JsonGenerator json, List<HealthChecks.Problem> problems)
            throws IOException {
        json.writeArrayFieldStart("problems");
        for (HealthChecks.Problem problem : problems) {
            json.writeStartObject();
            json.writeStringField("check", problem.check());
            json.writeStringField("reason", problem.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Where the engine's models stand, and why some could not be loaded. */
    private static void writeStates(JsonGenerator json, List<ModelStatus> statuses)
            throws IOException {
        json.writeArrayFieldStart("model_states");
        for (ModelStatus status : statuses) {
            json.writeStartObject();
            json.writeStringField("model", status.name());
            json.writeStringField("state", status.state().word());
            if (status.error().isPresent()) {
                json.writeStringField("reason", status.error().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private Status statusOf(List<HealthChecks.Problem> problems) {
        return readiness.state() == Readiness.State.READY && problems.isEmpty()
                ? Status.OK_200
                : Status.SERVICE_UNAVAILABLE_503;
    }

    private String stateOf(List<HealthChecks.Problem> problems) {
        return readiness.state() == Readiness.State.READY && !problems.isEmpty()
                ? "unhealthy"
                : readiness.state().word();
    }

    private static void send(ServerResponse response, String status) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("status", status);
                            json.writeEndObject();
                        }));
    }
}
