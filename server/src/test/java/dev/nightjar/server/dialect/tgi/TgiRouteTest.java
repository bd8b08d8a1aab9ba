package dev.nightjar.server.dialect.tgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies with {@code inputs} and {@code parameters}, on Flywheel's path and on their own. */
final class TgiRouteTest {

    private static final String PATH = "/generate";
    private static final String STREAM = "/generate_stream";
    private static final String INPUTS = "Once upon a time there was";
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

    private static HttpReply post(String path, String parameters) {
        return server.post(
                path, "{\"inputs\":\"%s\",\"parameters\":{%s}}".formatted(INPUTS, parameters));
    }

    private static Json generated(String parameters) {
        HttpReply reply = post(PATH, parameters);
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    private static String text(String parameters) {
        return generated(parameters).at("generated_text").text();
    }

    private static String engine(SamplingParams.Builder sampling) {
        try {
            return server.model()
                    .generate(TextRequest.of(INPUTS).withSampling(sampling.build()))
                    .text();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void isGreedyUnlessChanceIsAskedFor() {
        String greedy = engine(SamplingParams.builder().temperature(0).maxTokens(12));
        assertEquals(greedy, text("\"max_new_tokens\":12"));
        assertEquals(greedy, text("\"max_new_tokens\":12,\"temperature\":2,\"do_sample\":false"));
        String sampled = engine(SamplingParams.builder().temperature(1.5).seed(4).maxTokens(12));
        assertEquals(sampled, text("\"max_new_tokens\":12,\"temperature\":1.5,\"seed\":4"));
        String plain = engine(SamplingParams.builder().seed(4).maxTokens(12));
        assertEquals(plain, text("\"max_new_tokens\":12,\"do_sample\":true,\"seed\":4"));
    }

    @Test
    void aHundredTokensByDefault() {
        assertEquals(engine(SamplingParams.builder().temperature(0).maxTokens(100)), text(""));
        String body = "{\"inputs\":\"%s\"}".formatted(INPUTS);
        assertEquals(text(""), server.post(PATH, body).json().at("generated_text").text());
    }

    @Test
    void detailsTellOfEachToken() {
        Json answer =
                generated("\"max_new_tokens\":8,\"details\":true,\"seed\":7,\"top_n_tokens\":2");
        Json details = answer.at("details");
        assertEquals("length", details.at("finish_reason").text());
        assertEquals(8, details.at("generated_tokens").integer());
        assertEquals(7, details.at("seed").integer());
        assertEquals(0, details.at("prefill").size());
        assertEquals(8, details.at("tokens").size());
        assertEquals(2, details.at("top_tokens.0").size());
        assertEquals(
                details.at("tokens.3.id").integer(),
                details.at("top_tokens.3.0.id").integer(),
                "greedy takes the likeliest");
        String joined =
                IntStream.range(0, 8)
                        .mapToObj(i -> details.at("tokens." + i + ".text").text())
                        .collect(Collectors.joining());
        assertEquals(answer.at("generated_text").text(), joined);
        assertFalse(generated("\"max_new_tokens\":2").has("details"));
    }

    @Test
    void theInputsTokensCanBeToldToo() {
        String parameters = "\"max_new_tokens\":1,\"details\":true,\"decoder_input_details\":true";
        Json prefill = generated(parameters).at("details.prefill");
        int[] ids = server.model().promptIds(new Prompt.Text(INPUTS));
        assertEquals(ids.length, prefill.size());
        assertTrue(prefill.at("0.logprob").isNull());
        for (int i = 1; i < ids.length; i++) {
            assertEquals(ids[i], prefill.at(i + ".id").integer());
            assertTrue(prefill.at(i + ".logprob").number() < 0);
        }
        assertEquals(422, post(STREAM, parameters).status());
        assertEquals(422, post(PATH, parameters + ",\"truncate\":2").status());
    }

    @Test
    void inputsMayBePartOfTheText() {
        String whole = text("\"max_new_tokens\":5,\"return_full_text\":true");
        assertEquals(INPUTS + text("\"max_new_tokens\":5"), whole);
    }

    @Test
    void stopStringsEndTheText() {
        String whole = text("\"max_new_tokens\":30");
        String stop = whole.substring(8, 12);
        Json answer =
                generated(
                        "\"max_new_tokens\":30,\"details\":true,\"stop\":[\"%s\"]".formatted(stop));
        assertEquals(whole.substring(0, whole.indexOf(stop)), answer.at("generated_text").text());
        assertEquals("stop_sequence", answer.at("details.finish_reason").text());
    }

    @Test
    void truncateKeepsTheLastTokens() {
        Json last =
                post(STREAM, "\"max_new_tokens\":2,\"details\":true,\"truncate\":3")
                        .events()
                        .getLast();
        assertEquals(3, last.at("details.input_length").integer());
    }

    @Test
    void bestOfAnswersTheLikeliest() {
        String sampled = "\"max_new_tokens\":6,\"temperature\":1.5,\"details\":true,\"seed\":3";
        Json answer = generated(sampled + ",\"best_of\":4");
        Json others = answer.at("details.best_of_sequences");
        assertEquals(3, others.size());
        double best = likelihood(answer.at("details"));
        for (int i = 0; i < 3; i++) {
            assertTrue(best >= likelihood(others.at(Integer.toString(i))), answer.toString());
        }
    }

    private static double likelihood(Json sequence) {
        Json tokens = sequence.at("tokens");
        return IntStream.range(0, tokens.size())
                .mapToDouble(i -> tokens.at(i + ".logprob").number())
                .sum();
    }

    @Test
    void streamsHaveAnEventPerToken() {
        String parameters = "\"max_new_tokens\":9,\"details\":true";
        Json whole = generated(parameters);
        String body =
                "{\"inputs\":\"%s\",\"stream\":true,\"parameters\":{%s}}"
                        .formatted(INPUTS, parameters);
        for (HttpReply reply : List.of(post(STREAM, parameters), server.post(PATH, body))) {
            assertTrue(reply.header("Content-Type").orElse("").startsWith("text/event-stream"));
            List<Json> events = reply.events();
            assertEquals(9, events.size());
            assertEquals(9, reply.dataLines().size(), "no [DONE]");
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 9; i++) {
                Json event = events.get(i);
                assertEquals(i + 1, event.at("index").integer());
                assertEquals(
                        whole.at("details.tokens." + i + ".id").integer(),
                        event.at("token.id").integer());
                assertEquals(i < 8, event.at("generated_text").isNull());
                assertEquals(i < 8, event.at("details").isNull());
                text.append(event.at("token.text").text());
            }
            Json last = events.getLast();
            assertEquals(whole.at("generated_text").text(), text.toString());
            assertEquals(text.toString(), last.at("generated_text").text());
            assertEquals("length", last.at("details.finish_reason").text());
            assertEquals(9, last.at("details.generated_tokens").integer());
        }
    }

    @Test
    void anEndTokenIsTheLastOfAStream() {
        List<Json> events = post(STREAM, "\"max_new_tokens\":500,\"details\":true").events();
        Json last = events.getLast();
        String text = last.at("generated_text").text();
        String joined =
                events.stream()
                        .filter(event -> !event.at("token").at("special").bool())
                        .map(event -> event.at("token.text").text())
                        .collect(Collectors.joining());
        assertEquals(text, joined);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"max_new_tokens\":0           | max_new_tokens must be",
                "\"temperature\":-1             | temperature must be",
                "\"top_k\":\"x\"                | top_k must be",
                "\"best_of\":0                  | best_of must be",
                "\"truncate\":0                 | truncate must be",
                "\"watermark\":true             | watermark is not supported",
                "\"decoder_input_details\":true | decoder_input_details is told with",
                "\"adapter_id\":\"a\"           | adapter_id is not supported",
                "\"grammar\":{\"type\":\"x\"}   | grammar.type must be",
                "\"grammar\":{\"type\":\"regex\"} | grammar.value is required",
                "\"details\":1                  | details must be",
                "\"stop\":[1]                   | stop[0] must be"
            })
    void parametersAreValidated(String parameters, String message) {
        for (String path : List.of(PATH, STREAM)) {
            HttpReply reply = post(path, parameters);
            assertEquals(422, reply.status(), reply.body());
            assertEquals("validation", reply.json().at("error_type").text());
            String text = reply.json().at("error").text();
            assertTrue(text.contains("parameters." + message), text);
        }
    }

    @Test
    void errorsHaveTwoMembers() {
        HttpReply empty = server.post(PATH, "{\"inputs\":\"\"}");
        assertEquals(422, empty.status());
        assertTrue(empty.json().has("error") && empty.json().has("error_type"));
        HttpReply tooLong = server.post(PATH, "{\"inputs\":\"%s\"}".formatted("a ".repeat(4000)));
        assertEquals(422, tooLong.status(), tooLong.body());
        assertEquals("validation", tooLong.json().at("error_type").text());
        HttpReply missing = server.post(STREAM, "{}");
        assertEquals(422, missing.status());
        assertEquals("inputs is required", missing.json().at("error").text());
        HttpReply several =
                server.post(
                        PATH, "{\"inputs\":\"a\",\"stream\":true,\"parameters\":{\"best_of\":2}}");
        assertEquals(422, several.status());
        assertEquals(405, server.get(STREAM).status());
        assertEquals("method_not_allowed", server.get(STREAM).json().at("error_type").text());
    }

    @Test
    void grammarsHoldTheText() {
        String regex =
                text(
                        "\"max_new_tokens\":30,\"grammar\":{\"type\":\"regex\",\"value\":\"[0-9]{3}\"}");
        assertTrue(regex.matches("[0-9]{3}"), regex);
        String json =
                text(
                        "\"max_new_tokens\":40,\"grammar\":{\"type\":\"json\",\"value\":{\"type\":"
                                + "\"object\",\"properties\":{\"a\":{\"type\":\"boolean\"}},"
                                + "\"required\":[\"a\"],\"additionalProperties\":false}}");
        assertTrue(Json.of(json).has("a"), json);
    }

    @Test
    void watermarkOffAndUnknownMembersDoNoHarm() {
        HttpReply reply = post(PATH, "\"max_new_tokens\":1,\"watermark\":false,\"top_a\":1");
        assertEquals(200, reply.status(), reply.body());
        assertEquals("parameters.top_a", reply.header("X-Ignored-Fields").orElse("none"));
    }

    @Test
    void theDocumentedTimeLimitIsHeardHereToo() {
        HttpReply reply =
                HttpReply.of(
                        server.port(),
                        "POST",
                        PATH,
                        "{\"inputs\":\"a\"}",
                        java.util.Map.of("OICM-Request-Timeout", "x"));
        assertEquals(422, reply.status());
        assertEquals("validation", reply.json().at("error_type").text());
    }
}
