package dev.nightjar.server.dialect.oicm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.answer.AnswerLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of OICM's document, each by its id; time limits have a class of their own. */
final class OicmRowsTest {

    private static final String BASE = "/models/" + TestModels.NAME + "/proxy";
    private static final String CHAT = BASE + "/v1/chat/completions";
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

    /** The document's payload; its template holds line ends inside of string literals. */
    private static final String TEMPLATE =
            """

                        {% if messages[0]['role'] == 'system' %}
                            {% set loop_messages = messages[1:] %}
                            {% set system_message = messages[0]['content'] %}
                        {% else %}
                            {% set loop_messages = messages %}
                            {% set system_message = '' %}
                        {% endif %}

                        {% for message in loop_messages %}
                            {% if loop.index0 == 0 %}
                                {{ system_message.strip() }}
                            {% endif %}
                            {{ '\n\n' + message['role'] + ': ' + message['content'].strip().replace('\r\n', '\n').replace('\n\n', '\n') }}

                            {% if loop.last and message['role'] == 'user' %}
                                {{ '\n\nAssistant: ' }}
                            {% endif %}
                        {% endfor %}
                """
                    + "    ";

    private static final String SYSTEM_AND_USER =
            "{\"role\":\"system\",\"content\":\"Be friendly\"},"
                    + "{\"role\":\"user\",\"content\":\"What's the capital of UAE?\"}";
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

    private static Json chat(String members) {
        HttpReply reply = server.post(CHAT, "{%s}".formatted(members));
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    private static String content(String members) {
        return chat(members).at("choices.0.message.content").text();
    }

    private static void assertRefused(HttpReply reply, int status, String param, String code) {
        assertEquals(status, reply.status(), reply.body());
        Json error = reply.json().at("error");
        assertEquals(param, error.at("param").isNull() ? null : error.at("param").text());
        assertEquals(code, error.at("code").isNull() ? null : error.at("code").text());
    }

    @Test
    void o8_defaultsAre07And09() {
        String base = HELLO + ",\"max_tokens\":40,\"seed\":6";
        assertEquals(content(base), content(base + ",\"temperature\":0.7,\"top_p\":0.9"));
        assertNotEquals(content(base), content(base + ",\"temperature\":1.5"));
        assertNotEquals(content(base), content(base + ",\"top_p\":0.2"));
        String elsewhere = "{\"model\":\"%s\",%s}".formatted(TestModels.NAME, base);
        Json openai = server.post("/v1/chat/completions", elsewhere).json();
        assertNotEquals(content(base), openai.at("choices.0.message.content").text());
    }

    @Test
    void o9_twoMinutesUnlessTheOperatorSaysOtherwise() {
        AnswerLimits none =
                new AnswerLimits(Duration.ofSeconds(5), Optional.empty(), Duration.ofHours(1));
        assertEquals(Optional.of(Duration.ofSeconds(120)), OicmRoutes.limits(none).timeout());
        Optional<Duration> operators = Optional.of(Duration.ofSeconds(7));
        AnswerLimits some = new AnswerLimits(Duration.ofSeconds(5), operators, Duration.ofHours(1));
        assertEquals(operators, OicmRoutes.limits(some).timeout());
    }

    @Test
    void o10_aHeaderNamedBearerDoesNoHarm() {
        for (String header : List.of("Bearer", "Authorization")) {
            HttpReply reply =
                    HttpReply.of(
                            server.port(),
                            "POST",
                            CHAT,
                            "{%s,\"max_tokens\":1}".formatted(HELLO),
                            Map.of(header, "Bearer some-key"));
            assertEquals(200, reply.status(), reply.body());
        }
    }

    @Test
    void o11_thePathNamesTheModel() {
        HttpReply unknown = server.post("/models/nope/proxy/v1/chat/completions", "{}");
        assertRefused(unknown, 404, "model_version_id", "model_not_found");
        String message = unknown.json().at("error.message").text();
        assertTrue(message.contains("Ensure the model version ID is correct"), message);
        Json answer = chat(HELLO + ",\"max_tokens\":1,\"model\":\"whatever\"");
        assertEquals(TestModels.NAME, answer.at("model").text());
        String other = "{%s,\"model\":\"bluefly-text-1\"}".formatted(HELLO);
        assertRefused(server.post(CHAT, other), 400, "model", "model_mismatch");
        String number = "{%s,\"model\":5}".formatted(HELLO);
        assertRefused(server.post(CHAT, number), 400, "model", null);
    }

    @Test
    void o11_versionsOfOneModelAreOneModel() {
        String path = "/models/bluefly-text-1-v2/proxy/chat/completions";
        String body = "{%s,\"max_tokens\":1,\"model\":\"bluefly-text-1\"}".formatted(HELLO);
        HttpReply reply = server.post(path, body);
        assertEquals(200, reply.status(), reply.body());
        assertEquals("bluefly-text-1-v2", reply.header("X-Model-Version").orElseThrow());
        String old = body.replace("bluefly-text-1", "bluefly-text-1-v1");
        assertRefused(server.post(path, old), 400, "model", "model_mismatch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nightjar/test-model/proxy",
                "nightjar/test-model/proxy/v1",
                "nightjar%2Ftest-model/proxy",
                "nightjar%2Ftest-model/proxy/v1"
            })
    void o12_servedPathsAreThereInBothSpellings(String base) {
        String greedy = "{%s,\"max_tokens\":4,\"temperature\":0}".formatted(HELLO);
        Json expected = server.post(CHAT, greedy).json().at("choices");
        String path = "/models/" + base;
        assertEquals(
                expected.value(),
                server.post(path + "/chat/completions", greedy).json().at("choices").value());
        assertEquals(TestModels.NAME, server.get(path + "/models").json().at("data.0.id").text());
        Json prompt = server.post(path + "/apply-template", "{%s}".formatted(HELLO)).json();
        assertTrue(prompt.at("prompt").text().contains("<|im_start|>user"), prompt.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "transcript, POST, o23",
        "generate-speech/schema, GET, o24",
        "generate-speech, POST, o25",
        "generate-image, POST, o26",
        "translate, POST, o27"
    })
    void o12_otherTasksAreKnownAndNotBuilt(String task, String method, String row) {
        for (String base : List.of(BASE, BASE + "/v1")) {
            String body = method.equals("POST") ? "[1,2,3]" : null;
            HttpReply reply =
                    HttpReply.of(server.port(), method, base + "/" + task, body, Map.of());
            assertRefused(reply, 501, null, "not_implemented");
            assertEquals("false", reply.header("x-should-retry").orElseThrow(), row);
        }
        HttpReply unknown =
                HttpReply.of(server.port(), method, "/models/nope/proxy/" + task, null, Map.of());
        assertRefused(unknown, 404, "model_version_id", "model_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/v1/nothing", "/v2/chat/completions", "/v1/chat"})
    void o12_unknownPathsAreNotFound(String below) {
        for (String method : List.of("GET", "POST")) {
            HttpReply reply = HttpReply.of(server.port(), method, BASE + below, null, Map.of());
            assertRefused(reply, 404, null, "unknown_route");
            assertFalse(reply.json().has("detail"), "not the root's shape");
        }
        assertRefused(server.get(CHAT), 405, null, "method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void o13_theBaseListsWhatIsBelowAndTakesConversations(String v1) {
        Json index = server.get(BASE + v1).json();
        assertEquals(TestModels.NAME, index.at("model_version_id").text());
        assertEquals(16, index.at("endpoints").size());
        assertEquals(BASE + v1 + "/chat/completions", index.at("endpoints.0.path").text());
        assertEquals("POST", index.at("endpoints.0.method").text());
        assertTrue(index.at("endpoints.0.served").bool());
        String greedy = HELLO + ",\"max_tokens\":4,\"temperature\":0";
        Json answer = server.post(BASE + v1, "{%s}".formatted(greedy)).json();
        assertEquals(content(greedy), answer.at("choices.0.message.content").text());
        HttpReply inputs = server.post(BASE + v1, "{\"inputs\":\"Hi\",\"max_new_tokens\":1}");
        assertEquals(200, inputs.status(), inputs.body());
        HttpReply neither = server.post(BASE + v1, "{\"prompt\":\"Hi\"}");
        assertRefused(neither, 400, null, "unknown_task");
        assertTrue(neither.json().at("error.message").text().contains("chat/completions"));
    }

    @Test
    void o15_inputsAreAUsersMessageOrMessages() {
        String greedy = ",\"max_tokens\":8,\"temperature\":0";
        String expected = content(HELLO + greedy);
        assertEquals(expected, content("\"inputs\":\"Hello\"" + greedy));
        assertEquals(expected, content(HELLO.replace("messages", "inputs") + greedy));
        HttpReply both = server.post(CHAT, "{%s,\"inputs\":\"Hello\"}".formatted(HELLO));
        assertRefused(both, 400, "inputs", null);
        assertEquals(400, server.post(CHAT, "{}").status());
        assertRefused(server.post(CHAT, "{\"inputs\":5}"), 400, "inputs", null);
    }

    @Test
    void o15_namesOfHuggingFacesLibraries() {
        String documented =
                "\"inputs\":\"What is Deep Learning?\",\"max_new_tokens\":20,\"do_sample\":false";
        String first = content(documented);
        assertEquals(first, content(documented));
        assertEquals(first, content(documented + ",\"temperature\":1.9,\"seed\":4"));
        assertEquals(20, tokens(documented));
        String inputs = "\"inputs\":\"Hi\",\"do_sample\":false,\"max_new_tokens\":3";
        assertEquals(3, tokens(inputs));
        assertEquals(4, tokens(inputs + ",\"max_tokens\":4"));
        assertEquals(5, tokens(inputs + ",\"max_tokens\":4,\"max_completion_tokens\":5"));
        String sampled = "\"inputs\":\"Hi\",\"max_new_tokens\":30,\"seed\":2";
        assertEquals(content(sampled), content(sampled + ",\"do_sample\":true"));
    }

    private static long tokens(String members) {
        return chat(members).at("usage.completion_tokens").integer();
    }

    @Test
    void o16_streamDecidesAndAcceptDoesNot() {
        Map<String, String> accept = Map.of("accept", "text/event-stream");
        String body = "{%s,\"max_tokens\":2}".formatted(HELLO);
        HttpReply whole = HttpReply.of(server.port(), "POST", CHAT, body, accept);
        assertEquals("chat.completion", whole.json().at("object").text());
        String streamed =
                body.replace("}", "").replace("\"Hello\"", "\"Hello\"}") + ",\"stream\":true}";
        HttpReply events =
                HttpReply.of(
                        server.port(),
                        "POST",
                        CHAT,
                        streamed,
                        Map.of("accept", "application/json"));
        assertTrue(events.header("Content-Type").orElse("").startsWith("text/event-stream"));
    }

    /** The document's loop drops six characters of each line and passes over what then fails. */
    @Test
    void o17_theDocumentsLoopReadsEveryEvent() {
        String members = HELLO + ",\"max_tokens\":12,\"seed\":9";
        HttpReply reply = server.post(CHAT, "{%s,\"stream\":true}".formatted(members));
        StringBuilder text = new StringBuilder();
        int numEvents = 0;
        for (String line : reply.body().lines().toList()) {
            boolean mayFail = line.isEmpty() || line.startsWith(":") || line.equals("data: [DONE]");
            if (!mayFail) {
                Json event = Json.of(line.substring(6));
                text.append(event.at("choices.0.delta.content").text());
                numEvents++;
            }
        }
        assertTrue(numEvents > 3, reply.body());
        assertEquals(content(members), text.toString());
        Json last = reply.events().getLast();
        assertEquals("", last.at("choices.0.delta.content").text());
        assertFalse(last.at("choices.0.finish_reason").isNull());
    }

    @Test
    void o18_theDocumentsTemplateIsRendered() {
        String three = SYSTEM_AND_USER + ",{\"role\":\"assistant\",\"content\":\"\"}";
        assertEquals(
                "\n\n                Be friendly\n            \n\nuser: What's the capital of"
                        + " UAE?\n\n            \n\nassistant: \n\n    ",
                rendered(three, TEMPLATE));
        assertEquals(
                "\n\n                Be friendly\n            \n\nuser: What's the capital of"
                        + " UAE?\n\n                \n\nAssistant: \n    ",
                rendered(SYSTEM_AND_USER, TEMPLATE));
    }

    private static String rendered(String messages, String template) {
        String body =
                "{\"messages\":[%s],\"chat_template\":%s}".formatted(messages, quoted(template));
        HttpReply reply = server.post(BASE + "/v1/apply-template", body);
        assertEquals(200, reply.status(), reply.body());
        return reply.json().at("prompt").text();
    }

    private static String quoted(String text) {
        return text.chars()
                .mapToObj(
                        c ->
                                switch (c) {
                                    case '\n' -> "\\n";
                                    case '\r' -> "\\r";
                                    case '"' -> "\\\"";
                                    case '\\' -> "\\\\";
                                    default -> Character.toString(c);
                                })
                .collect(Collectors.joining("", "\"", "\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{ nothing.at_all }}                | 'nothing' is undefined",
                "{{ nothing }}                       | 'nothing' is undefined",
                "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %} | steps",
                "{{ 1 +                              | line 1"
            })
    void o18_brokenTemplatesAreRefused(String template, String message) {
        String body = "{%s,\"chat_template\":%s}".formatted(HELLO, quoted(template));
        for (String below : List.of("/v1/apply-template", "/v1/chat/completions")) {
            HttpReply reply = server.post(BASE + below, body);
            assertRefused(reply, 400, "chat_template", null);
            assertTrue(reply.json().at("error.message").text().contains(message), reply.body());
        }
    }

    @Test
    void o18_unknownNamesMayBeAskedFor() {
        String template = "{% if nothing is defined or nothing %}a{% else %}b{% endif %}";
        assertEquals("b", rendered(SYSTEM_AND_USER, template));
        String tokens = "{{ bos_token is defined }}{{ add_generation_prompt }}";
        assertEquals("TrueTrue", rendered(SYSTEM_AND_USER, tokens));
    }

    @Test
    void o20_theListedIdCanBeUsedAsModel() {
        HttpReply models =
                HttpReply.of(
                        server.port(),
                        "GET",
                        BASE + "/v1/models",
                        null,
                        Map.of("accept", "text/event-stream"));
        assertEquals(200, models.status());
        assertTrue(models.header("Content-Type").orElse("").startsWith("application/json"));
        assertEquals("list", models.json().at("object").text());
        String id = models.json().at("data.0.id").text();
        Json answer = chat(HELLO + ",\"max_tokens\":1,\"model\":\"%s\"".formatted(id));
        assertEquals(id, answer.at("model").text());
        String version = "/models/bluefly-text-1-v1/proxy/v1/models";
        assertEquals("bluefly-text-1-v1", server.get(version).json().at("data.0.id").text());
    }

    @Test
    void o21_theDocumentsChatIsAnswered() {
        String members =
                "\"model\":\"%s\",\"messages\":[%s],\"temperature\":0.9,\"top_p\":0.7,\"max_tokens\":1000"
                        .formatted(TestModels.NAME, SYSTEM_AND_USER);
        Json answer = chat(members);
        assertEquals("assistant", answer.at("choices.0.message.role").text());
        long total = answer.at("usage.total_tokens").integer();
        assertTrue(total <= server.model().maxContext() + 1, "X14: ends at the window: " + total);
    }

    @Test
    void o36_whatProxiesAddDoesNoHarm() {
        Map<String, String> headers =
                Map.of(
                        "X-Forwarded-For", "10.0.0.1",
                        "X-Forwarded-Proto", "https",
                        "X-Forwarded-Host", "inference.example.org",
                        "X-Forwarded-Prefix", "/tenant/a",
                        "Forwarded", "for=10.0.0.1;proto=https");
        String body = "{%s,\"max_tokens\":1}".formatted(HELLO);
        HttpReply reply = HttpReply.of(server.port(), "POST", CHAT, body, headers);
        assertEquals(200, reply.status(), reply.body());
    }

    @Test
    void o38_messagesAndTemplateAreEnough() {
        String template = "{% for m in messages %}{{ m.content }} {% endfor %}";
        Json answer = chat(HELLO + ",\"chat_template\":" + quoted(template));
        assertFalse(answer.at("choices.0.message.content").text().isEmpty());
        assertEquals("chat.completion", answer.at("object").text());
    }

    @Test
    void x3_modelsAtTheRootAreStillDescribed() {
        Json model = server.get("/models/" + TestModels.NAME).json();
        assertEquals(TestModels.NAME, model.at("id").text());
        assertEquals("model", model.at("object").text());
        assertEquals(404, server.get("/models/proxy").status());
    }

    @Test
    void x9_errorsAreTheObject() {
        Json error = server.post(CHAT, "{%s,\"temperature\":3}".formatted(HELLO)).json();
        assertEquals("temperature", error.at("error.param").text());
        assertTrue(error.at("error").has("request_id"));
        assertFalse(error.has("detail"));
    }

    @Test
    void tasksOfOtherModelsAreRefused() {
        HttpReply reply =
                server.post(
                        "/models/bluefly-embedding-1/proxy/v1/chat/completions",
                        "{%s}".formatted(HELLO));
        assertRefused(reply, 400, "model", "model_task_mismatch");
    }
}
