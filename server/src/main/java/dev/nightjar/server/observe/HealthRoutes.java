package dev.nightjar.server.observe;

import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Answers probes: live while the process runs, ready while it takes requests. */
public final class HealthRoutes {

    private final Readiness readiness;
    private final ModelCatalog models;
    private final String version;

    /** Reports on this server. */
    public HealthRoutes(Readiness readiness, ModelCatalog models, String version) {
        this.readiness = readiness;
        this.models = models;
        this.version = version;
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                Route.get(
                                Dialect.NIGHTJAR,
                                "/health",
                                "Whether the server takes requests, and its models.",
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
        response.status(readyStatus());
        send(response, stateName());
    }

    private void health(ServerRequest request, ServerResponse response) {
        response.status(readyStatus());
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("status", stateName());
                            json.writeStringField("version", version);
                            json.writeArrayFieldStart("models");
                            for (ServedModel model : models.all()) {
                                json.writeString(model.id());
                            }
                            json.writeEndArray();
                            json.writeEndObject();
                        }));
    }

    private Status readyStatus() {
        return readiness.state() == Readiness.State.READY
                ? Status.OK_200
                : Status.SERVICE_UNAVAILABLE_503;
    }

    private String stateName() {
        return readiness.state().word();
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
