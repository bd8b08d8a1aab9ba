package dev.nightjar.server.dialect.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of a form and calls of tools, from the request to the answer. */
final class StructuredAnswerTest {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"maximum\":99},"
                    + "\"b\":{\"enum\":[\"x\",\"y\"]}},\"required\":[\"a\",\"b\"],"
                    + "\"additionalProperties\":false}";
    private static final String TOOL =
            "{\"type\":\"function\",\"function\":{\"name\":\"%s\",\"parameters\":" + SCHEMA + "}}";

    /** Tells of tools in few tokens, as the model's context is small. */
    private static final String TEMPLATE =
            "\"chat_template\":\"{{ tools|length }} <tool_call>"
                    + "{% for m in messages %}{{ m.content }}{{ m.tool_calls or '' }}{% endfor %}\",";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Json chat(String more) {
        HttpReply reply =
                server.post(
                        "/v1/chat/completions",
                        ("{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                                        + "\"seed\":4,\"max_tokens\":150,%s}")
                                .formatted(TestModels.NAME, more));
        assertEquals(200, reply.status(), reply.body());
        return reply.json().at("choices.0");
    }

    private static void assertValid(String json) {
        JsonValue value = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
        Json object = new Json(value);
        assertEquals(2, ((JsonValue.JsonObject) value).members().size(), json);
        assertTrue(object.at("a").integer() <= 99, json);
        assertTrue(List.of("x", "y").contains(object.at("b").text()), json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":S}}",
                "\"structured_outputs\":{\"json\":S}",
                "\"guided_json\":S",
                "\"json_schema\":S"
            })
    void schemas(String member) {
        Json choice = chat(member.replace("S", SCHEMA));
        assertEquals("stop", choice.at("finish_reason").text());
        assertValid(choice.at("message.content").text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"guided_regex\":\"[ab]{3}-[0-9]{2}\"       | [ab]{3}-[0-9]{2}",
                "\"structured_outputs\":{\"choice\":[\"yes\",\"no\"]} | yes|no",
                "\"grammar\":\"root ::= \\\"<\\\" [a-c]{1,5} \\\">\\\"\"  | <[a-c]{1,5}>"
            })
    void otherForms(String member, String pattern) {
        Json choice = chat(member + ",\"temperature\":1.5");
        String text = choice.at("message.content").text();
        assertTrue(text.matches(pattern), text);
    }

    @Test
    void completionsHaveFormsToo() {
        String body =
                "{\"prompt\":\"Once\",\"max_tokens\":100,\"response_format\":"
                        + "{\"type\":\"json_schema\",\"json_schema\":{\"schema\":%s}}}";
        HttpReply reply = server.post("/completions", body.formatted(SCHEMA));
        assertEquals(200, reply.status(), reply.body());
        assertValid(reply.json().at("choices.0.text").text());
    }

    @Test
    void demandedToolsAreCalled() {
        String tools = "\"tools\":[%s,%s],\"tool_choice\":".formatted(TOOL, TOOL);
        Json any =
                chat(
                        TEMPLATE
                                + tools.formatted("one", "two")
                                + "\"required\",\"parallel_tool_calls\":false");
        assertEquals("tool_calls", any.at("finish_reason").text(), any.toString());
        assertTrue(any.at("message.content").isNull());
        assertEquals(1, any.at("message.tool_calls").size());
        assertValid(any.at("message.tool_calls.0.function.arguments").text());
        Json named =
                chat(
                        TEMPLATE
                                + tools.formatted("one", "two")
                                + "{\"type\":\"function\",\"function\":{\"name\":\"two\"}}");
        assertEquals("two", named.at("message.tool_calls.0.function.name").text());
        assertEquals("function", named.at("message.tool_calls.0.type").text());
        assertFalse(named.at("message.tool_calls.0.id").text().isEmpty());
    }

    @Test
    void demandedFunctionsAreCalled() {
        String functions = "\"functions\":[{\"name\":\"f\",\"parameters\":%s}]".formatted(SCHEMA);
        Json choice = chat(TEMPLATE + functions + ",\"function_call\":{\"name\":\"f\"}");
        assertEquals("function_call", choice.at("finish_reason").text());
        assertEquals("f", choice.at("message.function_call.name").text());
        assertValid(choice.at("message.function_call.arguments").text());
    }
}
