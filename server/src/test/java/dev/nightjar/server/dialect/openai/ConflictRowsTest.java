package dev.nightjar.server.dialect.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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

/** What was decided where the documents contradict each other, as far as it concerns OpenAI's. */
final class ConflictRowsTest {

    private static final int CONTEXT = 128;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                TestServer.start(
                        LoadOptions.defaults().withMaxContext(CONTEXT), ServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static HttpReply complete(String path, String more) {
        return server.post(path, "{\"prompt\":\"Once upon\"%s}".formatted(more));
    }

    private static String named() {
        return ",\"model\":\"%s\"".formatted(TestModels.NAME);
    }

    private static Json effective(String path, String body) {
        HttpReply reply = server.post(path, body, "X-Debug-Sampling", "1");
        assertEquals(200, reply.status(), reply.body());
        return Json.of(reply.header("X-Effective-Sampling").orElseThrow());
    }

    @Test
    void x1_effectiveSamplingIsShownWhenAskedFor() {
        String chat = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]%s}";
        Json plain =
                effective("/v1/chat/completions", chat.formatted(TestModels.NAME, ",\"seed\":3"));
        assertEquals(Json.of("1.0"), plain.at("temperature"));
        assertEquals(Json.of("1.0"), plain.at("top_p"));
        assertEquals(0, plain.at("top_k").integer());
        assertEquals(3, plain.at("seed").integer());
        long promptTokens =
                server.post("/v1/chat/completions", chat.formatted(TestModels.NAME, ""))
                        .json()
                        .at("usage.prompt_tokens")
                        .integer();
        assertEquals(CONTEXT - promptTokens, plain.at("max_tokens").integer());
        String asked =
                ",\"temperature\":0.25,\"top_k\":5,\"min_p\":0.5,\"repeat_penalty\":1.5,\"repeat_last_n\":9,"
                        + "\"samplers\":[\"top_k\",\"temperature\"],\"logit_bias\":{\"5\":1},\"max_tokens\":4,"
                        + "\"dry_multiplier\":0.5,\"min_tokens\":2,\"stop_token_ids\":[7],\"ignore_eos\":true";
        Json all = effective("/v1/chat/completions", chat.formatted(TestModels.NAME, asked));
        assertEquals(Json.of("0.25"), all.at("temperature"));
        assertEquals(5, all.at("top_k").integer());
        assertEquals(Json.of("0.5"), all.at("min_p"));
        assertEquals(Json.of("1.5"), all.at("repetition_penalty"));
        assertEquals(9, all.at("repeat_last_n").integer());
        assertEquals(Json.of("[\"top_k\",\"temperature\"]"), all.at("samplers"));
        assertEquals(1, all.at("logit_bias").integer());
        assertEquals(Json.of("0.5"), all.at("dry_multiplier"));
        assertEquals(2, all.at("min_tokens").integer());
        assertEquals(4, all.at("max_tokens").integer());
        assertEquals(1, all.at("stop_token_ids").integer());
        assertEquals(Json.of("true"), all.at("ignore_eos"));
        HttpReply unasked = complete("/completions", "");
        assertTrue(unasked.header("X-Effective-Sampling").isEmpty());
    }

    @Test
    void x1_streamsShowItToo() {
        String body = "{\"prompt\":\"Once\",\"stream\":true,\"top_p\":0.5}";
        assertEquals(Json.of("0.5"), effective("/completions", body).at("top_p"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/v1/completions, -, 400",
                "/v1/completions, gpt-4o, 404",
                "/completions, -, 200",
                "/completions, gpt-4o, 200",
                "/completions, meta/llama, 404"
            })
    void x5_missingAndUnknownModels(String path, String model, int status) {
        String member = model == null ? "" : ",\"model\":\"%s\"".formatted(model);
        HttpReply reply = complete(path, member);
        assertEquals(status, reply.status(), reply.body());
        if (status != 200) {
            assertEquals("model", reply.json().at("error.param").text());
        } else if (model != null) {
            assertEquals(model, reply.header("X-Model-Fallback").orElse("none"));
        }
        assertEquals(status == 200 && model != null, reply.header("X-Model-Fallback").isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/completions, max_completion_tokens, 5",
        "/v1/completions, max_tokens, 5",
        "/v1/completions, max_new_tokens, 16",
        "/completions, max_new_tokens, 5"
    })
    void x7_namesOfTheLimit(String path, String name, int tokens) {
        HttpReply reply = complete(path, named() + ",\"ignore_eos\":true,\"%s\":5".formatted(name));
        assertEquals(tokens, reply.json().at("usage.completion_tokens").integer());
        boolean isUnknown = tokens != 5;
        assertEquals(isUnknown ? name : "-", reply.header("X-Ignored-Fields").orElse("-"));
    }

    @Test
    void x8_createdIsAnInteger() {
        assertTrue(complete("/completions", "").json().at("created").integer() > 0);
        assertTrue(complete("/v1/completions", named()).json().at("created").integer() > 0);
    }

    @Test
    void x9_errorsOfBothPlaces() {
        Json strict = complete("/v1/completions", named() + ",\"n\":0").json();
        for (String member : "message,type,param,code,details,request_id".split(",")) {
            assertTrue(strict.at("error").has(member), member);
        }
        assertTrue(complete("/completions", ",\"n\":0").json().has("detail"));
    }

    @ParameterizedTest
    @CsvSource({"/v1/completions", "/completions"})
    void x14_aLimitBeyondTheContextIsNoError(String path) {
        HttpReply reply = complete(path, named() + ",\"ignore_eos\":true,\"max_tokens\":100000");
        assertEquals(200, reply.status(), reply.body());
        assertEquals("length", reply.json().at("choices.0.finish_reason").text());
        assertEquals(CONTEXT, reply.json().at("usage.total_tokens").integer());
        HttpReply absent = complete(path, named() + ",\"ignore_eos\":true");
        assertEquals(16, absent.json().at("usage.completion_tokens").integer());
    }

    /** A stop string holds across tokens, in streams, and white space in it counts. */
    @Test
    void b24_stopStringsHoldAcrossTokens() {
        String greedy = named() + ",\"temperature\":0,\"max_tokens\":40";
        String whole = complete("/v1/completions", greedy).json().at("choices.0.text").text();
        for (int at = 3; at + 4 < whole.length(); at += 5) {
            String stop = whole.substring(at, at + 4).replace("\n", "\\n").replace("\"", "\\\"");
            String more = greedy + ",\"stop\":[\"%s\"]".formatted(stop);
            HttpReply reply = complete("/v1/completions", more);
            String expected = whole.substring(0, whole.indexOf(whole.substring(at, at + 4)));
            assertEquals(expected, reply.json().at("choices.0.text").text());
            assertEquals("stop", reply.json().at("choices.0.finish_reason").text());
            HttpReply streamed = complete("/v1/completions", more + ",\"stream\":true");
            StringBuilder joined = new StringBuilder();
            streamed.events().forEach(e -> joined.append(e.at("choices.0.text").text()));
            assertEquals(expected, joined.toString());
        }
        assertNotEquals("", whole);
    }
}
