package dev.nightjar.server.admin.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.DeviceReport;
import dev.nightjar.kernels.backend.DeviceUse;
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
                            writeUnavailable(json);
                            json.writeEndArray();
                            json.writeEndObject();
                        }));
    }

    private static void write(JsonGenerator json, Engine engine) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", engine.device());
        json.writeStringField("kind", engine.device().split(":", 2)[0]);
        json.writeStringField("backend", engine.backendName());
        json.writeNumberField("threads", engine.threads());
        json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
        json.writeStringField("architecture", System.getProperty("os.arch"));
        Optional<DeviceUse> own = engine.deviceUse();
        json.writeNumberField(
                "memory_bytes", own.map(DeviceUse::total).orElseGet(engine::machineBytes));
        if (own.isPresent()) {
            json.writeNumberField("free_bytes", own.get().free());
        }
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

    /** Kinds of devices that cannot be used on this machine. */
    private static void writeUnavailable(JsonGenerator json) throws IOException {
        for (DeviceReport report : Backends.devices()) {
            if (report.refusal().isPresent()) {
                json.writeStartObject();
                json.writeStringField("kind", report.device());
                json.writeStringField("backend", report.backend());
                json.writeStringField("reason", report.refusal().get());
                json.writeEndObject();
            }
        }
    }
}
