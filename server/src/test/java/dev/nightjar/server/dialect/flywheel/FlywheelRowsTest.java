package dev.nightjar.server.dialect.flywheel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.InputLimit;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of Flywheel's document, each by its id. */
final class FlywheelRowsTest {

    private static final String PATH = "/generate";
    private static final String TEXT = "Once upon a time there was";
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

    private static HttpReply generate(int maxTokens, String members) {
        return server.post(
                PATH, "{\"text\":\"%s\",\"max_tokens\":%d%s}".formatted(TEXT, maxTokens, members));
    }

    private static Json generated(int maxTokens, String members) {
        HttpReply reply = generate(maxTokens, members);
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    private static String text(int maxTokens, String members) {
        return generated(maxTokens, members).at("responses.0.text").text();
    }

    private static void assertRefused(HttpReply reply, int status, String param) {
        assertEquals(status, reply.status(), reply.body());
        Json error = reply.json().at("error");
        assertEquals(param, error.at("param").isNull() ? null : error.at("param").text());
    }

    private static SamplingParams.Builder greedy(int maxTokens) {
        return SamplingParams.builder().temperature(0).maxTokens(maxTokens).ignoreEos(true);
    }

    private static Completion engine(SamplingParams.Builder sampling) {
        return engine(TextRequest.of(TEXT).withSampling(sampling.build()));
    }

    private static Completion engine(TextRequest request) {
        try {
            return server.model().generate(request);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** The ids that greedy decoding gives. */
    private static List<Integer> greedyIds(int maxTokens) {
        TextRequest request = TextRequest.of(TEXT).withSampling(greedy(maxTokens).build());
        return engine(request.withOutput(request.output().withLogprobs(0))).tokens().stream()
                .map(TokenText::id)
                .toList();
    }

    private static BigDecimal time(Json json, String path) {
        return ((JsonValue.JsonDecimal) json.at(path).value()).value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/generate", "/flywheel/v1/generate"})
    void f1_bothPathsAnswerAsTheJavaApiDoes(String path) {
        TextRequest request =
                TextRequest.of(TEXT)
                        .withSampling(greedy(20).topK(50).build())
                        .withStop(List.of("zzz"))
                        .withInputLimit(InputLimit.keepingLast(4));
        Completion same = engine(request);
        String members =
                "{\"text\":\"%s\",\"max_tokens\":20,\"max_input_tokens\":4,\"temperature\":0,"
                        + "\"stop\":[\"zzz\"]}";
        Json answer = server.post(path, members.formatted(TEXT)).json();
        assertEquals(same.text(), answer.at("responses.0.text").text());
        assertEquals(same.usage().promptTokens(), answer.at("prompt_tokens").integer());
        assertEquals(
                same.usage().completionTokens(),
                answer.at("responses.0.generated_tokens").integer());
        assertEquals(FinishReason.LENGTH, same.reason());
        assertEquals("length", answer.at("responses.0.finish_reason").text());
    }

    @Test
    void f2_textIsContinuedAsItStandsWithOneBos() {
        assertRefused(server.post(PATH, "{\"max_tokens\":5}"), 400, "text");
        assertRefused(server.post(PATH, "{\"text\":\"\",\"max_tokens\":5}"), 400, "text");
        assertRefused(server.post(PATH, "{}"), 400, "text");
        assertRefused(server.post(PATH, "{\"text\":[1],\"max_tokens\":5}"), 400, "text");
        assertEquals(engine(greedy(12)).text(), text(12, ",\"temperature\":0"));
        int[] ids = server.model().promptIds(new Prompt.Text(TEXT));
        int bos = server.model().tokenizer().vocabulary().bos().orElseThrow();
        assertEquals(bos, ids[0]);
        String spelled = server.model().tokenizer().vocabulary().token(bos);
        String twice = "{\"text\":\"%s%s\",\"max_tokens\":1}".formatted(spelled, TEXT);
        assertEquals(ids.length, server.post(PATH, twice).json().at("prompt_tokens").integer());
    }

    @Test
    void f3_maxTokensIsRequired() {
        assertRefused(server.post(PATH, "{\"text\":\"a\"}"), 400, "max_tokens");
        assertRefused(generate(0, ""), 400, "max_tokens");
        assertRefused(generate(-1, ""), 400, "max_tokens");
        assertEquals(7, generated(7, "").at("responses.0.generated_tokens").integer());
    }

    @Test
    void f4_nothingEndsATextWithoutEosTokens() {
        int window = server.model().maxContext();
        Json answer = generated(window, ",\"temperature\":0");
        long generated = answer.at("responses.0.generated_tokens").integer();
        assertEquals("length", answer.at("responses.0.finish_reason").text());
        assertTrue(generated + answer.at("prompt_tokens").integer() >= window, "to the window");
        assertFalse(answer.at("responses.0.text").text().contains("</s>"));
    }

    @Test
    void f4_eosTokensEndATextAndAreNotPartOfIt() {
        List<Integer> ids = greedyIds(12);
        int eos = ids.get(6);
        Json answer = generated(12, ",\"temperature\":0,\"eos_token_ids\":[3,%d]".formatted(eos));
        int generated = ids.indexOf(eos) + 1;
        assertEquals("eos", answer.at("responses.0.finish_reason").text());
        assertEquals(generated, answer.at("responses.0.generated_tokens").integer());
        String before = engine(greedy(generated - 1)).text();
        assertEquals(before, answer.at("responses.0.text").text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,99999999]  | eos_token_ids[1]",
                "[-1]          | eos_token_ids[0]",
                "[1.5]         | eos_token_ids[0]",
                "[\"1\"]       | eos_token_ids[0]",
                "2             | eos_token_ids"
            })
    void f4_eosTokensMustBeInTheVocabulary(String ids, String param) {
        assertRefused(generate(5, ",\"eos_token_ids\":" + ids), 400, param);
    }

    @Test
    void f4_theVocabularyEndsAtItsSize() {
        int size = server.model().vocabSize();
        assertEquals(200, generate(1, ",\"eos_token_ids\":[%d]".formatted(size - 1)).status());
        assertRefused(
                generate(1, ",\"eos_token_ids\":[%d]".formatted(size)), 400, "eos_token_ids[0]");
    }

    @Test
    void f5_longInputsLoseTheirFirstTokens() {
        int[] ids = server.model().promptIds(new Prompt.Text(TEXT));
        Json cut = generated(10, ",\"temperature\":0,\"max_input_tokens\":4");
        assertEquals(4, cut.at("prompt_tokens").integer());
        assertEquals(TEXT, cut.at("prompt").text());
        int[] kept = {ids[0], ids[ids.length - 3], ids[ids.length - 2], ids[ids.length - 1]};
        TextRequest same = TextRequest.of(new Prompt.Tokens(kept)).withSampling(greedy(10).build());
        assertEquals(engine(same).text(), cut.at("responses.0.text").text());
        Json all = generated(10, ",\"max_input_tokens\":0");
        assertEquals(ids.length, all.at("prompt_tokens").integer());
        assertRefused(generate(5, ",\"max_input_tokens\":-1"), 400, "max_input_tokens");
    }

    @Test
    void f5_aPromptBeyondTheWindowIsRefusedUnlessItMayBeCut() {
        String text = "{\"text\":\"%s\",\"max_tokens\":2".formatted("a ".repeat(4000));
        HttpReply refused = server.post(PATH, text + "}");
        assertEquals("context_length_exceeded", refused.json().at("error.code").text());
        Json cut = server.post(PATH, text + ",\"max_input_tokens\":8}").json();
        assertEquals(8, cut.at("prompt_tokens").integer());
    }

    @Test
    void f6_samplesShareOnePrefill() {
        String words =
                IntStream.range(0, 60).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        String body = "{\"text\":\"%s %s\",\"max_tokens\":2,\"num_samples\":%d}";
        EngineStats before = server.stats();
        Json one = server.post(PATH, body.formatted("One", words, 1)).json();
        EngineStats between = server.stats();
        server.post(PATH, body.formatted("Six", words, 6)).json();
        EngineStats after = server.stats();
        long single = between.computedTokens() - before.computedTokens();
        long six = after.computedTokens() - between.computedTokens();
        long prompt = one.at("prompt_tokens").integer();
        assertTrue(prompt > 150, "the prompt is long enough to tell: " + prompt);
        assertTrue(single >= prompt, single + " tokens for one sample");
        assertTrue(six < single + 6 * 4, six + " tokens for six samples, " + single + " for one");
    }

    @Test
    void f6_samplesDifferAndRepeatBySeed() {
        String members = ",\"num_samples\":3,\"seed\":21";
        Json answer = generated(16, members);
        Json again = generated(16, members);
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            String path = "responses." + i + ".text";
            assertEquals(answer.at(path).text(), again.at(path).text());
            assertEquals(answer.at(path).text(), text(16, ",\"seed\":" + (21 + i)));
            texts.add(answer.at(path).text());
        }
        assertEquals(3, texts.size());
        for (String bad : List.of("0", "65", "-1", "1.5", "\"2\"")) {
            assertRefused(generate(5, ",\"num_samples\":" + bad), 400, "num_samples");
        }
    }

    @Test
    void f7_stopStringsEndTheText() {
        String whole = text(30, ",\"temperature\":0");
        String stop = whole.substring(10, 14);
        Json answer = generated(30, ",\"temperature\":0,\"stop\":[\"%s\"]".formatted(stop));
        assertEquals(whole.substring(0, whole.indexOf(stop)), answer.at("responses.0.text").text());
        assertEquals("stop", answer.at("responses.0.finish_reason").text());
        assertRefused(generate(5, ",\"stop\":[\"\"]"), 400, "stop[0]");
    }

    @Test
    void f8_temperatureDefaultsToOne() {
        assertEquals(text(16, ",\"temperature\":0"), text(16, ",\"temperature\":0,\"seed\":9"));
        assertDefault("temperature", "1.0", "0.2");
        assertEquals(200, generate(1, ",\"temperature\":100").status());
        assertRefused(generate(1, ",\"temperature\":-0.1"), 400, "temperature");
        assertRefused(generate(1, ",\"temperature\":100.1"), 400, "temperature");
    }

    @Test
    void f9_topKDefaultsToFifty() {
        assertEquals(text(16, ",\"temperature\":0"), text(16, ",\"top_k\":1,\"seed\":3"));
        String hot = ",\"temperature\":3,\"seed\":2";
        assertEquals(text(30, hot), text(30, hot + ",\"top_k\":50"));
        assertNotEquals(text(30, hot), text(30, hot + ",\"top_k\":0"));
        assertEquals(text(30, hot + ",\"top_k\":0"), text(30, hot + ",\"top_k\":-1"));
        assertEquals(text(30, hot + ",\"top_k\":0"), text(30, hot + ",\"top_k\":2000000000"));
        assertRefused(generate(1, ",\"top_k\":-2"), 400, "top_k");
    }

    @Test
    void f10_topPKeepsTheSetThatReachesIt() {
        assertDefault("top_p", "1.0", "0.2");
        assertEquals(text(16, ",\"temperature\":0"), text(16, ",\"top_p\":0"));
        assertRefused(generate(1, ",\"top_p\":1.1"), 400, "top_p");
    }

    @Test
    void f11_presencePenalty() {
        assertDefault("presence_penalty", "0.0", "2");
        assertRefused(generate(1, ",\"presence_penalty\":2.1"), 400, "presence_penalty");
    }

    @Test
    void f12_frequencyPenalty() {
        assertDefault("frequency_penalty", "0.0", "2");
        assertRefused(generate(1, ",\"frequency_penalty\":-2.1"), 400, "frequency_penalty");
    }

    /** The default changes nothing; another value shows that the comparison could fail. */
    private static void assertDefault(String name, String value, String other) {
        String stated = ",\"seed\":5,\"%s\":".formatted(name);
        assertEquals(text(30, ",\"seed\":5"), text(30, stated + value));
        assertNotEquals(text(30, ",\"seed\":5"), text(30, stated + other));
    }

    @Test
    void f13_theDocumentsExampleIsAccepted() {
        HttpReply reply =
                server.post(
                        PATH,
                        """
                        {
                          "text": "What is the difference between a Llama and an Alpaca?",
                          "max_tokens": 50,
                          "max_input_tokens": 0,
                          "num_samples": 1,
                          "eos_token_ids": [1, 2],
                          "stop": [],
                          "temperature": 1.0,
                          "top_k": 50,
                          "top_p": 1.0,
                          "presence_penalty": 0.0,
                          "frequency_penalty": 0.0
                        }""");
        assertEquals(200, reply.status(), reply.body());
        assertTrue(reply.header("X-Ignored-Fields").isEmpty());
    }

    @Test
    void f14_to_f20_answersHaveTheDocumentedMembers() {
        Json answer = generated(6, ",\"num_samples\":2,\"seed\":1");
        BigDecimal created = time(answer, "created");
        BigDecimal finished = time(answer, "finished");
        assertEquals(2, answer.at("num_samples").integer(), "f15");
        assertEquals(TEXT, answer.at("prompt").text(), "f16");
        int[] ids = server.model().promptIds(new Prompt.Text(TEXT));
        assertEquals(ids.length, answer.at("prompt_tokens").integer(), "f17");
        assertEquals(2, answer.at("responses").size(), "f18");
        for (String i : List.of("0", "1")) {
            BigDecimal end = time(answer, "responses." + i + ".finished");
            assertTrue(created.compareTo(end) <= 0 && end.compareTo(finished) <= 0, "f14, f20");
            assertEquals(6, answer.at("responses." + i + ".generated_tokens").integer(), "f21");
        }
        double now = System.currentTimeMillis() / 1000.0;
        assertEquals(now, created.doubleValue(), 60, "seconds since the epoch");
    }

    @Test
    void f22_textIsTheGeneratedTextOnly() {
        assertFalse(text(12, ",\"temperature\":0").contains(TEXT));
    }

    @Test
    void f25_modelIsOptional() {
        String known = ",\"model\":\"%s\"".formatted(server.model().name());
        assertEquals(text(8, ",\"seed\":1"), text(8, ",\"seed\":1" + known));
        HttpReply unknown = generate(1, ",\"model\":\"gpt-4o\"");
        assertEquals("model_not_found", unknown.json().at("error.code").text());
        assertRefused(unknown, 404, "model");
        assertEquals(400, generate(1, ",\"model\":\"bluefly-embedding-1\"").status());
    }

    @Test
    void streamsArePiecesOfResponses() {
        String members = ",\"num_samples\":2,\"seed\":8";
        Json whole = generated(9, members);
        HttpReply reply = generate(9, members + ",\"stream\":true");
        assertEquals("[DONE]", reply.dataLines().getLast());
        List<Json> events = reply.events();
        for (int i = 0; i < 2; i++) {
            int index = i;
            List<Json> ofOne =
                    events.stream()
                            .filter(e -> e.has("index") && e.at("index").integer() == index)
                            .toList();
            String text =
                    ofOne.stream().map(e -> e.at("text").text()).collect(Collectors.joining());
            assertEquals(whole.at("responses." + i + ".text").text(), text);
            assertEquals("length", ofOne.getLast().at("finish_reason").text());
            assertEquals(9, ofOne.getLast().at("generated_tokens").integer());
        }
        Json last = events.getLast();
        assertEquals(TEXT, last.at("prompt").text());
        assertTrue(time(last, "created").compareTo(time(last, "finished")) <= 0);
        assertFalse(last.has("responses"));
    }

    @Test
    void otherMethodsAndPathsAreRefusedInItsShape() {
        HttpReply get = server.get(PATH);
        assertRefused(get, 405, null);
        assertEquals("POST", get.header("Allow").orElseThrow());
        HttpReply unknown = server.post("/flywheel/v1/other", "{}");
        assertEquals("unknown_route", unknown.json().at("error.code").text());
    }
}
