package dev.nightjar.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every kind of schema that LangChain4j can describe, as JSON text. */
class SchemasTest {

    @Test
    void everyKindIsWritten() {
        JsonSchemaElement schema =
                JsonObjectSchema.builder()
                        .description("all kinds")
                        .addStringProperty("text", "some text")
                        .addIntegerProperty("count")
                        .addNumberProperty("share")
                        .addBooleanProperty("sure")
                        .addProperty(
                                "list",
                                JsonArraySchema.builder().items(new JsonStringSchema()).build())
                        .addProperty(
                                "maybe",
                                JsonAnyOfSchema.builder()
                                        .anyOf(new JsonNullSchema(), reference("tree"))
                                        .build())
                        .addProperty("raw", JsonRawSchema.from("{\"const\": 1}"))
                        .required("text")
                        .additionalProperties(false)
                        .definitions(
                                Map.of(
                                        "tree",
                                        JsonEnumSchema.builder().enumValues("oak", "elm").build()))
                        .build();
        assertEquals(
                """
                {"type":"object","description":"all kinds","properties":{\
                "text":{"type":"string","description":"some text"},\
                "count":{"type":"integer"},"share":{"type":"number"},"sure":{"type":"boolean"},\
                "list":{"type":"array","items":{"type":"string"}},\
                "maybe":{"anyOf":[{"type":"null"},{"$ref":"#/$defs/tree"}]},\
                "raw":{"const":1}},"required":["text"],"additionalProperties":false,\
                "$defs":{"tree":{"type":"string","enum":["oak","elm"]}}}""",
                Schemas.text(schema));
    }

    @Test
    void answersHaveNoMembersThatNobodyDeclared() {
        JsonObjectSchema inner = JsonObjectSchema.builder().addStringProperty("b").build();
        JsonObjectSchema free = JsonObjectSchema.builder().build();
        JsonObjectSchema open =
                JsonObjectSchema.builder()
                        .addProperty("inner", inner)
                        .addProperty("free", free)
                        .additionalProperties(true)
                        .build();
        assertEquals(
                """
                {"type":"object","properties":{"inner":{"type":"object","properties":{\
                "b":{"type":"string"}},"required":[],"additionalProperties":false},\
                "free":{"type":"object","properties":{},"required":[]}},"required":[],\
                "additionalProperties":true}""",
                Schemas.text(open));

        Map<?, ?> function =
                (Map<?, ?>)
                        Schemas.tool(
                                        ToolSpecification.builder()
                                                .name("f")
                                                .parameters(inner)
                                                .build())
                                .get("function");
        assertEquals(
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of("b", Map.of("type", "string")),
                        "required",
                        List.of()),
                function.get("parameters"));
    }

    @Test
    void aToolWithoutParametersTakesAnEmptyObject() {
        Map<String, Object> tool =
                Schemas.tool(ToolSpecification.builder().name("now").strict(true).build());
        Map<?, ?> function = (Map<?, ?>) tool.get("function");
        assertEquals("now", function.get("name"));
        assertEquals(true, function.get("strict"));
        assertEquals(
                Map.of("type", "object", "properties", Map.of(), "required", List.of()),
                function.get("parameters"));
    }

    @Test
    void aRawSchemaHasToBeJson() {
        assertThrows(
                InvalidRequestException.class, () -> Schemas.text(JsonRawSchema.from("{oops")));
    }

    private static JsonReferenceSchema reference(String name) {
        return JsonReferenceSchema.builder().reference(name).build();
    }
}
