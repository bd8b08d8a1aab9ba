package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.grammar.json.JsonKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The keywords that are known. */
final class Keywords {

    /** Keywords that say nothing about which values are valid. */
    static final Set<String> ANNOTATIONS =
            Set.of(
                    "title",
                    "description",
                    "default",
                    "examples",
                    "example",
                    "$schema",
                    "$id",
                    "$comment",
                    "$defs",
                    "definitions",
                    "deprecated",
                    "readOnly",
                    "writeOnly");

    /** Keywords that combine schemas. */
    static final Set<String> COMBINATIONS = Set.of("$ref", "allOf", "anyOf", "oneOf");

    /** Keywords about values of every type. */
    static final Set<String> GENERAL = Set.of("type", "nullable", "enum", "const");

    /** Keywords about values of one type. */
    static final Map<JsonKind, Set<String>> OF_KIND = ofKind();

    private Keywords() {}

    private static Map<JsonKind, Set<String>> ofKind() {
        Map<JsonKind, Set<String>> keywords = new EnumMap<>(JsonKind.class);
        keywords.put(JsonKind.STRING, Set.of("minLength", "maxLength", "pattern", "format"));
        keywords.put(
                JsonKind.NUMBER,
                Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"));
        keywords.put(
                JsonKind.ARRAY,
                Set.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems"));
        keywords.put(
                JsonKind.OBJECT,
                Set.of(
                        "properties",
                        "required",
                        "additionalProperties",
                        "patternProperties",
                        "propertyNames",
                        "minProperties",
                        "maxProperties"));
        return keywords;
    }

    /** Refuses keywords that are not known. */
    static void check(Source source, Set<String> keywords) {
        for (String keyword : keywords) {
            boolean isKnown =
                    ANNOTATIONS.contains(keyword)
                            || COMBINATIONS.contains(keyword)
                            || GENERAL.contains(keyword)
                            || OF_KIND.values().stream().anyMatch(own -> own.contains(keyword));
            if (!isKnown) {
                throw source.error(
                        keyword,
                        "keyword \"%s\" is not supported in structured output".formatted(keyword));
            }
        }
    }
}
