package dev.nightjar.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestQuery;
import dev.nightjar.server.auth.AuditLog;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.store.AuditEvent;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;

/** Shows the audit log. */
public final class AuditAdminRoutes {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 10_000;

    private static final Field<Integer> LIMIT =
            Field.of(
                    "limit",
                    FieldSchema.integer(1, MAX_LIMIT),
                    "The most events to show; 100 without it.",
                    AuditAdminRoutes::limit);

    private static final FieldSchema ANSWER =
            FieldSchema.of(
                    """
                    {"type":"object","required":["events"],"properties":{"events":{"type":"array",\
                    "items":{"type":"object","required":["at","actor","action","target","outcome",\
                    "request_id","remote"],"properties":{"at":{"type":"string"},\
                    "actor":{"type":"string"},"action":{"type":"string"},\
                    "target":{"type":"string"},"outcome":{"type":"string"},\
                    "request_id":{"type":"string"},"remote":{"type":"string"}}}}}}""");

    private final AuditLog log;

    /** Of this log. */
    public AuditAdminRoutes(AuditLog log) {
        this.log = log;
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                Route.get(
                                Dialect.NIGHTJAR,
                                "/admin/audit",
                                "What administrators did and who was refused, the newest first.",
                                AdminAnswer.overStore(this::list))
                        .openTo(Access.ADMIN)
                        .withoutModels()
                        .withQuery(LIMIT)
                        .withAnswer(AnswerSpec.json(ANSWER)));
    }

    private void list(ServerRequest request, ServerResponse response) {
        int limit = RequestQuery.read(request).get(LIMIT).orElse(DEFAULT_LIMIT);
        List<AuditEvent> events = log.latest(limit);
        AdminAnswer.send(
                response,
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeArrayFieldStart("events");
                            for (AuditEvent event : events) {
                                write(json, event);
                            }
                            json.writeEndArray();
                            json.writeEndObject();
                        }));
    }

    private static void write(JsonGenerator json, AuditEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", event.at().toString());
        json.writeStringField("actor", event.actor());
        json.writeStringField("action", event.action());
        json.writeStringField("target", event.target());
        json.writeStringField("outcome", event.outcome());
        json.writeStringField("request_id", event.requestId());
        json.writeStringField("remote", event.remote());
        json.writeEndObject();
    }

    private static int limit(RequestField field) {
        try {
            int limit = Integer.parseInt(field.string());
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notNumber) {
            // told below
        }
        return field.expected("an integer from 1 to " + MAX_LIMIT, "'" + field.string() + "'");
    }
}
