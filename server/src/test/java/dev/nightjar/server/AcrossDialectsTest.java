package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows of the specification that show only when one model is asked in several dialects. */
final class AcrossDialectsTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                TestServer.start(
                        LoadOptions.defaults().withMaxContext(128), ServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Json ok(String path, String body) {
        HttpReply reply = server.post(path, body);
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    private static void assertTooLong(String path, String body) {
        HttpReply reply = server.post(path, body);
        assertEquals(400, reply.status(), reply.body());
        assertEquals("context_length_exceeded", reply.json().at("error.code").text());
    }

    @Test
    void b15_aPromptCanClassify() {
        String labels = "{\"enum\":[\"positive\",\"negative\"]}";
        String form =
                "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"label\",\"schema\":%s}}"
                        .formatted(labels);
        Json answer =
                ok(
                        "/api/v1/models/bluefly-text-1/generate",
                        "{\"prompt\":\"Good or bad: I like it.\",\"max_tokens\":24,\"response_format\":%s}"
                                .formatted(form));
        assertTrue(
                List.of("\"positive\"", "\"negative\"").contains(answer.at("output").text()),
                answer::toString);
    }

    @Test
    void x2_f19_f21_theEndTokenEndsATextUnlessFlywheelIsNotToldSo() {
        int end = server.model().tokenizer().vocabulary().eos().orElseThrow();
        String bias = "\"max_tokens\":5,\"logit_bias\":{\"%d\":100}".formatted(end);
        Json openAi = ok("/completions", "{\"prompt\":\"Once\",%s}".formatted(bias));
        assertEquals("stop", openAi.at("choices.0.finish_reason").text());
        assertEquals(1, openAi.at("usage.completion_tokens").integer());
        Json flywheel = ok("/generate", "{\"text\":\"Once\",%s}".formatted(bias));
        assertEquals("length", flywheel.at("responses.0.finish_reason").text());
        assertEquals(5, flywheel.at("responses.0.generated_tokens").integer());
        String told = ",\"eos_token_ids\":[%d]}".formatted(end);
        Json ended = ok("/generate", "{\"text\":\"Once\",%s%s".formatted(bias, told));
        assertEquals("eos", ended.at("responses.0.finish_reason").text());
        assertEquals(1, ended.at("responses.0.generated_tokens").integer());
    }

    @Test
    void x10_longInputIsAnErrorUnlessACutIsAskedFor() {
        String text = "a long story ".repeat(100);
        assertTooLong("/completions", "{\"prompt\":\"%s\"}".formatted(text));
        assertTooLong("/chat/completions", "{\"messages\":[\"%s\"]}".formatted(text));
        assertTooLong(
                "/api/v1/models/bluefly-text-1/generate", "{\"prompt\":\"%s\"}".formatted(text));
        assertTooLong("/generate", "{\"text\":\"%s\",\"max_tokens\":1}".formatted(text));
        Json cut =
                ok(
                        "/generate",
                        "{\"text\":\"%s\",\"max_tokens\":1,\"max_input_tokens\":4}"
                                .formatted(text));
        assertEquals(4, cut.at("prompt_tokens").integer());
    }

    @Test
    void x11_everyWayToNameAVersionLeadsToTheSame() {
        String id = "bluefly-text-1-v2";
        List<HttpReply> replies =
                List.of(
                        server.post(
                                "/api/v1/models/" + id + "/generate",
                                "{\"prompt\":\"Hi\",\"max_tokens\":1}"),
                        server.post(
                                "/models/" + id + "/proxy/v1/chat/completions",
                                "{\"inputs\":\"Hi\",\"max_new_tokens\":1}"),
                        server.post(
                                "/v1/completions",
                                "{\"model\":\"%s\",\"prompt\":\"Hi\",\"max_tokens\":1}"
                                        .formatted(id)));
        for (HttpReply reply : replies) {
            assertEquals(200, reply.status(), reply.body());
            assertEquals(id, reply.header("X-Model-Version").orElseThrow());
        }
    }
}
