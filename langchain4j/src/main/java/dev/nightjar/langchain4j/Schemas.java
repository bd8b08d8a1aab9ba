package dev.nightjar.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.nightjar.tokenizer.template.PlainJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** LangChain4j's schemas and tools as JSON schemas, in the order in which they were declared. */
final class Schemas {

    private static final String FURTHER = "additionalProperties";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As they were declared. */
    private static final Schemas OPEN = new Schemas(Optional.empty());

    /**
     * Answers become Java objects, which have no place for further members: objects that leave it
     * open whether they may have any have none. What is valid for them is valid for the open ones.
     */
    private static final Schemas CLOSED = new Schemas(Optional.of(false));

    private final Optional<Boolean> furtherMembers;

    private Schemas(Optional<Boolean> furtherMembers) {
        this.furtherMembers = furtherMembers;
    }

    /** A tool as templates know it. */
    static Map<String, Object> tool(ToolSpecification tool) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", tool.name());
        put(function, "description", tool.description());
        function.put(
                "parameters",
                OPEN.plain(
                        tool.parameters() == null
                                ? JsonObjectSchema.builder().build()
                                : tool.parameters()));
        put(function, "strict", tool.strict());
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("type", "function");
        member.put("function", function);
        return member;
    }

    /** The schema of an answer as JSON text. */
    static String text(JsonSchemaElement element) {
        try {
            return JSON.writeValueAsString(CLOSED.plain(element));
        } catch (JsonProcessingException unwritable) {
            throw new InvalidRequestException("the JSON schema cannot be written", unwritable);
        }
    }

    /** A schema as plain values. */
    private Object plain(JsonSchemaElement element) {
        return switch (element) {
            case JsonObjectSchema object -> object(object);
            case JsonArraySchema array -> array(array);
            case JsonEnumSchema values ->
                    with(typed("string", values), "enum", values.enumValues());
            case JsonStringSchema string -> typed("string", string);
            case JsonIntegerSchema integer -> typed("integer", integer);
            case JsonNumberSchema number -> typed("number", number);
            case JsonBooleanSchema bool -> typed("boolean", bool);
            case JsonNullSchema none -> typed("null", none);
            case JsonReferenceSchema reference ->
                    with(described(reference), "$ref", "#/$defs/" + reference.reference());
            case JsonAnyOfSchema any ->
                    with(described(any), "anyOf", any.anyOf().stream().map(this::plain).toList());
            case JsonRawSchema raw -> raw(raw);
            default ->
                    throw new UnsupportedFeatureException(
                            "schemas of type %s are not supported"
                                    .formatted(element.getClass().getName()));
        };
    }

    private Map<String, Object> object(JsonObjectSchema object) {
        Map<String, Object> schema = typed("object", object);
        schema.put("properties", plain(object.properties()));
        put(schema, "required", object.required());
        Boolean further = object.additionalProperties();
        if (further == null && !object.properties().isEmpty()) {
            furtherMembers.ifPresent(value -> schema.put(FURTHER, value));
        }
        put(schema, FURTHER, further);
        if (!object.definitions().isEmpty()) {
            schema.put("$defs", plain(object.definitions()));
        }
        return schema;
    }

    private Map<String, Object> array(JsonArraySchema array) {
        Map<String, Object> schema = typed("array", array);
        if (array.items() != null) {
            schema.put("items", plain(array.items()));
        }
        return schema;
    }

    private static Object raw(JsonRawSchema raw) {
        try {
            return PlainJson.read(raw.schema());
        } catch (IOException malformed) {
            throw new InvalidRequestException("a raw schema is no JSON", malformed);
        }
    }

    private Map<String, Object> plain(Map<String, JsonSchemaElement> elements) {
        Map<String, Object> members = new LinkedHashMap<>();
        elements.forEach((name, element) -> members.put(name, plain(element)));
        return members;
    }

    private static Map<String, Object> typed(String type, JsonSchemaElement element) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        put(schema, "description", element.description());
        return schema;
    }

    private static Map<String, Object> described(JsonSchemaElement element) {
        Map<String, Object> schema = new LinkedHashMap<>();
        put(schema, "description", element.description());
        return schema;
    }

    private static Map<String, Object> with(Map<String, Object> schema, String name, Object value) {
        schema.put(name, value);
        return schema;
    }

    private static void put(Map<String, Object> schema, String name, Object value) {
        if (value != null) {
            schema.put(name, value);
        }
    }
}
