package dev.nightjar.server.generation;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonSyntaxException;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Reads single forms, naming the member at fault. */
final class Formats {

    private Formats() {}

    /** A schema, as JSON or as JSON in a string. */
    static OutputFormat schema(RequestField field) {
        JsonValue schema = field.isString() ? parsed(field) : field.value();
        boolean isSchema =
                schema instanceof JsonValue.JsonObject || schema instanceof JsonValue.JsonBoolean;
        if (!isSchema) {
            return field.expected("a JSON schema, which is an object", schema.kind());
        }
        return named(field, () -> new OutputFormat.JsonSchema(JsonText.of(schema)));
    }

    static OutputFormat regex(RequestField field) {
        return named(field, () -> new OutputFormat.Regex(field.string()));
    }

    static OutputFormat grammar(RequestField field) {
        return named(field, () -> new OutputFormat.Grammar(field.string()));
    }

    static OutputFormat choice(RequestField field) {
        List<String> options = field.elements().stream().map(RequestField::string).toList();
        return named(field, () -> new OutputFormat.Choice(options));
    }

    private static JsonValue parsed(RequestField field) {
        try {
            return JsonReader.read(field.string().getBytes(StandardCharsets.UTF_8));
        } catch (JsonSyntaxException malformed) {
            throw field.refused(
                    "%s must be a JSON schema: %s".formatted(field.path(), malformed.getMessage()));
        }
    }

    private static OutputFormat named(RequestField field, Supplier<OutputFormat> format) {
        try {
            return format.get();
        } catch (InvalidRequestException invalid) {
            throw field.refused(field.path() + ": " + invalid.getMessage());
        }
    }
}
