package dev.nightjar.server.dialect.openai.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.EngineHold;
import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log probabilities, echoes and the choice of the best of several. */
final class CompletionLogprobsTest {

    private static final String PROMPT = "Once upon a time";
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

    private static Json complete(String prompt, String more) {
        HttpReply reply = reply(prompt, more);
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    private static HttpReply reply(String prompt, String more) {
        return server.post(
                "/v1/completions",
                "{\"model\":\"%s\",\"prompt\":%s,%s}".formatted(TestModels.NAME, prompt, more));
    }

    private static double number(Json json) {
        return switch (json.value()) {
            case JsonValue.JsonDecimal decimal -> decimal.value().doubleValue();
            case JsonValue.JsonInteger integer -> integer.value();
            default -> throw new AssertionError(json);
        };
    }

    private static List<Double> logprobs(Json choice) {
        Json all = choice.at("logprobs.token_logprobs");
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Json one = all.at("" + i);
            numbers.add(one.isNull() ? null : number(one));
        }
        return numbers;
    }

    @Test
    void fourListsSideBySide() {
        Json choice =
                complete(
                                "\"Once upon a time\"",
                                "\"max_tokens\":8,\"temperature\":0,\"logprobs\":3")
                        .at("choices.0");
        Json logprobs = choice.at("logprobs");
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            String token = logprobs.at("tokens." + i).text();
            assertEquals(joined.length(), logprobs.at("text_offset." + i).integer());
            joined.append(token);
            Json top = logprobs.at("top_logprobs." + i);
            assertEquals(3, ((JsonValue.JsonObject) top.value()).members().size());
            double own = number(logprobs.at("token_logprobs." + i));
            assertEquals(own, number(top.at(token)), 1e-6);
            assertTrue(own <= 0);
        }
        assertEquals(choice.at("text").text(), joined.toString());
    }

    @Test
    void theTokenItselfIsAmongTheAlternatives() {
        Json logprobs =
                complete("\"Once\"", "\"max_tokens\":6,\"temperature\":2,\"seed\":5,\"logprobs\":0")
                        .at("choices.0.logprobs");
        for (int i = 0; i < 6; i++) {
            String token = logprobs.at("tokens." + i).text();
            assertTrue(logprobs.at("top_logprobs." + i).has(token));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void echoedPromptsAreScored(boolean isStreamed) throws Exception {
        int[] ids = server.model().promptIds(TextRequest.of(PROMPT).prompt());
        List<TokenText> expected = server.model().scorePrompt(ids, 2);
        String more =
                "\"max_tokens\":4,\"temperature\":0,\"logprobs\":2,\"echo\":true,\"stream\":%s";
        HttpReply reply = reply("\"Once upon a time\"", more.formatted(isStreamed));
        Json first = isStreamed ? reply.events().getFirst() : reply.json();
        Json choice = first.at("choices.0");
        assertTrue(choice.at("text").text().startsWith(PROMPT));
        List<Double> logprobs = logprobs(choice);
        assertEquals(null, logprobs.getFirst(), "nothing stands before the first token");
        for (int i = 1; i < ids.length; i++) {
            assertEquals(expected.get(i).logprob(), logprobs.get(i), 1e-6);
        }
        assertTrue(choice.at("logprobs.top_logprobs.0").isNull());
        int last = ids.length - 1;
        String token = choice.at("logprobs.tokens." + last).text();
        assertEquals(
                PROMPT.length() - token.length(),
                choice.at("logprobs.text_offset." + last).integer());
    }

    @Test
    void anEchoWithoutAnyToken() {
        String more = "\"max_tokens\":0,\"echo\":true,\"logprobs\":0";
        Json json = complete("[\"Once upon a time\",\"The cat\"]", more);
        assertEquals(PROMPT, json.at("choices.0.text").text());
        assertEquals("The cat", json.at("choices.1.text").text());
        assertEquals("length", json.at("choices.0.finish_reason").text());
        assertEquals(0, json.at("usage.completion_tokens").integer());
        Json longer =
                complete(
                        "\"Once upon a time\"",
                        "\"max_tokens\":3,\"echo\":true,\"logprobs\":0,\"temperature\":0");
        List<Double> scores = logprobs(json.at("choices.0"));
        assertEquals(scores, logprobs(longer.at("choices.0")).subList(0, scores.size()));
        HttpReply streamed = reply("\"Once upon a time\"", more + ",\"stream\":true");
        List<Json> events = streamed.events();
        assertEquals(PROMPT, events.getFirst().at("choices.0.text").text());
        assertEquals("length", events.getLast().at("choices.0.finish_reason").text());
        assertEquals("[DONE]", streamed.dataLines().getLast());
    }

    @Test
    void anEchoThatDoesNotFit() {
        String prompt = "\"" + "cat ".repeat(server.model().maxContext()) + "\"";
        HttpReply reply = reply(prompt, "\"max_tokens\":0,\"echo\":true");
        assertEquals(400, reply.status());
        assertEquals("context_length_exceeded", reply.json().at("error.code").text());
    }

    @Test
    void theBestOfSeveral() {
        String sampling = "\"max_tokens\":6,\"temperature\":1.2,\"ignore_eos\":true,\"logprobs\":0";
        List<Double> means = new ArrayList<>();
        for (int seed = 20; seed < 24; seed++) {
            Json one = complete("\"Once\"", sampling + ",\"seed\":" + seed);
            means.add(mean(one.at("choices.0")));
        }
        means.sort(Collections.reverseOrder());
        Json best = complete("\"Once\"", sampling + ",\"seed\":20,\"n\":2,\"best_of\":4");
        assertEquals(2, best.at("choices").size());
        assertEquals(means.get(0), mean(best.at("choices.0")), 1e-6);
        assertEquals(means.get(1), mean(best.at("choices.1")), 1e-6);
        assertEquals(1, best.at("choices.1.index").integer());
        assertEquals(24, best.at("usage.completion_tokens").integer(), "all that was generated");
        Json silent =
                complete(
                        "\"Once\"",
                        sampling.replace(",\"logprobs\":0", "") + ",\"seed\":20,\"best_of\":4");
        assertEquals(best.at("choices.0.text").text(), silent.at("choices.0.text").text());
        assertTrue(silent.at("choices.0.logprobs").isNull());
    }

    @Test
    void promptsAreScoredInAMemberOfTheirOwn() throws Exception {
        int[] ids = server.model().promptIds(TextRequest.of(PROMPT).prompt());
        List<TokenText> expected = server.model().scorePrompt(ids, 1);
        Json json = complete("\"Once upon a time\"", "\"max_tokens\":1,\"prompt_logprobs\":1");
        Json scores = json.at("choices.0.prompt_logprobs");
        assertEquals(ids.length, scores.size());
        assertTrue(scores.at("0").isNull());
        for (int i = 1; i < ids.length; i++) {
            Json own = scores.at(i + "." + ids[i]);
            assertEquals(expected.get(i).logprob(), number(own.at("logprob")), 1e-6);
            boolean isFirst = expected.get(i).top().getFirst().id() == ids[i];
            assertEquals(!isFirst, own.at("rank").isNull());
        }
        String chat = "{\"messages\":[\"Hi\"],\"max_tokens\":1,\"prompt_logprobs\":0%s}";
        Json whole = server.post("/chat/completions", chat.formatted("")).json();
        assertEquals(whole.at("usage.prompt_tokens").integer(), whole.at("prompt_logprobs").size());
        HttpReply streamed = server.post("/chat/completions", chat.formatted(",\"stream\":true"));
        assertEquals("prompt_logprobs", streamed.json().at("error.param").text());
    }

    @Test
    @SuppressWarnings("try")
    void scoringKeepsToTheTimeOfTheRequest() {
        String body =
                "{\"model\":\"%s\",\"prompt\":\"Once\",\"echo\":true,\"logprobs\":0}"
                        .formatted(TestModels.NAME);
        try (EngineHold hold = new EngineHold(server.model())) {
            HttpReply reply = server.post("/v1/completions", body, "OICM-Request-Timeout", "0.2");
            assertEquals(504, reply.status(), reply.body());
            assertEquals("request_timeout", reply.json().at("error.code").text());
        }
        assertEquals(200, server.post("/v1/completions", body).status());
    }

    private static double mean(Json choice) {
        return logprobs(choice).stream().mapToDouble(any -> any).average().orElseThrow();
    }
}
