package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.json.JsonValue.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of texts, the status of the service and its counters. */
final class HelperRouteTest {

    private static final String SYSTEM = "Speak like a cat.";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                TestServer.start(
                        LoadOptions.defaults(), ServerOptions.defaults().withSystemPrompt(SYSTEM));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Json ok(HttpReply reply) {
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    private static String ids(Json tokens) {
        StringBuilder ids = new StringBuilder("[");
        for (int i = 0; i < tokens.at("tokens").size(); i++) {
            ids.append(i == 0 ? "" : ",").append(tokens.at("tokens." + i).integer());
        }
        return ids.append("]").toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "content", "prompt"})
    void textsUnderAllNamesGiveTheSameTokens(String name) {
        String text = "Once upon a time, a cat said: \\\"héllo\\\" 🐈";
        Json tokens = ok(server.post("/tokenize", "{\"%s\":\"%s\"}".formatted(name, text)));
        assertEquals(tokens.at("count").integer(), tokens.at("tokens").size());
        assertEquals(server.model().maxContext(), tokens.at("max_model_len").integer());
        String body = "{\"tokens\":%s}".formatted(ids(tokens));
        Json back = ok(server.post("/detokenize", body));
        assertEquals("Once upon a time, a cat said: \"héllo\" 🐈", back.at("content").text());
        assertEquals(back.at("content").text(), back.at("prompt").text());
    }

    /** F17 and B29: what is counted here is what a generation counts. */
    @Test
    void countsWhatAGenerationCounts() {
        String text = "\"Once upon a time there was a fox.\"";
        long counted =
                ok(server.post("/tokenize", "{\"text\":" + text + "}")).at("count").integer();
        String model = "\"model\":\"" + TestModels.NAME + "\",\"max_tokens\":1,";
        Json completion =
                ok(server.post("/v1/completions", "{" + model + "\"prompt\":" + text + "}"));
        assertEquals(completion.at("usage.prompt_tokens").integer(), counted);

        String messages = "\"messages\":[{\"role\":\"user\",\"content\":" + text + "}]";
        String strict = "{\"model\":\"%s\",%s}".formatted(TestModels.NAME, messages);
        long inChat = ok(server.post("/v1/tokenize", strict)).at("count").integer();
        Json chat = ok(server.post("/v1/chat/completions", "{" + model + messages + "}"));
        assertEquals(chat.at("usage.prompt_tokens").integer(), inChat);
        assertTrue(inChat > counted, "a conversation is more than its text");
    }

    @Test
    void specialTokensAreAddedUnlessRefused() {
        long with = ok(server.post("/tokenize", "{\"text\":\"cat\"}")).at("count").integer();
        for (String name : new String[] {"add_special", "add_special_tokens"}) {
            String body = "{\"text\":\"cat\",\"%s\":false}".formatted(name);
            assertEquals(with - 1, ok(server.post("/tokenize", body)).at("count").integer());
        }
        assertEquals(
                0,
                ok(server.post("/tokenize", "{\"text\":\"\",\"add_special\":false}"))
                        .at("count")
                        .integer());
    }

    /** A character of several bytes that the vocabulary spells byte by byte. */
    @Test
    void pieces() {
        Json tokens = ok(server.post("/tokenize", "{\"text\":\"cat 🐈\",\"with_pieces\":true}"));
        StringBuilder text = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < tokens.at("tokens").size(); i++) {
            Json token = tokens.at("tokens." + i);
            assertTrue(token.at("id").integer() >= 0);
            if (token.at("piece").value() instanceof dev.nightjar.server.json.JsonValue.JsonArray) {
                bytes += token.at("piece").size();
            } else {
                text.append(token.at("piece").text());
            }
        }
        assertTrue(text.toString().contains("cat"), text.toString());
        assertEquals(4, bytes, "the emoji is not in the vocabulary of this model");
        Json spelled =
                ok(server.post("/tokenize", "{\"text\":\"cat\",\"return_token_strs\":true}"));
        assertEquals(spelled.at("tokens").size(), spelled.at("token_strs").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/tokenize      | {}                                | text",
                "/tokenize      | {\"text\":\"a\",\"prompt\":\"b\"}    | text",
                "/tokenize      | {\"text\":1}                       | text",
                "/tokenize      | {\"messages\":[]}                  | messages",
                "/v1/tokenize   | {\"text\":\"a\"}                    | model",
                "/detokenize    | {}                                | tokens",
                "/detokenize    | {\"tokens\":[1,-1]}                | tokens[1]",
                "/detokenize    | {\"tokens\":[1,2,99999999]}        | tokens[2]",
                "/detokenize    | {\"tokens\":[\"a\"]}                | tokens[0]",
                "/detokenize    | {\"tokens\":\"a\"}                  | tokens"
            })
    void refusals(String path, String body, String param) {
        HttpReply reply = server.post(path, body);
        assertEquals(400, reply.status(), reply.body());
        assertEquals(param, reply.json().at("error.param").text());
    }

    /** L9: exactly the documented keys, with live values. */
    @Test
    void statusOfTheService() {
        HttpReply reply = server.get("/chat");
        Json status = ok(reply);
        assertEquals(
                Set.of(
                        "status",
                        "llm_serving_url",
                        "model_name",
                        "max_new_tokens",
                        "device",
                        "do_sample",
                        "system_prompt"),
                ((JsonObject) status.value()).members().keySet());
        assertEquals("running", status.at("status").text());
        assertEquals("http://127.0.0.1:" + server.port(), status.at("llm_serving_url").text());
        assertEquals(TestModels.NAME, status.at("model_name").text());
        assertEquals(server.model().maxContext(), status.at("max_new_tokens").integer());
        assertEquals("cpu", status.at("device").text());
        assertEquals(server.model().device(), status.at("device").text());
        assertEquals(SYSTEM, status.at("system_prompt").text());
        assertEquals(405, server.post("/chat", "{}").status());
    }

    /** A system prompt is for the root alone, and only where the client has none. */
    @Test
    void systemPrompt() {
        String user = "{\"role\":\"user\",\"content\":\"hi\"}";
        String bare = "{\"model\":\"%s\",\"messages\":[%s]}".formatted(TestModels.NAME, user);
        String own = bare.replace("[", "[{\"role\":\"system\",\"content\":\"Be brief.\"},");
        assertTrue(prompt("/apply-template", bare).contains(SYSTEM));
        assertFalse(prompt("/apply-template", own).contains(SYSTEM));
        assertFalse(prompt("/v1/apply-template", bare).contains(SYSTEM));
    }

    private static String prompt(String path, String body) {
        return ok(server.post(path, body)).at("prompt").text();
    }

    /** F24: the counters of each model, and of HTTP. */
    @Test
    void stats() {
        Json before = ok(server.get("/stats"));
        assertEquals("ready", before.at("status").text());
        long generated = before.at("models.0.generated_tokens").integer();
        server.post("/completions", "{\"prompt\":\"Once\",\"max_tokens\":5,\"ignore_eos\":true}");
        Json after = ok(server.get("/stats"));
        assertEquals(generated + 5, after.at("models.0.generated_tokens").integer());
        assertEquals(TestModels.NAME, after.at("models.0.id").text());
        assertEquals(0, after.at("models.0.sequences_running").integer());
        assertTrue(after.at("http.requests_by_status.200").integer() >= 2);
        assertEquals(1, after.at("http.requests_in_flight").integer(), "this one");
    }
}
