package dev.nightjar.server.admin.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.server.admin.model.ModelActions.Rest;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.auth.AuditNote;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What tools of llama.cpp and Ollama ask: load, unload, and what is loaded. */
public final class PeerRoutes {

    private static final Field<String> MODEL = Field.string("model", "The id of the model.");
    private static final BodySpec BODY = BodySpec.of(List.of(MODEL)).requiring("model");

    private final ModelCatalog catalog;
    private final ModelActions actions;

    /** Of these models. */
    public PeerRoutes(ModelCatalog catalog) {
        this.catalog = catalog;
        this.actions = new ModelActions(catalog);
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                Route.post(
                                Dialect.NIGHTJAR,
                                "/models/load",
                                "Loads a model, as llama.cpp's router does.",
                                BODY,
                                this::load)
                        .withExample("load-model", "{\"model\":\"{id}\"}")
                        .openTo(Access.ADMIN)
                        .withoutModels(),
                Route.post(
                                Dialect.NIGHTJAR,
                                "/models/unload",
                                "Unloads a model, as llama.cpp's router does.",
                                BODY,
                                this::unload)
                        .withExample("unload-model", "{\"model\":\"{id}\"}")
                        .openTo(Access.ADMIN)
                        .withoutModels(),
                Route.get(
                                Dialect.NIGHTJAR,
                                "/api/ps",
                                "Lists the loaded models, as Ollama does.",
                                this::list)
                        .withoutModels());
    }

    private static String model(ServerRequest request) {
        RequestObject body = RequestBody.read(request);
        body.ignoreAllBut(BODY);
        return body.require(MODEL);
    }

    private void load(ServerRequest request, ServerResponse response) {
        String id = model(request);
        AuditNote.put(request, "model.load", id);
        actions.load(id);
        succeed(response);
    }

    private void unload(ServerRequest request, ServerResponse response) {
        String id = model(request);
        AuditNote.put(request, "model.unload", id);
        try {
            actions.unload(id, Duration.ZERO, Rest.GOES_ON);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw ApiError.serverError(503, "the server is stopping")
                    .withCode("shutting_down")
                    .asException();
        }
        succeed(response);
    }

    private static void succeed(ServerResponse response) {
        ConfigRoute.tellItEnds(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeBooleanField("success", true);
                            json.writeEndObject();
                        }));
    }

    private void list(ServerRequest request, ServerResponse response) {
        List<ModelStatus> statuses = catalog.visibleTo(request).statuses();
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeArrayFieldStart("models");
                            for (ModelStatus status : statuses) {
                                if (status.instance().isPresent()) {
                                    write(json, status, status.instance().get());
                                }
                            }
                            json.writeEndArray();
                            json.writeEndObject();
                        }));
    }

    private static void write(JsonGenerator json, ModelStatus status, ModelInstance loaded)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", status.name());
        json.writeStringField("model", status.name());
        json.writeNumberField("size", loaded.memoryBytes());
        json.writeNumberField("size_vram", 0);
        json.writeObjectFieldStart("details");
        json.writeStringField("quantization_level", loaded.quantization());
        json.writeEndObject();
        json.writeFieldName("expires_at");
        if (status.spec().keepAlive().isPresent() && !status.isPinned()) {
            json.writeString(
                    status.lastUsedAt()
                            .orElseThrow()
                            .plus(status.spec().keepAlive().get())
                            .toString());
        } else {
            json.writeNull(); // it stays
        }
        json.writeEndObject();
    }
}
