package dev.nightjar.server;

import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values that a JSON schema allows and values that it does not, as JSON texts. Knows the keywords
 * that members of requests are declared with.
 */
record SchemaSamples(List<String> allowed, List<String> refused) {

    /** One value of each kind. */
    private static final Map<String, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("string", "\"x\"");
        KINDS.put("number", "1.5");
        KINDS.put("boolean", "true");
        KINDS.put("array", "[]");
        KINDS.put("object", "{}");
    }

    static SchemaSamples of(String schema) {
        return of(Json.of(schema));
    }

    private static SchemaSamples of(Json schema) {
        if (schema.has("anyOf")) {
            return ofAny(elements(schema.at("anyOf")));
        }
        Set<String> types = types(schema);
        List<String> allowed = new ArrayList<>();
        List<String> refused = new ArrayList<>(ofOtherKinds(types));
        types.forEach(type -> add(type, schema, allowed, refused));
        if (schema.has("examples")) {
            allowed.clear();
            elements(schema.at("examples")).forEach(one -> allowed.add(JsonTexts.of(one.value())));
        }
        return new SchemaSamples(allowed, refused);
    }

    /** What one alternative refuses another may allow, so only other kinds are refused for sure. */
    private static SchemaSamples ofAny(List<Json> options) {
        Set<String> types = new LinkedHashSet<>();
        List<String> allowed = new ArrayList<>();
        for (Json option : options) {
            types.addAll(types(option));
            allowed.addAll(of(option).allowed());
        }
        return new SchemaSamples(allowed, ofOtherKinds(types));
    }

    private static List<String> ofOtherKinds(Set<String> types) {
        List<String> others = new ArrayList<>();
        if (types.isEmpty()) {
            return others;
        }
        KINDS.forEach(
                (kind, sample) -> {
                    boolean isAllowed =
                            types.contains(kind)
                                    || (kind.equals("number") && types.contains("integer"));
                    if (!isAllowed) {
                        others.add(sample);
                    }
                });
        return others;
    }

    private static void add(String type, Json schema, List<String> allowed, List<String> refused) {
        switch (type) {
            case "string" -> addStrings(schema, allowed, refused);
            case "integer", "number" -> addNumbers(type, schema, allowed, refused);
            case "boolean" -> allowed.addAll(List.of("true", "false"));
            case "array" -> addArrays(schema, allowed, refused);
            case "object" -> allowed.add("{}");
            default -> {
                // null counts as absent
            }
        }
    }

    private static void addStrings(Json schema, List<String> allowed, List<String> refused) {
        if (schema.has("enum")) {
            elements(schema.at("enum")).forEach(word -> allowed.add(JsonTexts.of(word.value())));
            refused.add("\"no-such-word\"");
            return;
        }
        allowed.add("\"x\"");
        if (schema.has("minLength")) {
            refused.add("\"\"");
        }
    }

    private static void addNumbers(
            String type, Json schema, List<String> allowed, List<String> refused) {
        if (type.equals("integer")) {
            refused.add("1.5");
        }
        if (schema.has("minimum")) {
            double low = JsonTexts.number(schema.at("minimum").value());
            allowed.add(text(type, low));
            refused.add(text(type, low - 1));
        } else if (!schema.has("maximum")) {
            allowed.add("1");
        }
        if (schema.has("exclusiveMinimum")) {
            refused.add(text(type, JsonTexts.number(schema.at("exclusiveMinimum").value())));
        }
        if (schema.has("maximum")) {
            double high = JsonTexts.number(schema.at("maximum").value());
            allowed.add(text(type, high));
            refused.add(text(type, high + 1));
        }
    }

    private static String text(String type, double value) {
        return type.equals("integer") ? Long.toString((long) value) : Double.toString(value);
    }

    private static void addArrays(Json schema, List<String> allowed, List<String> refused) {
        boolean mayBeEmpty = !schema.has("minItems");
        (mayBeEmpty ? allowed : refused).add("[]");
        if (!schema.has("items")) {
            return;
        }
        SchemaSamples items = of(schema.at("items"));
        items.allowed().stream().limit(1).forEach(one -> allowed.add("[" + one + "]"));
        items.refused().forEach(one -> refused.add("[" + one + "]"));
    }

    private static Set<String> types(Json schema) {
        Set<String> types = new LinkedHashSet<>();
        if (schema.has("type")) {
            if (schema.at("type").value() instanceof JsonArray) {
                elements(schema.at("type")).forEach(type -> types.add(type.text()));
            } else {
                types.add(schema.at("type").text());
            }
        } else if (schema.value() instanceof JsonObject object && object.members().isEmpty()) {
            return Set.of();
        }
        return types;
    }

    private static List<Json> elements(Json array) {
        return ((JsonArray) array.value()).elements().stream().map(Json::new).toList();
    }
}
