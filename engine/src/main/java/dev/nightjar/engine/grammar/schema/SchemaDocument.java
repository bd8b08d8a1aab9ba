package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** A whole schema, in which references are looked up. */
final class SchemaDocument {

    private static final int MAX_BYTES = 1 << 20;

    private final JsonValue root;

    private SchemaDocument(JsonValue root) {
        this.root = root;
    }

    static SchemaDocument parse(String schema) {
        // The reader takes objects only, and a schema may be a boolean.
        byte[] wrapped = ("{\"schema\":" + schema + "\n}").getBytes(StandardCharsets.UTF_8);
        if (wrapped.length > MAX_BYTES) {
            throw new GrammarProblem(
                    "#",
                    "#: expected a schema of at most %d bytes, found %d"
                            .formatted(MAX_BYTES, wrapped.length));
        }
        try {
            JsonValue.JsonObject document = JsonReader.readObject(wrapped, "schema", 0);
            if (document.members().size() != 1) {
                throw new GrammarProblem("#", "#: expected one JSON value, found more");
            }
            return new SchemaDocument(document.members().get("schema"));
        } catch (MalformedFileException malformed) {
            throw new GrammarProblem("#", "#: no JSON: " + malformed.getMessage());
        }
    }

    Source root() {
        return Source.of(root, "#");
    }

    /** What a reference of a schema points to. */
    Source resolve(Source from, String reference) {
        if (!reference.equals("#") && !reference.startsWith("#/")) {
            throw from.error(
                    "$ref",
                    "expected a reference into this schema, as \"#/$defs/name\", found \"%s\""
                            .formatted(reference));
        }
        JsonValue at = root;
        String pointer = decoded(from, reference);
        String[] steps = pointer.length() < 2 ? new String[0] : pointer.substring(2).split("/", -1);
        for (String step : steps) {
            at = child(at, step.replace("~1", "/").replace("~0", "~"));
            if (at == null) {
                throw from.error("$ref", "\"%s\" points to nothing".formatted(reference));
            }
        }
        return Source.of(at, pointer);
    }

    private static String decoded(Source from, String reference) {
        try {
            return URLDecoder.decode(reference.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw from.error("$ref", "\"%s\" is no URI".formatted(reference));
        }
    }

    private static JsonValue child(JsonValue value, String step) {
        if (value instanceof JsonValue.JsonObject object) {
            return object.members().get(step);
        }
        if (value instanceof JsonValue.JsonArray array && step.matches("\\d{1,6}")) {
            int index = Integer.parseInt(step);
            return index < array.elements().size() ? array.elements().get(index) : null;
        }
        return null;
    }
}
