package dev.nightjar.server.dialect.openai.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that come with a request, and the route that shows the prompt. */
final class TemplateRouteTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String APPLY = "/apply-template";
    private static final String HELLO =
            "\"model\":\""
                    + TestModels.NAME
                    + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                TestServer.start(
                        LoadOptions.defaults().withMaxContext(64), ServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String prompt(String members) {
        HttpReply reply = server.post(APPLY, "{%s}".formatted(members));
        assertEquals(200, reply.status(), reply.body());
        return reply.json().at("prompt").text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apply-template", "/v1/apply-template"})
    void showsThePromptOfTheModelsTemplate(String path) {
        HttpReply reply = server.post(path, "{%s,\"odd\":1}".formatted(HELLO));
        assertEquals(200, reply.status(), reply.body());
        assertEquals(
                "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n",
                reply.json().at("prompt").text());
        assertEquals("odd", reply.header("X-Ignored-Fields").orElse("none"));
        assertEquals(405, server.get(path).status());
    }

    @Test
    void everythingOfARequestReachesItsTemplate() {
        String template =
                "{{ messages | tojson }}|{{ tools | tojson }}|{{ documents[0].text }}|{{ mood }}|"
                        + "{{ big }}|{{ add_generation_prompt }}|{{ bos_token is defined }}";
        String members =
                """
                "messages":[{"role":"developer","content":"Be kind."},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function",
                    "function":{"name":"f","arguments":"{\\"a\\": [1.5]}"}}]},
                  {"role":"tool","tool_call_id":"1","name":"f","content":"7"}],
                "tools":[{"name":"f"}],"documents":[{"text":"doc"}],
                "chat_template_kwargs":{"mood":"calm","big":12345678901234567890},
                "add_generation_prompt":false,"chat_template":"%s"
                """
                        .formatted(template);
        assertEquals(
                "[{\"role\": \"system\", \"content\": \"Be kind.\"}, {\"role\": \"assistant\","
                        + " \"content\": \"\", \"tool_calls\": [{\"id\": \"1\", \"type\":"
                        + " \"function\", \"function\": {\"name\": \"f\", \"arguments\": {\"a\":"
                        + " [1.5]}}}]}, {\"role\": \"tool\", \"content\": \"7\", \"name\": \"f\","
                        + " \"tool_call_id\": \"1\"}]|[{\"name\": \"f\"}]|doc|calm|"
                        + "12345678901234567890|False|True",
                prompt(members));
    }

    @Test
    void messagesAndTemplateAreEnoughForAnAnswer() {
        String template =
                "\"chat_template\":\"{% for m in messages %}\\n{{ m.content }}\\n{% endfor %}\"";
        HttpReply reply = server.post(CHAT, "{%s,%s}".formatted(HELLO, template));
        assertEquals(200, reply.status(), reply.body());
        assertFalse(reply.json().at("choices.0.message.content").text().isEmpty());
        long own = reply.json().at("usage.prompt_tokens").integer();
        HttpReply usual = server.post(CHAT, "{%s}".formatted(HELLO));
        assertTrue(own < usual.json().at("usage.prompt_tokens").integer(), usual.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{ 1 +                                 | line 1, column 7",
                "{% for m in messages %}\\n{{ oops }}{% endfor %} | 'oops' is undefined (line 2, column 4)",
                "{{ oops.member }}                      | 'oops' is undefined (line 1",
                "{% include 'x' %}                      | not supported",
                "{{ raise_exception('Not like this') }} | Not like this (line 1, column",
                "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %} | steps",
                "{{ 'ab' * 1000000000 }}                | characters",
                "{{ range(10 ** 9) }}                   | at most 100000",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }} | deep",
                "{{ messages.append(1) }}               | unsafe"
            })
    void brokenTemplatesAreAnsweredWithTheirPlace(String template, String part) {
        String members = "{%s,\"chat_template\":\"%s\"}".formatted(HELLO, template.strip());
        for (String path : new String[] {CHAT, APPLY}) {
            HttpReply reply = server.post(path, members);
            assertEquals(400, reply.status(), reply.body());
            Json error = reply.json().at("error");
            assertEquals("chat_template", error.at("param").text());
            String message = error.at("message").text();
            assertTrue(message.contains(part), message);
            assertTrue(message.contains("(line "), message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"chat_template\":5           | chat_template",
                "\"chat_template_kwargs\":[]   | chat_template_kwargs",
                "\"documents\":[1]             | documents[0]",
                "\"add_generation_prompt\":1   | add_generation_prompt"
            })
    void membersOfTheWrongTypeAreNamed(String member, String param) {
        HttpReply reply = server.post(CHAT, "{%s,%s}".formatted(HELLO, member));
        assertEquals(400, reply.status(), reply.body());
        assertEquals(param, reply.json().at("error.param").text());
    }
}
