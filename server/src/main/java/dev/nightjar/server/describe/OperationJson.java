package dev.nightjar.server.describe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.CallExample;
import dev.nightjar.server.route.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes one route as an operation.
 *
 * @param json where it goes
 */
record OperationJson(JsonGenerator json) {

    private static final Set<String> REFUSED_CALLERS = Set.of("401", "403");
    private static final String JSON_TYPE = "application/json";

    void write(Route route) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("tags");
        json.writeString(route.dialect().title());
        json.writeEndArray();
        json.writeStringField("summary", route.summary());
        json.writeStringField("operationId", operationId(route));
        new ParametersJson(json).write(route);
        if (route.body().isPresent()) {
            writeBody(route.body().get(), route.notes().example());
        }
        writeResponses(route);
        json.writeEndObject();
    }

    private static String operationId(Route route) {
        return (route.method().text() + route.path().replaceAll("/$", "/index"))
                .replaceAll("[^A-Za-z0-9]+", "_")
                .replaceAll("_$", "");
    }

    private void writeBody(BodySpec body, Optional<CallExample> example) throws IOException {
        json.writeObjectFieldStart("requestBody");
        json.writeBooleanField("required", true);
        json.writeObjectFieldStart("content");
        json.writeObjectFieldStart(JSON_TYPE);
        json.writeFieldName("schema");
        writeSchema(body);
        if (example.isPresent()) {
            json.writeFieldName("example");
            json.writeRawValue(example.get().body());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeSchema(BodySpec body) throws IOException {
        json.writeStartObject();
        json.writeFieldName("type");
        json.writeRawValue(body.mayBeArray() ? "[\"object\",\"array\"]" : "\"object\"");
        json.writeObjectFieldStart("properties");
        for (Field<?> field : body.fields()) {
            json.writeFieldName(field.name());
            json.writeRawValue(described(field));
        }
        json.writeEndObject();
        if (!body.required().isEmpty()) {
            json.writeArrayFieldStart("required");
            for (String name : body.required().stream().sorted().toList()) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** The schema of a member with what it means in front. */
    private static String described(Field<?> field) {
        String summary =
                new String(
                        JsonText.of(text -> text.writeString(field.summary())),
                        StandardCharsets.UTF_8);
        String members = field.schema().json().strip().substring(1);
        String rest = members.equals("}") ? members : "," + members;
        return "{\"description\":" + summary + rest;
    }

    private void writeResponses(Route route) throws IOException {
        json.writeObjectFieldStart("responses");
        if (route.state() == Route.State.SERVED) {
            writeAnswer(route.notes().answer());
        }
        for (Map.Entry<Integer, String> status : StatusCodes.errorsOf(route).entrySet()) {
            writeError(status.getKey().toString(), status.getValue(), route);
        }
        writeError("default", "Any other failure.", route);
        json.writeEndObject();
    }

    private void writeAnswer(AnswerSpec answer) throws IOException {
        json.writeObjectFieldStart(Integer.toString(answer.status()));
        json.writeStringField("description", "What was asked for.");
        json.writeObjectFieldStart("content");
        json.writeObjectFieldStart(answer.mediaType());
        json.writeFieldName("schema");
        json.writeRawValue(
                answer.schema().map(schema -> schema.json()).orElse("{\"type\":\"string\"}"));
        json.writeEndObject();
        if (answer.isAlsoStreamed()) {
            json.writeObjectFieldStart("text/event-stream");
            json.writeFieldName("schema");
            json.writeRawValue("{\"type\":\"string\"}");
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String errorSchema(Route route) {
        String usual = reference(route.errors());
        return route.notes()
                .otherErrors()
                .map(other -> "{\"anyOf\":[%s,%s]}".formatted(usual, reference(other)))
                .orElse(usual);
    }

    private static String reference(ErrorShape shape) {
        return "{\"$ref\":\"#/components/schemas/%s\"}".formatted(ErrorSchemas.name(shape));
    }

    private void writeError(String status, String description, Route route) throws IOException {
        json.writeObjectFieldStart(status);
        json.writeStringField("description", description);
        json.writeObjectFieldStart("content");
        json.writeObjectFieldStart(JSON_TYPE);
        json.writeFieldName("schema");
        json.writeRawValue(
                REFUSED_CALLERS.contains(status)
                        ? reference(route.errors().ofRefusedCallers())
                        : errorSchema(route));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
