package dev.nightjar.server.admin;

import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.auth.NewToken;
import dev.nightjar.server.auth.TaskWords;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.gate.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The members by which a token is asked for. */
public final class TokenFields {

    private static final int MAX_NAME = 200;
    private static final int MAX_MODELS = 100;
    private static final int MAX_MODEL = 80;
    private static final int MAX_TIER = 64;
    private static final int MAX_SECONDS = (int) Duration.ofDays(3_650).toSeconds();

    static final Field<String> NAME =
            Field.of(
                    "name",
                    FieldSchema.of(
                            "{\"type\":\"string\",\"minLength\":1,\"maxLength\":%d}"
                                    .formatted(MAX_NAME)),
                    "What people call it.",
                    field -> text(field, MAX_NAME));
    static final Field<Integer> EXPIRES_IN =
            Field.integer(
                    "expires_in",
                    1,
                    MAX_SECONDS,
                    "Seconds until it ends; 90 days where nothing is said.");
    static final Field<Instant> EXPIRES_AT =
            Field.of(
                    "expires_at",
                    FieldSchema.of(
                            "{\"type\":\"string\",\"format\":\"date-time\",\"examples\":"
                                    + "[\"2999-01-01T00:00:00Z\"]}"),
                    "When it ends, as ISO 8601 with an offset or Z.",
                    TokenFields::time);
    static final Field<Boolean> NEVER_EXPIRES =
            Field.bool("never_expires", "With true it has no end.");
    static final Field<List<String>> MODELS =
            Field.of(
                    "models",
                    FieldSchema.arrayOf(FieldSchema.string()),
                    "Ids of the models that it may use; all without it.",
                    TokenFields::models);
    static final Field<List<String>> TASKS =
            Field.of(
                    "tasks",
                    FieldSchema.arrayOf(FieldSchema.words(TaskWords.accepted())),
                    "Tasks that it may use models for, and metrics for reading figures; all"
                            + " tasks without it.",
                    TokenFields::tasks);
    static final Field<Boolean> ADMIN =
            Field.bool("admin", "With true it may change the server; false without it.");
    static final Field<String> TIER =
            Field.of(
                    "tier",
                    FieldSchema.of(
                            "{\"type\":\"string\",\"minLength\":1,\"maxLength\":%d}"
                                    .formatted(MAX_TIER)),
                    "Names its limits; default without it.",
                    field -> text(field, MAX_TIER));

    /** For all models. */
    static final BodySpec BODY =
            BodySpec.of(
                            List.of(
                                    NAME,
                                    EXPIRES_IN,
                                    EXPIRES_AT,
                                    NEVER_EXPIRES,
                                    MODELS,
                                    TASKS,
                                    ADMIN,
                                    TIER))
                    .requiring(NAME.name());

    /** For one model: such a token is no administrator's. */
    static final BodySpec OF_MODEL =
            BodySpec.of(List.of(NAME, EXPIRES_IN, EXPIRES_AT, NEVER_EXPIRES, TASKS, TIER))
                    .requiring(NAME.name());

    private TokenFields() {}

    /**
     * What a body asks for.
     *
     * @throws dev.nightjar.server.error.ApiException with status 400 if a member is not right
     */
    public static NewToken read(RequestObject body, Instant now) {
        return new NewToken(
                body.require(NAME),
                body.get(ADMIN).orElse(false),
                body.get(MODELS),
                body.get(TASKS),
                body.get(TIER).orElse(Caller.DEFAULT_TIER),
                end(body, now));
    }

    /** The same for one model, whatever the body says of models. */
    static NewToken readOfModel(RequestObject body, String model, Instant now) {
        return new NewToken(
                body.require(NAME),
                false,
                Optional.of(List.of(model)),
                body.get(TASKS),
                body.get(TIER).orElse(Caller.DEFAULT_TIER),
                end(body, now));
    }

    private static Optional<Instant> end(RequestObject body, Instant now) {
        Optional<Integer> seconds = body.get(EXPIRES_IN);
        Optional<Instant> time = body.get(EXPIRES_AT);
        boolean isEndless = body.get(NEVER_EXPIRES).orElse(false);
        if ((seconds.isPresent() ? 1 : 0) + (time.isPresent() ? 1 : 0) + (isEndless ? 1 : 0) > 1) {
            throw ApiError.invalidRequest(
                            "expires_in, expires_at and never_expires exclude each other; give one")
                    .withParam(isEndless ? NEVER_EXPIRES.name() : EXPIRES_AT.name())
                    .asException();
        }
        if (isEndless) {
            return Optional.empty();
        }
        if (time.filter(end -> !end.isAfter(now)).isPresent()) {
            throw ApiError.invalidRequest("expires_at must be in the future, found " + time.get())
                    .withParam(EXPIRES_AT.name())
                    .asException();
        }
        Duration life = seconds.map(Duration::ofSeconds).orElse(NewToken.DEFAULT_LIFE);
        return Optional.of(time.orElseGet(() -> now.plus(life)).truncatedTo(ChronoUnit.MILLIS));
    }

    private static String text(RequestField field, int maxLength) {
        String text = field.string().strip();
        if (text.isEmpty() || text.length() > maxLength || text.chars().anyMatch(c -> c < ' ')) {
            return field.expected(
                    "a text of 1 to %d characters on one line".formatted(maxLength),
                    "one of " + text.length());
        }
        return text;
    }

    private static Instant time(RequestField field) {
        try {
            return java.time.OffsetDateTime.parse(field.string()).toInstant();
        } catch (DateTimeParseException malformed) {
            return field.expected(
                    "a time such as 2027-01-31T12:00:00Z", "'" + field.string() + "'");
        }
    }

    private static List<String> models(RequestField field) {
        List<RequestField> elements = field.elements();
        if (elements.size() > MAX_MODELS) {
            return field.expected("a list of at most " + MAX_MODELS, "one of " + elements.size());
        }
        return elements.stream().map(element -> text(element, MAX_MODEL)).distinct().toList();
    }

    private static List<String> tasks(RequestField field) {
        return field.elements().stream()
                .map(element -> TaskWords.canonical(element.word(TaskWords.accepted())))
                .distinct()
                .toList();
    }
}
