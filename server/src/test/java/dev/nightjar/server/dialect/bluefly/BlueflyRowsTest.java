package dev.nightjar.server.dialect.bluefly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.ArrayList;
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

/** The rows of Bluefly's document, each by its id. */
final class BlueflyRowsTest {

    private static final String MODELS = "/api/v1/models";
    private static final String TEXT = MODELS + "/bluefly-text-1/generate";
    private static final String PROMPT = "Once upon a time there was";
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

    private static HttpReply generate(String members) {
        return server.post(TEXT, "{\"prompt\":\"%s\"%s}".formatted(PROMPT, members));
    }

    private static Json generated(String members) {
        HttpReply reply = generate(members);
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    private static String output(String members) {
        return generated(members).at("output").text();
    }

    private static Completion engine(Prompt prompt, SamplingParams.Builder sampling) {
        try {
            return server.model().generate(TextRequest.of(prompt).withSampling(sampling.build()));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static Prompt.Chat turn(String text) {
        return new Prompt.Chat(List.of(new ChatMessage("user", text)));
    }

    private static void assertRefused(HttpReply reply, int status, String param, String code) {
        assertEquals(status, reply.status(), reply.body());
        Json error = reply.json().at("error");
        assertEquals(param, error.at("param").isNull() ? null : error.at("param").text());
        assertEquals(code, error.at("code").isNull() ? null : error.at("code").text());
    }

    @Test
    void b1_isServedBelowApiV1AndNotBelowV1() {
        assertEquals(200, server.get(MODELS).status());
        assertEquals(405, server.post("/v1/models/bluefly-text-1/generate", "{}").status());
    }

    @Test
    void b2_everyAnswerNamesItsRequest() {
        for (HttpReply reply : List.of(generate(",\"max_tokens\":1"), generate(",\"n\":0"))) {
            String id = reply.header("x-request-id").orElseThrow();
            assertEquals(id, reply.header("request-id").orElseThrow());
        }
    }

    @Test
    void b3_unknownModelsAreNotFound() {
        HttpReply reply = server.post(MODELS + "/nope/generate", "{\"prompt\":\"x\"}");
        assertRefused(reply, 404, "model", "model_not_found");
        assertEquals(404, server.get(MODELS + "/nope").status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "temperature       | 3",
                "temperature       | -0.1",
                "temperature       | 1e308",
                "temperature       | \"abc\"",
                "temperature       | []",
                "top_p             | 1.5",
                "frequency_penalty | 2.5",
                "presence_penalty  | -2.5",
                "max_tokens        | 0",
                "max_tokens        | -1",
                "max_tokens        | 1e308",
                "max_tokens        | 1.5",
                "max_tokens        | \"5\"",
                "stop              | 5",
                "stop[0]           | [\"\"]",
                "stop              | \"\"",
                "format            | \"xml\"",
                "format            | 1",
                "stream            | \"yes\"",
                "raw               | 1",
                "seed              | 0.5",
                "n                 | 65"
            })
    void b4_everyMemberIsChecked(String name, String value) {
        String member = name.replace("[0]", "");
        assertRefused(generate(",\"%s\":%s".formatted(member, value)), 400, name, null);
    }

    @Test
    void b4_nullIsAbsentAndNanIsNoJson() {
        assertEquals(200, generate(",\"max_tokens\":1,\"temperature\":null").status());
        assertRefused(generate(",\"temperature\":NaN"), 400, null, "invalid_json");
    }

    @Test
    void b10_limitsOfTextModels() {
        String words = "a ".repeat(5000);
        HttpReply input = server.post(TEXT, "{\"prompt\":\"%s\"}".formatted(words));
        assertRefused(input, 400, null, "context_length_exceeded");
        assertTrue(input.json().at("error.message").text().contains("4096"), input.body());
        HttpReply output = generate(",\"max_tokens\":5000");
        assertRefused(output, 400, "max_tokens", "max_tokens_exceeded");
        assertTrue(output.json().at("error.message").text().contains("4096"), output.body());
    }

    @ParameterizedTest
    @CsvSource({
        "bluefly-text-1, 4096, 4096, b10",
        "bluefly-text-1-long, 16384, 4096, b11",
        "bluefly-doc-1, 32768, 4096, b12",
        "bluefly-code-1, 8192, 8192, b13"
    })
    void b10_to_b13_eachModelHasItsLimits(String id, int input, int output, String row) {
        Json model = server.get(MODELS + "/" + id).json();
        assertEquals(input, model.at("max_input_tokens").integer(), row);
        assertEquals(output, model.at("max_output_tokens").integer(), row);
        String path = MODELS + "/" + id + "/generate";
        String beyond = "{\"prompt\":\"x\",\"max_tokens\":%d}".formatted(output + 1);
        assertRefused(server.post(path, beyond), 400, "max_tokens", "max_tokens_exceeded");
        HttpReply within = server.post(path, "{\"prompt\":\"x\",\"max_tokens\":1}");
        assertEquals(id, within.json().at("model").text());
    }

    @Test
    void b14_modelsServeTheirTaskOnly() {
        String embedding = MODELS + "/bluefly-embedding-1";
        HttpReply reply = server.post(embedding + "/generate", "{\"prompt\":\"x\"}");
        assertRefused(reply, 400, "model", "model_task_mismatch");
        assertTrue(server.get(embedding).json().at("max_output_tokens").isNull());
        assertEquals(8192, server.get(embedding).json().at("max_input_tokens").integer());
        HttpReply text = server.post(MODELS + "/bluefly-text-1/embeddings", "{\"input\":\"x\"}");
        assertRefused(text, 400, "model", "model_task_mismatch");
    }

    @Test
    void b17_wholeAnswersHaveTheDocumentedMembers() {
        Json answer = generated(",\"max_tokens\":8");
        for (String name : List.of("id", "model", "output", "finish_reason", "usage")) {
            assertTrue(answer.has(name), name);
        }
        assertFalse(answer.has("outputs"));
        HttpReply get = server.get(TEXT);
        assertRefused(get, 405, null, "method_not_allowed");
    }

    @Test
    void b18_promptIsTemplated() {
        String greedy = ",\"max_tokens\":12,\"temperature\":0";
        SamplingParams.Builder same = SamplingParams.builder().temperature(0).maxTokens(12);
        Json templated = generated(greedy);
        assertEquals(engine(turn(PROMPT), same).text(), templated.at("output").text());
        Json raw = generated(greedy + ",\"raw\":true");
        assertEquals(engine(new Prompt.Text(PROMPT), same).text(), raw.at("output").text());
        assertTrue(
                raw.at("usage.prompt_tokens").integer()
                        < templated.at("usage.prompt_tokens").integer());
        assertRefused(server.post(TEXT, "{}"), 400, "prompt", null);
        assertRefused(server.post(TEXT, "{\"prompt\":\"\"}"), 400, "prompt", null);
        assertRefused(server.post(TEXT, "{\"prompt\":[\"a\"]}"), 400, "prompt", null);
    }

    @Test
    void b19_maxTokensCountsGeneratedTokens() {
        Json answer = generated(",\"max_tokens\":5,\"seed\":3");
        assertTrue(answer.at("usage.completion_tokens").integer() <= 5);
        Json unlimited = generated("");
        long total = unlimited.at("usage.total_tokens").integer();
        assertTrue(total <= server.model().maxContext(), "ends at the window: " + total);
    }

    @Test
    void b20_temperatureDefaultsTo07AndZeroIsGreedy() {
        assertEquals(
                output(",\"temperature\":0,\"max_tokens\":16,\"seed\":1"),
                output(",\"temperature\":0,\"max_tokens\":16,\"seed\":2"));
        assertDefault("temperature", "0.7", "1.9");
    }

    @Test
    void b21_topPDefaultsTo09AndZeroKeepsOneToken() {
        assertEquals(
                output(",\"temperature\":0,\"max_tokens\":16"),
                output(",\"top_p\":0,\"temperature\":2,\"max_tokens\":16"));
        assertDefault("top_p", "0.9", "0.3");
    }

    /** The default changes nothing; another value shows that the comparison could fail. */
    private static void assertDefault(String name, String value, String other) {
        String base = ",\"max_tokens\":40,\"seed\":11";
        String stated = base + ",\"%s\":".formatted(name);
        assertEquals(output(base), output(stated + value));
        assertNotEquals(output(base), output(stated + other));
    }

    @Test
    void b22_frequencyPenaltyLowersRepetition() {
        assertDefault("frequency_penalty", "0", "2");
        assertEquals(expected(2, 0), output(penalties("frequency_penalty")));
    }

    @Test
    void b23_presencePenaltyCountsTheOutputOnly() {
        assertDefault("presence_penalty", "0", "2");
        assertEquals(expected(0, 2), output(penalties("presence_penalty")));
    }

    private static String penalties(String name) {
        return ",\"temperature\":0,\"max_tokens\":30,\"%s\":2".formatted(name);
    }

    private static String expected(double frequency, double presence) {
        return engine(
                        turn(PROMPT),
                        SamplingParams.builder()
                                .temperature(0)
                                .topP(0.9)
                                .maxTokens(30)
                                .frequencyPenalty(frequency)
                                .presencePenalty(presence))
                .text();
    }

    @Test
    void b24_stopStringsEndTheOutput() {
        String greedy = ",\"temperature\":0,\"max_tokens\":40";
        String whole = output(greedy);
        String stop = whole.substring(9, 13);
        String upToStop = whole.substring(0, whole.indexOf(stop));
        for (String written : List.of("[\"zzz\",\"%s\"]", "\"%s\"")) {
            String members = greedy + ",\"stop\":" + written.formatted(stop);
            Json answer = generated(members);
            assertEquals(upToStop, answer.at("output").text());
            assertEquals("stop", answer.at("finish_reason").text());
            assertEquals(upToStop, streamed(generate(members + ",\"stream\":true").events()));
        }
        String sixteen = quoted(IntStream.range(0, 16).mapToObj(i -> "zz" + i).toList());
        assertEquals(200, generate(",\"max_tokens\":1,\"stop\":" + sixteen).status());
        String seventeen = sixteen.replace("]", ",\"q\"]");
        assertRefused(generate(",\"stop\":" + seventeen), 400, "stop", null);
        assertEquals(200, generate(",\"max_tokens\":1,\"stop\":[\"\\n\\n\"]").status());
    }

    private static String quoted(List<String> strings) {
        return strings.stream().map(s -> '"' + s + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private static String streamed(List<Json> events) {
        return events.stream()
                .map(event -> event.at("output").text())
                .collect(Collectors.joining());
    }

    @Test
    void b25_textIsTheDefaultFormat() {
        String base = ",\"max_tokens\":8,\"seed\":4";
        assertEquals(output(base), output(base + ",\"format\":\"text\""));
    }

    /** Nothing but JSON, even when chance decides; a text that is cut says so. */
    @Test
    void b25_jsonIsAnObjectOrCut() {
        for (int seed = 0; seed < 4; seed++) {
            Json answer =
                    generated(
                            ",\"format\":\"json\",\"temperature\":1.5,\"max_tokens\":60,\"seed\":"
                                    + seed);
            String output = answer.at("output").text();
            assertTrue(output.stripLeading().startsWith("{"), output);
            if (answer.at("finish_reason").text().equals("stop")) {
                assertTrue(Json.of(output).value() instanceof JsonValue.JsonObject, output);
            }
        }
    }

    @Test
    void b26_idsAreUnique() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String id = generated(",\"max_tokens\":1").at("id").text();
            assertTrue(id.matches("gen_[A-Za-z0-9]+"), id);
            ids.add(id);
        }
        assertEquals(20, ids.size());
    }

    @Test
    void b27_modelIsTheOneAskedFor() {
        HttpReply reply = generate(",\"max_tokens\":1");
        assertEquals("bluefly-text-1", reply.json().at("model").text());
        assertEquals("bluefly-text-1-v2", reply.header("X-Model-Version").orElseThrow());
    }

    @Test
    void b28_outputIsTheGeneratedTextOnly() {
        String output = output(",\"max_tokens\":20,\"temperature\":0");
        assertFalse(output.contains(PROMPT), output);
        assertFalse(output.contains("<|im_"), output);
    }

    @Test
    void b29_usageCountsTemplateAndSumsUp() {
        Json usage = generated(",\"max_tokens\":7,\"temperature\":0").at("usage");
        long prompt = usage.at("prompt_tokens").integer();
        long completion = usage.at("completion_tokens").integer();
        assertEquals(server.model().promptIds(turn(PROMPT)).length, prompt);
        assertEquals(7, completion);
        assertEquals(prompt + completion, usage.at("total_tokens").integer());
    }

    @Test
    void b30_streamsEndWithReasonUsageAndDone() {
        String members = ",\"max_tokens\":20,\"seed\":5";
        Json whole = generated(members);
        HttpReply reply = generate(members + ",\"stream\":true");
        assertTrue(reply.header("Content-Type").orElse("").startsWith("text/event-stream"));
        assertEquals("[DONE]", reply.dataLines().getLast());
        List<Json> events = reply.events();
        assertEquals(whole.at("output").text(), streamed(events));
        Json last = events.getLast();
        assertEquals(whole.at("finish_reason").text(), last.at("finish_reason").text());
        assertEquals(
                whole.at("usage.total_tokens").integer(), last.at("usage.total_tokens").integer());
        for (Json event : events) {
            assertEquals(events.getFirst().at("id").text(), event.at("id").text());
            assertEquals("bluefly-text-1", event.at("model").text());
            assertEquals(event == last, event.has("finish_reason") && event.has("usage"));
        }
    }

    @Test
    void b30_severalOutputsAreListedAndStreamedByIndex() {
        String members = ",\"max_tokens\":10,\"seed\":5,\"n\":3";
        Json whole = generated(members);
        assertEquals(3, whole.at("outputs").size());
        assertEquals(whole.at("output").text(), whole.at("outputs.0.output").text());
        List<Json> events = generate(members + ",\"stream\":true").events();
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int index = i;
            List<Json> ofOne =
                    events.stream()
                            .filter(e -> e.has("index") && e.at("index").integer() == index)
                            .toList();
            String expected = whole.at("outputs." + i + ".output").text();
            assertEquals(expected, streamed(ofOne));
            assertEquals(output(",\"max_tokens\":10,\"seed\":" + (5 + i)), expected);
            reasons.add(ofOne.getLast().at("finish_reason").text());
        }
        assertEquals(List.of("length", "length", "length"), reasons);
        assertTrue(events.getLast().has("usage"));
    }

    @Test
    void b31_withoutAnEmbeddingModel() {
        HttpReply reply =
                server.post(
                        MODELS + "/bluefly-embedding-1/embeddings",
                        "{\"input\":\"a\",\"encoding_format\":\"float\"}");
        assertRefused(reply, 503, null, "model_not_loaded");
    }

    @ParameterizedTest
    @CsvSource({
        "bluefly-text-1, bluefly-text-1-v2",
        "bluefly-text-1-v2, bluefly-text-1-v2",
        "bluefly-text-1-v1, bluefly-text-1-v1",
        "bluefly-text-1-stable, bluefly-text-1-v2",
        "bluefly-text-1-latest, bluefly-text-1-v2",
        "bluefly-text-1-legacy, bluefly-text-1-v1",
        "bluefly-text-1-long, bluefly-text-1-long-v2",
        "bluefly-text-1-long-v1, bluefly-text-1-long-v1"
    })
    void b32_versionsStandInTheId(String id, String version) {
        HttpReply reply =
                server.post(MODELS + "/" + id + "/generate", "{\"prompt\":\"x\",\"max_tokens\":1}");
        assertEquals(200, reply.status(), reply.body());
        assertEquals(version, reply.header("X-Model-Version").orElseThrow());
        assertEquals(id, reply.json().at("model").text());
        assertEquals(version, server.get(MODELS + "/" + id).json().at("version").text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v99", "-v", "-newest", "-v2-v2", "-V2", "-v02"})
    void b32_unknownVersionsAreNotFound(String suffix) {
        String path = MODELS + "/bluefly-text-1" + suffix;
        assertRefused(server.get(path), 404, "model", "model_not_found");
        assertEquals(404, server.post(path + "/generate", "{\"prompt\":\"x\"}").status());
    }

    @Test
    void b48_errorsHaveAllMembers() {
        Json error = generate(",\"temperature\":3").json().at("error");
        for (String name : List.of("message", "type", "param", "code", "details", "request_id")) {
            assertTrue(error.has(name), name);
        }
        Json unknown = server.get("/api/v1/nothing").json().at("error");
        assertEquals("unknown_route", unknown.at("code").text());
    }

    @Test
    void b49_listHasBothKeysAndTheTable() {
        Json list = server.get(MODELS).json();
        assertEquals("list", list.at("object").text());
        assertEquals(list.at("models").value(), list.at("data").value());
        assertEquals(6, list.at("models").size());
        assertEquals(TestModels.NAME, list.at("data.0.id").text());
        Json text = list.at("models.1");
        assertEquals("bluefly-text-1", text.at("id").text());
        assertEquals("General text processing", text.at("description").text());
        assertEquals("Text generation", text.at("capabilities.0").text());
        assertEquals(4096, text.at("maxInputLength").integer());
        assertEquals("ready", text.at("status").text());
        assertEquals("bluefly-text-1-v2", text.at("channels.stable").text());
        assertEquals("bluefly-text-1-v1", text.at("versions.0").text());
        assertEquals("unloaded", list.at("models.5.status").text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightjar/test-model", "nightjar%2Ftest-model"})
    void b49_idsWithSlashesAreWrittenEitherWay(String id) {
        Json model = server.get(MODELS + "/" + id).json();
        assertEquals(TestModels.NAME, model.at("id").text());
        HttpReply reply =
                server.post(MODELS + "/" + id + "/generate", "{\"prompt\":\"x\",\"max_tokens\":1}");
        assertEquals(TestModels.NAME, reply.json().at("model").text());
    }
}
