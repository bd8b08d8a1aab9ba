package dev.nightjar.server.usage;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.api.RequestQuery;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.store.UsageFilter;
import dev.nightjar.server.store.UsageRow;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/** {@code GET /admin/usage}: what callers used, by day and model. */
public final class UsageRoutes {

    private static final FieldSchema DAY =
            FieldSchema.of("{\"type\":\"string\",\"format\":\"date\"}");
    private static final Field<LocalDate> FROM =
            Field.of("from", DAY, "The first day, of UTC.", UsageRoutes::day);
    private static final Field<LocalDate> TO =
            Field.of("to", DAY, "The last day, of UTC.", UsageRoutes::day);
    private static final Field<String> TOKEN =
            Field.string("token", "Of this token alone, by its id.");
    private static final Field<String> MODEL =
            Field.string("model", "Of this model alone, by its plain name.");
    private static final Field<String> USER =
            Field.string("user", "Of requests alone that named this user.");

    private static final AnswerSpec ANSWER =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["rows"],"properties":{"rows":\
                            {"type":"array","items":{"type":"object","required":["day",\
                            "token_id","token_name","model","requests","errors","prompt_tokens",\
                            "completion_tokens","cached_tokens"],"properties":{\
                            "day":{"type":"string"},"token_id":{"type":"string"},\
                            "token_name":{"type":"string"},"model":{"type":"string"},\
                            "requests":{"type":"integer"},"errors":{"type":"integer"},\
                            "prompt_tokens":{"type":"integer"},\
                            "completion_tokens":{"type":"integer"},\
                            "cached_tokens":{"type":"integer"}}}}}}"""));

    private final UsageLedger ledger;

    /** Of this ledger. */
    public UsageRoutes(UsageLedger ledger) {
        this.ledger = ledger;
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                Route.get(
                                Dialect.NIGHTJAR,
                                "/admin/usage",
                                "What callers used, by day and model.",
                                this::answer)
                        .withoutModels()
                        .openTo(Access.ADMIN)
                        .withQuery(FROM, TO, TOKEN, MODEL, USER)
                        .withAnswer(ANSWER));
    }

    private void answer(ServerRequest request, ServerResponse response) {
        RequestObject query = RequestQuery.read(request);
        UsageFilter filter =
                new UsageFilter(
                        query.get(FROM),
                        query.get(TO),
                        query.get(TOKEN),
                        query.get(MODEL),
                        query.get(USER));
        List<UsageRow> rows = ledger.totals(filter);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeArrayFieldStart("rows");
                            for (UsageRow row : rows) {
                                write(json, row);
                            }
                            json.writeEndArray();
                            json.writeEndObject();
                        }));
    }

    private static LocalDate day(RequestField field) {
        try {
            return LocalDate.parse(field.string());
        } catch (DateTimeParseException other) {
            return field.expected("a day such as 2027-01-31");
        }
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
}
