package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error has the documented form and says what to do. */
final class ErrorTest {

    private static final int MAX_BODY = 100_000;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                TestServer.start(
                        LoadOptions.defaults().withMaxQueued(2),
                        ServerOptions.defaults().withMaxBodyBytes(MAX_BODY));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Json assertError(HttpReply reply, int status, String param, String code) {
        assertEquals(status, reply.status(), reply.body());
        assertEquals("application/json", reply.header("Content-Type").orElse("none"));
        assertTrue(reply.header("x-request-id").isPresent(), "each error names its request");
        Json error = reply.json().at("error");
        assertFalse(error.at("message").text().isBlank());
        assertFalse(error.at("type").text().isBlank());
        assertEquals(param, error.at("param").isNull() ? null : error.at("param").text());
        assertEquals(code, error.at("code").isNull() ? null : error.at("code").text());
        return error;
    }

    private static HttpReply chat(String members) {
        String body = "{\"model\":\"%s\"%s}".formatted(TestModels.NAME, members);
        return server.post("/v1/chat/completions", body);
    }

    /** The parameter at fault is named by its path, with what was expected and found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{}                                         | messages              | - | required",
                "{\"messages\":[]}                          | messages              | - | empty",
                "{\"messages\":\"hi\"}                      | messages              | - | an array, found a string",
                "{\"messages\":[7]}                         | messages[0]           | - | an object, found an integer",
                "{\"messages\":[{\"content\":\"x\"}]}       | messages[0].role      | - | required",
                "{\"messages\":[{\"role\":\"x\",\"content\":\"x\"}]} | messages[0].role | - | one of system",
                "{\"messages\":[{\"role\":\"user\"}]}       | messages[0].content   | - | required",
                "{\"messages\":[M,{\"role\":\"user\",\"content\":5}]} | messages[1].content | - | a string or an array",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]} | messages[0].content[0].type | - | image_url",
                "{\"messages\":[{\"role\":\"user\",\"content\":[\"x\"]}]} | messages[0].content[0] | - | an object",
                "{\"messages\":[M],\"temperature\":\"hot\"} | temperature           | - | a number from 0 to 2, found a string",
                "{\"messages\":[M],\"temperature\":2.1}     | temperature           | - | from 0 to 2, found 2.1",
                "{\"messages\":[M],\"temperature\":-1}      | temperature           | - | from 0 to 2",
                "{\"messages\":[M],\"temperature\":1e308}   | temperature           | - | from 0 to 2",
                "{\"messages\":[M],\"top_p\":1.5}           | top_p                 | - | from 0 to 1",
                "{\"messages\":[M],\"min_p\":-0.5}          | min_p                 | - | from 0 to 1",
                "{\"messages\":[M],\"top_k\":-2}            | top_k                 | - | from -1",
                "{\"messages\":[M],\"top_k\":1.5}           | top_k                 | - | integer",
                "{\"messages\":[M],\"repetition_penalty\":0} | repetition_penalty   | - | above 0",
                "{\"messages\":[M],\"presence_penalty\":3}  | presence_penalty      | - | from -2 to 2",
                "{\"messages\":[M],\"frequency_penalty\":-3} | frequency_penalty    | - | from -2 to 2",
                "{\"messages\":[M],\"seed\":\"a\"}          | seed                  | - | an integer",
                "{\"messages\":[M],\"seed\":99999999999999999999} | seed            | - | 64 bits",
                "{\"messages\":[M],\"max_tokens\":0}        | max_tokens            | - | from 1",
                "{\"messages\":[M],\"n\":0}                 | n                     | - | from 1 to 64",
                "{\"messages\":[M],\"n\":65}                | n                     | - | from 1 to 64",
                "{\"messages\":[M],\"stop\":\"\"}           | stop                  | - | not empty",
                "{\"messages\":[M],\"stop\":[\"a\",3]}      | stop[1]               | - | a string",
                "{\"messages\":[M],\"stop\":S17}            | stop                  | - | at most 16",
                "{\"messages\":[M],\"stream\":\"yes\"}      | stream                | - | a boolean",
                "{\"messages\":[M],\"stream_options\":{}}   | stream_options        | - | only allowed with",
                "{\"messages\":[M],\"stream\":true,\"stream_options\":{\"include_obfuscation\":true}} | stream_options.include_obfuscation | - | not supported",
                "{T,\"logprobs\":1}          | logprobs              | - | a boolean",
                "{T,\"top_logprobs\":3}      | top_logprobs          | - | only allowed with",
                "{T,\"logprobs\":true,\"top_logprobs\":21} | top_logprobs | - | from 0 to 20",
                "{T,\"tools\":{}}            | tools                 | - | an array",
                "{T,\"tools\":[{\"type\":\"function\"}]} | tools[0].function | - | required",
                "{T,\"tools\":[{\"type\":\"web_search\"}]} | tools[0].type | - | 'web_search' is not supported",
                "{T,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]} | tools[0].function.name | - | letters, digits",
                "{T,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":[]}}]} | tools[0].function.parameters | - | an object",
                "{T,\"tools\":[F,F]}         | tools[1].function.name | - | two tools are named 'f'",
                "{T,\"tool_choice\":\"required\"} | tool_choice      | - | needs tools",
                "{T,\"tool_choice\":\"any\"} | tool_choice          | - | one of none, auto, required",
                "{T,\"tools\":[F],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}} | tool_choice | - | one of f, found 'g'",
                "{T,\"tools\":[F],\"tool_choice\":{\"type\":\"custom\"}} | tool_choice.type | - | one of function",
                "{T,\"tools\":[F],\"functions\":[{\"name\":\"g\"}]} | functions | - | two names of one thing",
                "{T,\"functions\":[{}]}      | functions[0].name     | - | required",
                "{T,\"function_call\":{\"name\":\"f\"}} | function_call | - | needs functions",
                "{T,\"response_format\":{\"type\":\"xml\"}} | response_format.type | - | one of text",
                "{T,\"response_format\":{\"type\":\"json_schema\"}} | response_format.json_schema | - | required",
                "{T,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\"}}} | response_format.json_schema.schema | - | required",
                "{T,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":[]}}} | response_format.json_schema.schema | - | a JSON schema",
                "{T,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"unevaluatedItems\":false}}}} | response_format | - | unevaluatedItems",
                "{T,\"guided_json\":{\"unevaluatedItems\":false}} | guided_json | - | guided_json: ",
                "{T,\"guided_regex\":\"(\"}   | guided_regex          | - | guided_regex: ",
                "{T,\"grammar\":\"root ::= x\"} | grammar            | - | grammar: ",
                "{T,\"tools\":[F],\"structured_outputs\":{\"regex\":\"(\"}} | structured_outputs.regex | - | structured_outputs.regex: ",
                "{T,\"guided_regex\":\"\"}    | guided_regex          | - | a regular expression",
                "{T,\"guided_choice\":[]}    | guided_choice         | - | at least one",
                "{T,\"guided_json\":\"{\"}    | guided_json           | - | must be a JSON schema",
                "{T,\"guided_regex\":\"a\",\"grammar\":\"root ::= x\"} | grammar | - | give one of them",
                "{T,\"structured_outputs\":{\"regex\":\"a\",\"choice\":[\"b\"]}} | structured_outputs | - | found 2 of them",
                "{T,\"structured_outputs\":{}} | structured_outputs | - | found none of them",
                "{T,\"logit_bias\":{\"5\":101}} | logit_bias.5         | - | from -100 to 100",
                "{T,\"logit_bias\":{\"the\":1}} | logit_bias           | - | token ids as names",
                "{T,\"logit_bias\":{\"99999999\":1}} | logit_bias       | - | token ids go from 0",
                "{T,\"typical_p\":1.1}       | typical_p             | - | from 0 to 1",
                "{T,\"repeat_last_n\":-2}    | repeat_last_n         | - | from -1",
                "{T,\"dry_base\":0.5}        | dry_base              | - | from 1 to 100",
                "{T,\"dry_multiplier\":1,\"dry_sequence_breakers\":[\"\"]} | dry_sequence_breakers | - | 1 to 40",
                "{T,\"samplers\":[\"top_x\"]} | samplers[0]          | - | one of temperature",
                "{T,\"samplers\":[\"top_k\",\"top_k\"]} | samplers[1] | - | again",
                "{T,\"min_tokens\":9,\"max_tokens\":8} | min_tokens    | - | from 0 to max_tokens",
                "{T,\"stop_token_ids\":[-1]} | stop_token_ids[0]     | - | from 0",
                "{T,\"stop_token_ids\":[99999999]} | stop_token_ids  | - | token ids go from 0",
                "{T,\"reasoning_effort\":\"extreme\"} | reasoning_effort | - | one of none",
                "{\"messages\":[M],\"audio\":{\"voice\":\"x\"}} | audio             | - | not supported"
            })
    void namesTheParameter(String members, String param, String code, String part) {
        String filled =
                members.replaceAll("^\\{|}$", "")
                        .replace("T,", "\"messages\":[M],")
                        .replace("F", "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}")
                        .replace("[M", "[{\"role\":\"user\",\"content\":\"hi\"}")
                        .replace("S17", "[" + "\"x\",".repeat(16) + "\"x\"]");
        HttpReply reply = chat(filled.isEmpty() ? "" : "," + filled);
        Json error = assertError(reply, 400, param, code);
        assertEquals("invalid_request_error", error.at("type").text());
        String message = error.at("message").text();
        assertTrue(message.contains(part), () -> "expected '" + part + "' in '" + message + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"suffix\":1        | suffix",
                "\"logprobs\":21     | logprobs",
                "\"logprobs\":true   | logprobs",
                "\"best_of\":65      | best_of",
                "\"n\":3,\"best_of\":2 | best_of",
                "\"stream\":true,\"best_of\":2 | best_of",
                "\"max_tokens\":0    | max_tokens",
                "\"echo\":1          | echo",
                "\"prompt\":[]       | prompt",
                "\"prompt\":[1,\"a\"] | prompt[1]",
                "\"prompt\":[\"a\",1] | prompt[1]",
                "\"prompt\":[[]]     | prompt[0]",
                "\"prompt\":{}       | prompt",
                "\"prompt\":[-1]     | prompt[0]",
                "\"prompt\":[999999] | prompt"
            })
    void namesTheParameterOfCompletions(String member, String param) {
        String prompt = member.startsWith("\"prompt") ? "" : "\"prompt\":\"hi\",";
        HttpReply reply =
                server.post(
                        "/v1/completions",
                        "{\"model\":\"%s\",%s%s}".formatted(TestModels.NAME, prompt, member));
        assertError(reply, 400, param, null);
    }

    @Test
    void modelsThatCannotFillIn() {
        String body = "{\"model\":\"%s\",\"prompt\":\"a\",\"suffix\":\"b\"}";
        HttpReply reply = server.post("/v1/completions", body.formatted(TestModels.NAME));
        assertError(reply, 400, "suffix", "no_fill_in_middle");
    }

    @Test
    void unknownModel() {
        HttpReply reply = server.post("/v1/completions", "{\"model\":\"gpt-9\",\"prompt\":\"hi\"}");
        Json error = assertError(reply, 404, "model", "model_not_found");
        assertTrue(error.at("message").text().contains("gpt-9"));
        assertTrue(error.at("message").text().contains(TestModels.NAME));
        assertError(server.get("/v1/models/gpt-9"), 404, "model", "model_not_found");
    }

    @Test
    void malformedJsonIsLocated() {
        HttpReply reply = server.post("/v1/completions", "{\n  \"model\": tru\n}");
        Json error = assertError(reply, 400, null, "invalid_json");
        assertTrue(error.at("message").text().contains("line 2, column"), reply.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{\"a\":",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\":01}"
            })
    void notJson(String body) {
        assertError(server.post("/v1/completions", body), 400, null, "invalid_json");
    }

    @Test
    void tooDeep() {
        String body = "{\"model\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertError(server.post("/v1/completions", body), 400, null, "invalid_json");
    }

    @Test
    void emptyBodyAndOtherValues() {
        assertError(server.post("/v1/completions", ""), 400, null, null);
        assertError(server.post("/v1/completions", "[]"), 400, null, null);
    }

    @Test
    void otherContentTypes() {
        String json = "{\"model\":\"%s\",\"prompt\":\"hi\"}".formatted(TestModels.NAME);
        for (String type : new String[] {"application/x-www-form-urlencoded", "text/plain"}) {
            HttpReply reply =
                    HttpReply.of(
                            server.port(),
                            "POST",
                            "/v1/completions",
                            json,
                            Map.of("Content-Type", type));
            assertError(reply, 415, null, "unsupported_media_type");
        }
        try (RawClient client = server.connect()) {
            client.write(
                    "POST /v1/completions HTTP/1.1\r\nHost: t\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(json.length(), json));
            assertTrue(client.readReply().startsWith("HTTP/1.1 200"), "a missing type is JSON");
        }
    }

    @Test
    void tooLarge() {
        try (RawClient client = server.connect()) {
            client.write(
                    "POST /v1/completions HTTP/1.1\r\nHost: t\r\nContent-Length: 100001\r\n\r\n");
            String reply = client.readReply();
            assertTrue(reply.startsWith("HTTP/1.1 413"), reply);
            assertTrue(reply.contains("request_too_large") && reply.contains("x-request-id"));
        }
        try (RawClient client = server.connect()) {
            client.write(
                    "POST /v1/completions HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "186a1\r\n"
                            + " ".repeat(100_001)
                            + "\r\n0\r\n\r\n");
            String reply = client.readReply();
            assertTrue(reply.startsWith("HTTP/1.1 413"), reply);
        }
    }

    @Test
    void unknownRouteAndWrongMethod() {
        assertError(server.get("/v2/x"), 404, null, "unknown_route");
        HttpReply wrong = server.get("/v1/chat/completions");
        assertError(wrong, 405, null, "method_not_allowed");
        assertEquals("POST", wrong.header("Allow").orElse(""));
        HttpReply models = server.post("/v1/models", "{}");
        assertError(models, 405, null, "method_not_allowed");
        assertEquals("GET", models.header("Allow").orElse(""));
        assertError(server.post("/v1/models/x/y", "{}"), 405, null, "method_not_allowed");
        assertError(server.post("/health/ready", "{}"), 405, null, "method_not_allowed");
        assertError(server.post("/metrics", "{}"), 405, null, "method_not_allowed");
    }

    @Test
    void notHttp() {
        try (RawClient client = server.connect()) {
            client.write("GET /a b c HTTP/1.1\r\nHost: t\r\n\r\n");
            String reply = client.readReply();
            assertTrue(reply.startsWith("HTTP/1.1 400"), reply);
            assertTrue(reply.contains("\"error\""), reply);
        }
    }

    /** Neither waits for the rest of the body nor loses the connection in silence. */
    @Test
    void malformedChunks() {
        String head =
                "POST /v1/completions HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (RawClient client = server.connect()) {
            String reply = client.write(head + "zz\r\nab").readReply();
            assertTrue(reply.startsWith("HTTP/1.1 400"), reply);
            assertTrue(reply.contains("malformed"), reply);
        }
        try (RawClient client = server.connect()) {
            client.write(head + "5\r\nab"); // and leaves
        }
        assertEquals(200, server.get("/health/live").status());
    }

    @Test
    void promptTooLong() {
        int limit = server.model().maxContext();
        String prompt = "cat ".repeat(limit);
        HttpReply reply =
                server.post(
                        "/v1/completions",
                        "{\"model\":\"%s\",\"prompt\":\"%s\"}".formatted(TestModels.NAME, prompt));
        Json error = assertError(reply, 400, null, "context_length_exceeded");
        String message = error.at("message").text();
        assertTrue(message.contains(Integer.toString(limit)), message);
        assertTrue(message.matches(".*has \\d+ tokens.*"), message);
    }

    @Test
    @SuppressWarnings("try")
    void fullQueue() {
        String body = "{\"model\":\"%s\",\"prompt\":\"hi\",\"n\":2}".formatted(TestModels.NAME);
        try (RawClient waiting = server.connect();
                EngineHold hold = new EngineHold(server.model())) {
            waiting.post("/v1/completions", body);
            TestServer.await("the queue is full", () -> server.stats().inFlight() == 2);
            HttpReply refused = server.post("/v1/completions", body);
            assertError(refused, 429, null, "queue_full");
            assertEquals("1", refused.header("Retry-After").orElse(""));
            assertEquals("1000", refused.header("retry-after-ms").orElse(""));
            HttpReply streamed =
                    server.post("/v1/completions", body.replace("\"n\"", "\"stream\":true,\"n\""));
            assertError(streamed, 429, null, "queue_full");
        }
    }

    @Test
    @SuppressWarnings("try")
    void timeLimit() throws Exception {
        ServerOptions options =
                ServerOptions.defaults()
                        .withRequestTimeout(Duration.ofMillis(100))
                        .withPingInterval(Duration.ofMillis(20));
        try (TestServer slow = TestServer.start(LoadOptions.defaults(), options);
                RawClient whole = slow.connect();
                RawClient streamed = slow.connect()) {
            String body = "{\"model\":\"%s\",\"prompt\":\"hi\"}".formatted(TestModels.NAME);
            try (EngineHold hold = new EngineHold(slow.model())) {
                whole.post("/v1/completions", body);
                streamed.post("/v1/completions", body.replace("}", ",\"stream\":true}"));
                TestServer.await("both wait", () -> slow.stats().submitted() == 2);
                Thread.sleep(200);
            }
            String reply = whole.readReply();
            assertTrue(reply.startsWith("HTTP/1.1 504"), reply);
            assertTrue(reply.toLowerCase().contains("x-should-retry: false"), reply);
            String stream = streamed.readUntil("\r\n0\r\n\r\n");
            assertTrue(stream.startsWith("HTTP/1.1 200"), stream);
            assertTrue(stream.contains("data: {\"error\":{\"message\""), stream);
            assertTrue(stream.contains("request_timeout"), stream);
            assertFalse(stream.contains("[DONE]"), "a failed stream has no [DONE]");
        }
    }

    @Test
    void requestIdsAreEchoedIfSane() {
        Map<String, String> sane = Map.of("X-Request-Id", "abc-123");
        HttpReply reply = HttpReply.of(server.port(), "GET", "/v1/models", null, sane);
        assertEquals("abc-123", reply.header("x-request-id").orElse(""));
        Map<String, String> insane = Map.of("X-Request-Id", "a b\"c");
        HttpReply other = HttpReply.of(server.port(), "GET", "/v1/models", null, insane);
        assertTrue(other.header("x-request-id").orElse("").startsWith("req_"));
    }
}
