package dev.nightjar.server.describe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The description of all routes as an OpenAPI 3.1 document.
 *
 * @param routes in the order of the table
 * @param version of this server
 */
record OpenApiDocument(List<Route> routes, String version) {

    /** The document, one line. */
    byte[] json() {
        return JsonText.of(this::write);
    }

    /** A path as OpenAPI writes it: without the mark of a parameter that may hold slashes. */
    static String path(Route route) {
        return route.path().replace("{+", "{");
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("openapi", "3.1.0");
        writeInfo(json);
        writeServers(json);
        writeTags(json);
        json.writeObjectFieldStart("paths");
        for (Map.Entry<String, List<Route>> path : byPath().entrySet()) {
            json.writeObjectFieldStart(path.getKey());
            for (Route route : path.getValue()) {
                json.writeFieldName(route.method().text().toLowerCase(Locale.ROOT));
                new OperationJson(json).write(route);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        writeComponents(json);
        json.writeEndObject();
    }

    private void writeInfo(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("info");
        json.writeStringField("title", "Model Serving API");
        json.writeStringField("summary", "Nightjar: an inference engine and server in pure Java.");
        json.writeStringField(
                "description",
                "Several wire APIs over one engine. Members of bodies that are not listed are"
                        + " ignored and named in the header X-Ignored-Fields. Ids of models may"
                        + " hold slashes, raw or as %2F.");
        json.writeStringField("version", version);
        json.writeObjectFieldStart("license");
        json.writeStringField("name", "Apache-2.0");
        json.writeStringField("identifier", "Apache-2.0");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeServers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("servers");
        json.writeStartObject();
        json.writeStringField("url", "/");
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeTags(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("tags");
        for (Dialect dialect : Dialect.values()) {
            json.writeStartObject();
            json.writeStringField("name", dialect.title());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private Map<String, List<Route>> byPath() {
        Map<String, List<Route>> byPath = new LinkedHashMap<>();
        routes.forEach(
                route -> byPath.computeIfAbsent(path(route), p -> new ArrayList<>()).add(route));
        return byPath;
    }

    private static void writeComponents(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("components");
        json.writeObjectFieldStart("schemas");
        for (ErrorShape shape : ErrorShape.values()) {
            json.writeFieldName(ErrorSchemas.name(shape));
            json.writeRawValue(ErrorSchemas.schema(shape));
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
