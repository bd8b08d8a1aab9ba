package dev.nightjar.bench.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The published description as validators of its components. */
final class PublishedSchema {

    /** The variable that names the file. */
    static final String VARIABLE = "NIGHTJAR_OPENAI_SPEC";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final ObjectNode components;
    private final Map<String, Schema> schemas = new HashMap<>();

    private PublishedSchema(ObjectNode components) {
        this.components = components;
    }

    /** Reads the file; skips the test where there is none. */
    static PublishedSchema read() {
        String file = System.getenv(VARIABLE);
        if (file == null || !Files.exists(Path.of(file))) {
            Assumptions.abort(
                    "skipped: %s must name a copy of OpenAI's openapi.json, found %s"
                            .formatted(VARIABLE, file));
        }
        JsonNode components = JSON.readTree(Path.of(file)).get("components");
        allowNulls(components);
        return new PublishedSchema((ObjectNode) components);
    }

    /** Where a JSON text differs from a component. */
    List<Error> validate(String component, String json) {
        return schemas.computeIfAbsent(component, this::schema).validate(JSON.readTree(json));
    }

    private Schema schema(String component) {
        if (!components.get("schemas").has(component)) {
            throw new AssertionError("the description has no component " + component);
        }
        ObjectNode root = JSON.createObjectNode();
        root.put("$ref", "#/components/schemas/" + component);
        root.set("components", components);
        return registry.getSchema(root);
    }

    /** Says "nullable", which is OpenAPI's older word, in the words of JSON Schema. */
    private static void allowNulls(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("nullable").asBoolean(false)) {
            if (object.get("type") instanceof JsonNode type && type.isString()) {
                object.putArray("type").add(type.asString()).add("null");
            }
            if (object.get("enum") instanceof ArrayNode values) {
                values.addNull();
            }
            if (object.remove("$ref") instanceof JsonNode ref) {
                ArrayNode either = object.putArray("anyOf");
                either.addObject().set("$ref", ref);
                either.addObject().put("type", "null");
            }
        }
        node.forEach(PublishedSchema::allowNulls);
    }
}
