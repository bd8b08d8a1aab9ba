package dev.nightjar.server.dialect.openai.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionRouteTest {

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

    private static HttpReply complete(String prompt, String more) {
        return server.post(
                "/v1/completions",
                "{\"model\":\"%s\",\"prompt\":%s%s}"
                        .formatted(TestModels.NAME, prompt, more.isEmpty() ? "" : "," + more));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String text(HttpReply reply, int choice) {
        assertEquals(200, reply.status(), reply.body());
        return reply.json().at("choices.%d.text".formatted(choice)).text();
    }

    private static Completion generated(String prompt, SamplingParams sampling) throws Exception {
        return server.model().generate(TextRequest.of(prompt).withSampling(sampling));
    }

    @Test
    void wholeAnswerHasTheDocumentedMembers() throws Exception {
        HttpReply reply = complete(quoted(PROMPT), "\"temperature\":0,\"max_tokens\":12");
        Json json = reply.json();
        Completion expected =
                generated(PROMPT, SamplingParams.builder().temperature(0).maxTokens(12).build());
        assertEquals(expected.text(), json.at("choices.0.text").text());
        assertEquals("length", json.at("choices.0.finish_reason").text());
        assertEquals(0, json.at("choices.0.index").integer());
        assertTrue(json.at("choices.0.logprobs").isNull());
        assertEquals("text_completion", json.at("object").text());
        assertEquals(TestModels.NAME, json.at("model").text());
        assertTrue(json.at("id").text().startsWith("cmpl-"));
        assertTrue(Math.abs(json.at("created").integer() - System.currentTimeMillis() / 1000) < 60);
        assertFalse(json.at("system_fingerprint").text().isEmpty());
        assertEquals(12, json.at("usage.completion_tokens").integer());
        assertEquals(expected.usage().promptTokens(), json.at("usage.prompt_tokens").integer());
        assertEquals(12 + expected.usage().promptTokens(), json.at("usage.total_tokens").integer());
        assertTrue(json.at("usage.prompt_tokens_details.cached_tokens").integer() >= 0);
        assertFalse(json.has("error"));
    }

    @Test
    void sixteenTokensByDefault() {
        HttpReply reply = complete(quoted(PROMPT), "\"temperature\":0");
        assertEquals(16, reply.json().at("usage.completion_tokens").integer());
    }

    @Test
    void streamedTextIsTheWholeText() {
        String sampling = "\"temperature\":0.9,\"seed\":11,\"max_tokens\":80";
        String whole = text(complete(quoted(PROMPT), sampling), 0);
        HttpReply streamed = complete(quoted(PROMPT), sampling + ",\"stream\":true");
        String joined =
                streamed.events().stream()
                        .map(event -> event.at("choices.0.text").text())
                        .collect(Collectors.joining());
        assertEquals(whole, joined);
    }

    @Test
    void promptsOfEveryForm() {
        String greedy = "\"temperature\":0,\"max_tokens\":8";
        int[] ids = server.model().tokenizer().encode(PROMPT);
        int[] withBos = server.model().tokenizer().withBos(ids);
        String tokens = Arrays.toString(withBos);
        String expected = text(complete(quoted(PROMPT), greedy), 0);
        assertEquals(expected, text(complete(tokens, greedy), 0), "token ids");
        HttpReply several = complete("[\"Once upon a time\", \"The cat\"]", greedy);
        assertEquals(expected, text(several, 0));
        assertEquals(text(complete(quoted("The cat"), greedy), 0), text(several, 1));
        HttpReply tokenLists = complete("[" + tokens + "," + tokens + "]", greedy);
        assertEquals(expected, text(tokenLists, 0));
        assertEquals(expected, text(tokenLists, 1));
    }

    @Test
    void indexCountsChoicesOfEachPromptInTurn() {
        HttpReply reply =
                complete(
                        "[\"Once upon a time\", \"The cat\"]",
                        "\"n\":2,\"seed\":5,\"max_tokens\":8");
        Json json = reply.json();
        assertEquals(4, json.at("choices").size());
        for (int i = 0; i < 4; i++) {
            assertEquals(i, json.at("choices.%d.index".formatted(i)).integer());
        }
        int promptTokens =
                server.model().promptIds(TextRequest.of(PROMPT).prompt()).length
                        + server.model().promptIds(TextRequest.of("The cat").prompt()).length;
        assertEquals(promptTokens, json.at("usage.prompt_tokens").integer(), "each prompt once");
        assertEquals(32, json.at("usage.completion_tokens").integer());
    }

    @Test
    void choicesAreSingleRequestsWithTheNextSeeds() {
        String sampling = "\"temperature\":1,\"max_tokens\":24";
        HttpReply two = complete(quoted(PROMPT), sampling + ",\"seed\":40,\"n\":2");
        assertEquals(text(complete(quoted(PROMPT), sampling + ",\"seed\":40"), 0), text(two, 0));
        assertEquals(text(complete(quoted(PROMPT), sampling + ",\"seed\":41"), 0), text(two, 1));
        assertNotEquals(text(two, 0), text(two, 1));
    }

    @Test
    void echoPutsThePromptFirst() {
        String greedy = "\"temperature\":0,\"max_tokens\":8";
        String completion = text(complete(quoted(PROMPT), greedy), 0);
        assertEquals(
                PROMPT + completion, text(complete(quoted(PROMPT), greedy + ",\"echo\":true"), 0));
        HttpReply streamed = complete(quoted(PROMPT), greedy + ",\"echo\":true,\"stream\":true");
        assertEquals(PROMPT, streamed.events().getFirst().at("choices.0.text").text());
    }

    @Test
    void stopStringsEndTheTextBeforeThem() {
        String greedy = "\"temperature\":0,\"max_tokens\":60";
        String whole = text(complete(quoted(PROMPT), greedy), 0);
        String stop = whole.substring(20, 26);
        HttpReply one = complete(quoted(PROMPT), greedy + ",\"stop\":" + quoted(stop));
        assertEquals(whole.substring(0, whole.indexOf(stop)), text(one, 0));
        assertEquals("stop", one.json().at("choices.0.finish_reason").text());
        HttpReply list =
                complete(quoted(PROMPT), greedy + ",\"stop\":[\"never\"," + quoted(stop) + "]");
        assertEquals(text(one, 0), text(list, 0));
    }

    /** Each parameter changes the text, and changes it to what the engine makes of it. */
    @ParameterizedTest
    @CsvSource({
        "temperature, 0.2",
        "top_p, 0.3",
        "top_k, 2",
        "min_p, 0.6",
        "repetition_penalty, 1.9",
        "presence_penalty, 1.7",
        "frequency_penalty, 1.8",
        "seed, 99",
        "max_tokens, 17"
    })
    void samplingReachesTheEngine(String name, double value) throws Exception {
        SamplingParams.Builder base =
                SamplingParams.builder().temperature(1.1).seed(3).maxTokens(40);
        String plain = generated(PROMPT, base.build()).text();
        String expected = generated(PROMPT, with(base, name, value).build()).text();
        String number = value == Math.rint(value) ? Long.toString((long) value) : "" + value;
        String others =
                List.of("temperature:1.1", "seed:3", "max_tokens:40").stream()
                        .filter(other -> !other.startsWith(name + ":"))
                        .map(other -> "\"" + other.replace(":", "\":"))
                        .collect(Collectors.joining(","));
        String actual = text(complete(quoted(PROMPT), others + ",\"" + name + "\":" + number), 0);
        assertEquals(expected, actual);
        assertNotEquals(plain, actual);
    }

    private static SamplingParams.Builder with(
            SamplingParams.Builder sampling, String name, double value) {
        return switch (name) {
            case "temperature" -> sampling.temperature(value);
            case "top_p" -> sampling.topP(value);
            case "top_k" -> sampling.topK((int) value);
            case "min_p" -> sampling.minP(value);
            case "repetition_penalty" -> sampling.repetitionPenalty(value);
            case "presence_penalty" -> sampling.presencePenalty(value);
            case "frequency_penalty" -> sampling.frequencyPenalty(value);
            case "seed" -> sampling.seed((long) value);
            case "max_tokens" -> sampling.maxTokens((int) value);
            default -> throw new AssertionError(name);
        };
    }

    @Test
    void topPOfZeroIsTheSmallestNucleus() {
        String greedy = text(complete(quoted(PROMPT), "\"temperature\":0"), 0);
        assertEquals(greedy, text(complete(quoted(PROMPT), "\"top_p\":0"), 0));
    }

    @Test
    void topKOfMinusOneIsOff() {
        String plain = text(complete(quoted(PROMPT), "\"seed\":4"), 0);
        assertEquals(plain, text(complete(quoted(PROMPT), "\"seed\":4,\"top_k\":-1"), 0));
    }

    @Test
    void generationPastTheContextEndsWithLength() {
        HttpReply reply =
                complete(quoted(PROMPT), "\"max_tokens\":100000,\"temperature\":1.5,\"seed\":1");
        assertEquals(200, reply.status(), reply.body());
    }

    /** Names with slashes, as they are and as clients encode them. */
    @ParameterizedTest
    @CsvSource({"/v1/models/nightjar/test-model", "/v1/models/nightjar%2Ftest-model"})
    void modelsByPath(String path) {
        HttpReply reply = server.get(path);
        assertEquals(200, reply.status(), reply.body());
        assertEquals(TestModels.NAME, reply.json().at("id").text());
        assertEquals("model", reply.json().at("object").text());
        assertEquals("nightjar", reply.json().at("owned_by").text());
        assertTrue(reply.json().at("created").integer() > 1_700_000_000L);
    }

    @Test
    void listOfModels() {
        Json json = server.get("/v1/models").json();
        assertEquals("list", json.at("object").text());
        assertEquals(TestModels.NAME, json.at("data.0.id").text());
        assertEquals(404, server.get("/v1/models/nightjar").status());
        assertEquals(404, server.get("/v1/models/nightjar/test-model/more").status());
    }
}
