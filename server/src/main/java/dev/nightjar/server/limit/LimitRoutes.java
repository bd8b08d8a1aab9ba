package dev.nightjar.server.limit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.limit.count.LimitKind;
import dev.nightjar.server.limit.count.Standing;
import dev.nightjar.server.limit.count.TierLimits;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** {@code GET /admin/limits}: the limits of each tier, and what callers have used of theirs. */
public final class LimitRoutes {

    private static final int MOST_CALLERS = 1000;

    private static final AnswerSpec ANSWER =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["tiers","callers"],"properties":{\
                            "tiers":{"type":"array","items":{"type":"object"}},\
                            "callers":{"type":"array","items":{"type":"object"}}}}"""));

    private final RateLimits limits;

    /** Of these limits. */
    public LimitRoutes(RateLimits limits) {
        this.limits = limits;
    }

    /** The routes. */
    public List<Route> all() {
        return List.of(
                Route.get(
                                Dialect.NIGHTJAR,
                                "/admin/limits",
                                "The limits of each tier, and what callers have left of theirs.",
                                this::answer)
                        .withoutModels()
                        .openTo(Access.ADMIN)
                        .withAnswer(ANSWER));
    }

    private void answer(ServerRequest request, ServerResponse response) {
        LimitConfig config = limits.config();
        List<LimitedCallers.Seen> callers = limits.standings(MOST_CALLERS);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField(
                                    "store", config.store().isPresent() ? "redis" : "memory");
                            json.writeArrayFieldStart("tiers");
                            for (var tier : new TreeMap<>(config.tiers()).entrySet()) {
                                write(json, tier.getKey(), tier.getValue());
                            }
                            json.writeEndArray();
                            json.writeArrayFieldStart("callers");
                            for (LimitedCallers.Seen caller : callers) {
                                write(json, caller);
                            }
                            json.writeEndArray();
                            json.writeEndObject();
                        }));
    }

    private static void write(JsonGenerator json, String name, TierLimits tier) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        for (LimitKind kind : LimitKind.values()) {
            write(json, kind.key(), tier.of(kind));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, LimitedCallers.Seen seen) throws IOException {
        Standing standing = seen.standing();
        json.writeStartObject();
        json.writeStringField("id", seen.caller().id());
        json.writeStringField("name", seen.caller().name());
        json.writeStringField("tier", seen.caller().tier());
        json.writeNumberField("concurrent_requests", standing.running());
        write(json, "requests_per_minute_left", standing.requests());
        write(json, "tokens_per_minute_left", standing.minuteTokens());
        write(json, "tokens_per_day_left", standing.dayTokens());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Optional<Standing.Level> level)
            throws IOException {
        write(
                json,
                name,
                level.map(some -> OptionalLong.of(some.remaining())).orElse(OptionalLong.empty()));
    }

    private static void write(JsonGenerator json, String name, OptionalLong number)
            throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(name, number.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }
}
