package dev.nightjar.server.admin;

import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Tells callers who they are taken for. */
public final class CallerRoutes {

    private static final FieldSchema ANSWER =
            FieldSchema.of(
                    """
                    {"type":"object","required":["authenticated","id","name","admin","models",\
                    "tasks","tier","open","expires_at"],"properties":{\
                    "authenticated":{"type":"boolean"},"id":{"type":"string"},\
                    "name":{"type":"string"},"admin":{"type":"boolean"},\
                    "models":{"type":["array","null"]},"tasks":{"type":["array","null"]},\
                    "tier":{"type":"string"},"open":{"type":"boolean"},\
                    "expires_at":{"type":["string","null"]}}}""");

    private final BooleanSupplier isAsking;

    /**
     * @param isAsking whether the server asks everybody who calls
     */
    public CallerRoutes(BooleanSupplier isAsking) {
        this.isAsking = isAsking;
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                Route.get(
                                Dialect.NIGHTJAR,
                                "/admin/whoami",
                                "Who the caller is taken for, and what it may do.",
                                AdminAnswer.overStore(this::whoami))
                        .openTo(Access.CALLER)
                        .withoutModels()
                        .withAnswer(AnswerSpec.json(ANSWER)));
    }

    private void whoami(ServerRequest request, ServerResponse response) {
        Caller caller = RequestScope.of(request).caller();
        boolean isOpen = !isAsking.getAsBoolean();
        AdminAnswer.send(
                response,
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeBooleanField("authenticated", !isOpen);
                            json.writeStringField("id", caller.id());
                            json.writeStringField("name", caller.name());
                            json.writeBooleanField("admin", caller.permissions().isAdmin());
                            TokenJson.writeTexts(json, "models", caller.permissions().models());
                            TokenJson.writeTexts(json, "tasks", caller.permissions().tasks());
                            json.writeStringField("tier", caller.tier());
                            json.writeBooleanField("open", isOpen);
                            json.writeStringField(
                                    "expires_at",
                                    caller.expiresAt().map(Instant::toString).orElse(null));
                            json.writeEndObject();
                        }));
    }
}
