package dev.nightjar.server.describe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.route.Route;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes what a request carries beside its body.
 *
 * @param json where it goes
 */
record ParametersJson(JsonGenerator json) {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\+?([^}]+)}");
    private static final String STRING = "{\"type\":\"string\"}";

    /** The member {@code parameters}. */
    void write(Route route) throws IOException {
        json.writeArrayFieldStart("parameters");
        Matcher variables = VARIABLE.matcher(route.path());
        while (variables.find()) {
            writeParameter("path", variables.group(1), whose(route), STRING, Presence.REQUIRED);
        }
        for (Field<?> field : route.notes().query()) {
            writeParameter(
                    "query",
                    field.name(),
                    field.summary(),
                    field.schema().json(),
                    Presence.OPTIONAL);
        }
        if (StatusCodes.computes(route)) {
            writeTimeLimit();
        }
        if (StatusCodes.samples(route)) {
            writeDebugging();
        }
        json.writeEndArray();
    }

    private static String whose(Route route) {
        return route.path().startsWith("/admin/tokens")
                ? "The id of a token."
                : "The id of a model.";
    }

    /** Whether a parameter may be left out. */
    private enum Presence {
        REQUIRED,
        OPTIONAL
    }

    private void writeTimeLimit() throws IOException {
        writeParameter(
                "header",
                "OICM-Request-Timeout",
                "Seconds from the request's arrival after which it ends; fractions are allowed.",
                "{\"type\":\"number\",\"exclusiveMinimum\":0}",
                Presence.OPTIONAL);
    }

    private void writeDebugging() throws IOException {
        writeParameter(
                "header",
                "X-Debug-Sampling",
                "With 1 the answer's header X-Sampling tells how tokens were chosen.",
                "{\"type\":\"string\"}",
                Presence.OPTIONAL);
    }

    private void writeParameter(
            String place, String name, String description, String schema, Presence presence)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("in", place);
        json.writeStringField("description", description);
        json.writeBooleanField("required", presence == Presence.REQUIRED);
        json.writeFieldName("schema");
        json.writeRawValue(schema);
        json.writeEndObject();
    }
}
