package dev.nightjar.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestQuery;
import dev.nightjar.server.auth.AuditNote;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.store.UsageFilter;
import dev.nightjar.server.store.UsageRow;
import dev.nightjar.server.usage.UsageLedger;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Everything that is kept under the name of a user (the member {@code user} of requests): shows it,
 * and erases the name. The audit log says that this was done, and not for whom: only a part of the
 * name's hash, by which somebody who knows the name finds the line.
 */
public final class DataAdminRoutes {

    private static final String PATH = "/admin/data";
    private static final int HASH_DIGITS = 16;
    private static final int MAX_LENGTH = 200;

    private static final Field<String> USER =
            Field.of(
                    "user",
                    FieldSchema.string(),
                    "Whom requests named as their user; needed.",
                    DataAdminRoutes::user);

    private static final FieldSchema EXPORT =
            FieldSchema.of(
                    """
                    {"type":"object","required":["user","usage"],"properties":{\
                    "user":{"type":"string"},"usage":{"type":"array","items":{"type":"object",\
                    "required":["day","token_id","model","requests","errors","prompt_tokens",\
                    "completion_tokens","cached_tokens"]}}}}""");
    private static final FieldSchema ERASED =
            FieldSchema.of(
                    """
                    {"type":"object","required":["user","erased"],"properties":{\
                    "user":{"type":"string"},"erased":{"type":"integer"}}}""");

    private final UsageLedger usage;

    /** Of this usage, what is not written yet included. */
    public DataAdminRoutes(UsageLedger usage) {
        this.usage = usage;
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                Route.get(
                                Dialect.NIGHTJAR,
                                PATH,
                                "Shows all that is kept under the name of a user.",
                                AdminAnswer.overStore(this::export))
                        .openTo(Access.ADMIN)
                        .withoutModels()
                        .withQuery(USER)
                        .withAnswer(AnswerSpec.json(EXPORT)),
                Route.of(
                                Method.DELETE,
                                Dialect.NIGHTJAR,
                                PATH,
                                "Erases the name of a user from all that is kept.",
                                AdminAnswer.overStore(this::erase))
                        .openTo(Access.ADMIN)
                        .withoutModels()
                        .withQuery(USER)
                        .withAnswer(AnswerSpec.json(ERASED)));
    }

    private void export(ServerRequest request, ServerResponse response) {
        String user = RequestQuery.read(request).require(USER);
        AuditNote.put(request, "data.export", "user " + pseudonym(user));
        List<UsageRow> rows = usage.totals(UsageFilter.ALL.ofUser(user));
        AdminAnswer.send(
                response,
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("user", user);
                            json.writeArrayFieldStart("usage");
                            for (UsageRow row : rows) {
                                write(json, row);
                            }
                            json.writeEndArray();
                            json.writeEndObject();
                        }));
    }

    private void erase(ServerRequest request, ServerResponse response) {
        String user = RequestQuery.read(request).require(USER);
        AuditNote.put(request, "data.erase", "user " + pseudonym(user));
        int erased = usage.forget(user);
        AdminAnswer.send(
                response,
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("user", user);
                            json.writeNumberField("erased", erased);
                            json.writeEndObject();
                        }));
    }

    private static void write(JsonGenerator json, UsageRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("day", row.day().toString());
        json.writeStringField("token_id", row.callerId());
        json.writeStringField("token_name", row.callerName());
        json.writeStringField("model", row.model());
        json.writeNumberField("requests", row.requests());
        json.writeNumberField("errors", row.errors());
        json.writeNumberField("prompt_tokens", row.promptTokens());
        json.writeNumberField("completion_tokens", row.completionTokens());
        json.writeNumberField("cached_tokens", row.cachedTokens());
        json.writeEndObject();
    }

    private static String user(RequestField field) {
        String user = field.string();
        return user.isEmpty() || user.length() > MAX_LENGTH || user.indexOf('\0') >= 0
                ? field.expected("a name of 1 to 200 characters", "one of " + user.length())
                : user;
    }

    private static String pseudonym(String user) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(user.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
