package dev.nightjar.server.dialect.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.EngineHold;
import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.RawClient;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the llm_serving document, by their ids. */
final class LlmServingRowsTest {

    private static final String CHAT = "/chat/completions";
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

    private static HttpReply root(String messages, String more) {
        return server.post(CHAT, body(messages, more));
    }

    private static String body(String messages, String more) {
        return "{\"messages\":[%s],\"temperature\":0,\"max_tokens\":12%s}"
                .formatted(messages, more);
    }

    private static String text(HttpReply reply) {
        assertEquals(200, reply.status(), reply.body());
        return reply.json().at("choices.0.message.content").text();
    }

    private static String message(String role, String content) {
        return "{\"role\":\"%s\",\"content\":\"%s\"}".formatted(role, content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models", "/v1/models", "/models/nightjar/test-model"})
    void l2_pathsWithoutVersion(String path) {
        assertEquals(200, server.get(path).status());
    }

    @Test
    void l2_completionsWithoutVersion() {
        String body = "{\"prompt\":\"Once\",\"temperature\":0}";
        HttpReply reply = server.post("/completions", body);
        assertEquals(200, reply.status(), reply.body());
        assertEquals("text_completion", reply.json().at("object").text());
    }

    @Test
    void l3_anyKeyIsAccepted() {
        HttpReply reply =
                server.post(
                        CHAT,
                        body(message("user", "Hi"), ""),
                        "Authorization",
                        "Bearer OPENAI_API_KEY");
        assertEquals(200, reply.status(), reply.body());
    }

    @Test
    void l4_unknownNameIsServedByTheDefaultModel() {
        HttpReply reply = root(message("user", "Hi"), ",\"model\":\"gpt-4o\"");
        assertEquals(text(root(message("user", "Hi"), "")), text(reply));
        assertEquals("gpt-4o", reply.header("X-Model-Fallback").orElse("none"));
        assertEquals(TestModels.NAME, reply.json().at("model").text(), "what really answered");
    }

    @Test
    void l5_everyChunkHasAChoice() {
        HttpReply reply = root(message("user", "Hi"), ",\"stream\":true");
        assertEquals(200, reply.status(), reply.body());
        for (Json event : reply.events()) {
            assertEquals(1, event.at("choices").size());
            assertTrue(event.at("choices.0.delta").has("content"));
        }
    }

    @Test
    void l11_theFieldsOfTheDocument() {
        String messages =
                message("system", "You are a helpful assistant.")
                        + ","
                        + message("user", "Hello! Talk about the News.");
        String more = ",\"model\":\"%s\",\"stream\":false".formatted(TestModels.NAME);
        HttpReply reply = root(messages, more);
        assertFalse(text(reply).isEmpty());
        assertTrue(reply.header("X-Ignored-Fields").isEmpty());
    }

    @Test
    void l12_missingRoleIsUser() {
        HttpReply reply = root("{\"content\":\"Translate to English: Je t’aime.\"}", "");
        assertEquals(
                text(root(message("user", "Translate to English: Je t’aime."), "")), text(reply));
    }

    @Test
    void l12_unknownRoleIsUserHereAndAnErrorAtV1() {
        String messages = message("string", "Hi");
        assertEquals(text(root(message("user", "Hi"), "")), text(root(messages, "")));
        String strict = body(messages, ",\"model\":\"%s\"".formatted(TestModels.NAME));
        HttpReply refused = server.post("/v1/chat/completions", strict);
        assertEquals(400, refused.status());
        assertEquals("messages[0].role", refused.json().at("error.param").text());
    }

    @Test
    void l13_modelWithoutTemplateContinuesTheContents() {
        try (TestServer plain = TestServer.startWithoutTemplate()) {
            String messages = message("user", "Once upon") + "," + message("user", " a time");
            HttpReply chat = plain.post(CHAT, body(messages, ""));
            HttpReply text =
                    plain.post(
                            "/completions",
                            "{\"prompt\":\"Once upon a time\",\"temperature\":0,\"max_tokens\":12}");
            assertEquals(text.json().at("choices.0.text").text(), text(chat));
            String strict = body(messages, ",\"model\":\"%s\"".formatted(TestModels.NAME));
            HttpReply refused = plain.post("/v1/chat/completions", strict);
            assertEquals(400, refused.status());
            assertEquals("no_chat_template", refused.json().at("error.code").text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models/nightjar/test-model", "/models/nightjar%2Ftest-model"})
    void l14_idsWithSlashes(String path) {
        assertEquals(TestModels.NAME, server.get(path).json().at("id").text());
        HttpReply unknown = root(message("user", "Hi"), ",\"model\":\"Qwen/Qwen9-3B\"");
        assertEquals(404, unknown.status());
        assertEquals("model_not_found", unknown.json().at("error.code").text());
    }

    @Test
    void l15_theAnswerHoldsMoreThanTheDocumentShows() {
        Json json = root(message("user", "Hi"), "").json();
        assertEquals("chat.completion", json.at("object").text());
        assertEquals(0, json.at("choices.0.index").integer());
        assertEquals("assistant", json.at("choices.0.message.role").text());
        assertTrue(json.at("choices.0.message.refusal").isNull());
        assertTrue(json.at("choices.0.logprobs").isNull());
        assertEquals("length", json.at("choices.0.finish_reason").text());
        assertEquals(12, json.at("usage.completion_tokens").integer());
    }

    @Test
    void l16_createdIsAnIntegerAndTheIdAString() {
        Json json = root(message("user", "Hi"), "").json();
        assertTrue(json.at("id").text().matches("chatcmpl-[0-9a-f]{32}"), json.at("id").text());
        assertTrue(Math.abs(json.at("created").integer() - System.currentTimeMillis() / 1000) < 60);
    }

    @Test
    void l25_oneIdPerStreamAndDoneAtItsEnd() {
        HttpReply reply = root(message("user", "Hi"), ",\"stream\":true");
        Set<String> ids = new HashSet<>();
        reply.events().forEach(event -> ids.add(event.at("id").text()));
        assertEquals(1, ids.size());
        assertEquals("[DONE]", reply.dataLines().getLast());
    }

    /** One that does not read its stream holds up nobody else. */
    @Test
    void l25_aSlowReaderStallsNobody() {
        String endless = ",\"stream\":true,\"ignore_eos\":true,\"n\":4";
        try (RawClient slow =
                server.connect()
                        .post(CHAT, body(message("user", "Hi"), endless).replace("12", "400"))) {
            slow.readUntil("data: ");
            assertEquals(200, root(message("user", "Hi"), "").status());
        }
    }

    @Test
    void l26_stringsAreUserTurns() {
        HttpReply reply = root("\"Hi\"", "");
        assertEquals(text(root(message("user", "Hi"), "")), text(reply));
        String strict = body("\"Hi\"", ",\"model\":\"%s\"".formatted(TestModels.NAME));
        assertEquals(400, server.post("/v1/chat/completions", strict).status());
    }

    @Test
    void l27_errorsHaveADetail() {
        HttpReply reply = server.post(CHAT, "{\"messages\":5}");
        assertEquals(400, reply.status());
        assertEquals(reply.json().at("error.message").text(), reply.json().at("detail").text());
        String strict = "{\"model\":\"%s\",\"messages\":5}".formatted(TestModels.NAME);
        assertFalse(server.post("/v1/chat/completions", strict).json().has("detail"));
    }

    @Test
    void namesOfHuggingFace() {
        String sampled = "{\"messages\":[\"Hi\"],\"temperature\":1.5,\"max_new_tokens\":7%s}";
        HttpReply greedy = server.post(CHAT, sampled.formatted(",\"do_sample\":false"));
        assertEquals(7, greedy.json().at("usage.completion_tokens").integer());
        assertEquals(text(root("\"Hi\"", "").json()), text(greedy.json()) + rest(greedy));
        HttpReply newest = server.post(CHAT, sampled.formatted(",\"max_tokens\":3"));
        assertEquals(3, newest.json().at("usage.completion_tokens").integer());
    }

    private static String text(Json json) {
        return json.at("choices.0.message.content").text();
    }

    /** What 12 greedy tokens say after the first 7. */
    private static String rest(HttpReply greedy) {
        String whole = text(root("\"Hi\"", "").json());
        String begin = text(greedy.json());
        assertTrue(whole.startsWith(begin), whole + " does not begin with " + begin);
        assertNotEquals("", begin);
        return whole.substring(begin.length());
    }

    @Test
    @SuppressWarnings("try")
    void aBadNumberOfChoicesIsRefusedBeforeAnythingIsQueued() {
        try (EngineHold hold = new EngineHold(server.model())) {
            long before = server.stats().submitted();
            for (String n : List.of("0", "65", "-1", "1.5", "1e9", "\"2\"")) {
                HttpReply reply = root(message("user", "Hi"), ",\"n\":" + n);
                assertEquals(400, reply.status(), n);
                assertEquals("n", reply.json().at("error.param").text());
            }
            assertEquals(before, server.stats().submitted());
        }
    }
}
