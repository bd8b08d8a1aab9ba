package dev.nightjar.server.admin.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** What computes, and what does not and why. */
public final class DevicesRoute {

    private final Supplier<Optional<Engine>> engine;

    /** Of this engine, once there is one. */
    public DevicesRoute(Supplier<Optional<Engine>> engine) {
        this.engine = engine;
    }

    /** The route. */
    public Route route() {
        return Route.get(
                        Dialect.NIGHTJAR,
                        "/admin/devices",
                        "Lists what computes, and what does not and why.",
                        this::list)
                .openTo(Access.ADMIN)
                .withoutModels();
    }

    private void list(ServerRequest request, ServerResponse response) {
        Optional<Engine> running = engine.get();
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeArrayFieldStart("devices");
                            if (running.isPresent()) {
                                write(json, running.get());
                            }
                            json.writeEndArray();
                            json.writeArrayFieldStart("unavailable");
                            writeCuda(json);
                            json.writeEndArray();
                            json.writeEndObject();
                        }));
    }

    private static void write(JsonGenerator json, Engine engine) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", "cpu");
        json.writeStringField("kind", "cpu");
        json.writeStringField("backend", engine.backendName());
        json.writeNumberField("threads", engine.threads());
        json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
        json.writeStringField("architecture", System.getProperty("os.arch"));
        json.writeNumberField("memory_bytes", engine.machineBytes());
        json.writeNumberField("used_bytes", engine.manager().usedBytes());
        json.writeArrayFieldStart("models");
        for (ModelStatus status : engine.manager().statuses()) {
            if (status.instance().isPresent()) {
                json.writeString(status.name());
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeCuda(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "cuda");
        json.writeStringField("reason", "this build has no GPU backend");
        json.writeEndObject();
    }
}
