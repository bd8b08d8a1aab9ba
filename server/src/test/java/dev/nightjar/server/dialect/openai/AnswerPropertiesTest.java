package dev.nightjar.server.dialect.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds for every combination of parameters. */
final class AnswerPropertiesTest {

    private static final int FEW = 12;
    private static final String TOOL =
            "{\"type\":\"function\",\"function\":{\"name\":\"find\",\"parameters\":{\"type\":\"object\","
                    + "\"properties\":{\"what\":{\"type\":\"string\",\"maxLength\":9}},"
                    + "\"required\":[\"what\"]}}}";

    /** Tells of tools in few tokens, as the model's context is small. */
    private static final String TEMPLATE =
            "\"chat_template\":\"{{ tools is defined }} <tool_call>"
                    + "{% for m in messages %}{{ m.content }}{{ m.tool_calls or '' }}{% endfor %}\"";

    private static TestServer server;

    @BeforeContainer
    static void start() {
        server = TestServer.start();
    }

    @AfterContainer
    static void stop() {
        server.close();
    }

    /** Everything but messages, model, n and seed. */
    @Provide
    static Arbitrary<String> parameters() {
        Arbitrary<String> sampling =
                Combinators.combine(
                                Arbitraries.doubles().between(0, 2),
                                Arbitraries.doubles().between(0.3, 1),
                                Arbitraries.integers().between(0, 40),
                                Arbitraries.doubles().between(-1, 1))
                        .as(
                                (temperature, topP, topK, penalty) ->
                                        String.format(
                                                Locale.ROOT,
                                                "\"temperature\":%.3f,\"top_p\":%.3f,\"top_k\":%d,"
                                                        + "\"presence_penalty\":%.3f",
                                                temperature,
                                                topP,
                                                topK,
                                                penalty));
        Arbitrary<String> ends =
                Arbitraries.of(
                        ",\"max_tokens\":1",
                        ",\"max_tokens\":17",
                        ",\"max_tokens\":40,\"stop\":\"a\"",
                        ",\"max_tokens\":40,\"stop\":[\" the\",\"an\",\".\"]",
                        ",\"max_tokens\":30,\"ignore_eos\":true",
                        ",\"max_tokens\":20,\"min_tokens\":5");
        Arbitrary<String> reports =
                Arbitraries.of(
                        "", "", ",\"logprobs\":true", ",\"logprobs\":true,\"top_logprobs\":2");
        Arbitrary<String> others =
                Arbitraries.of(
                        "",
                        ",\"repetition_penalty\":1.3,\"repeat_last_n\":8",
                        ",\"dry_multiplier\":1",
                        ",\"logit_bias\":{\"300\":5,\"301\":-5}",
                        ",\"samplers\":[\"min_p\",\"temperature\"],\"min_p\":0.1",
                        ",\"response_format\":{\"type\":\"json_object\"}",
                        ",\"guided_regex\":\"[a-z]{3,9}( [a-z]{2,5})*\"",
                        "," + TEMPLATE + ",\"tools\":[" + TOOL + "]",
                        "," + TEMPLATE + ",\"tools\":[" + TOOL + "],\"tool_choice\":\"required\"",
                        "," + TEMPLATE + ",\"tools\":[" + TOOL + "],\"parallel_tool_calls\":false");
        return Combinators.combine(sampling, ends, reports, others)
                .as((a, b, c, d) -> "," + a + b + c + d);
    }

    private static HttpReply chat(String content, String more) {
        HttpReply reply =
                server.post(
                        "/v1/chat/completions",
                        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
                                .formatted(TestModels.NAME, content, more));
        assertEquals(200, reply.status(), reply.body());
        return reply;
    }

    /** What a choice says and calls, how it ended and its log probabilities. */
    private record Outcome(String text, List<String> calls, String reason, List<String> tokens) {

        static Outcome ofWhole(Json choice) {
            Json message = choice.at("message");
            List<String> calls = new ArrayList<>();
            if (message.has("tool_calls")) {
                for (int i = 0; i < message.at("tool_calls").size(); i++) {
                    calls.add(call(message.at("tool_calls." + i + ".function")));
                }
            }
            return new Outcome(
                    message.at("content").isNull() ? "" : message.at("content").text(),
                    calls,
                    choice.at("finish_reason").text(),
                    tokens(choice));
        }

        static Outcome ofStream(List<Json> events, int index) {
            StringBuilder text = new StringBuilder();
            List<String> calls = new ArrayList<>();
            List<String> tokens = new ArrayList<>();
            String reason = "";
            for (Json event : events) {
                Json choice = event.at("choices.0");
                if (choice.at("index").integer() == index) {
                    Json delta = choice.at("delta");
                    text.append(delta.has("content") ? delta.at("content").text() : "");
                    addCall(delta, calls);
                    tokens.addAll(tokens(choice));
                    Json end = choice.at("finish_reason");
                    reason += end.isNull() ? "" : end.text();
                }
            }
            return new Outcome(text.toString(), calls, reason, tokens);
        }

        private static void addCall(Json delta, List<String> calls) {
            if (delta.has("tool_calls")) {
                int index = (int) delta.at("tool_calls.0.index").integer();
                String piece = call(delta.at("tool_calls.0.function"));
                if (index == calls.size()) {
                    calls.add(piece);
                } else {
                    calls.set(index, calls.get(index) + piece);
                }
            }
        }

        /** Name and arguments, as far as they are there. */
        private static String call(Json function) {
            String name = function.has("name") ? function.at("name").text() + ": " : "";
            return name + function.at("arguments").text();
        }

        private static List<String> tokens(Json choice) {
            if (choice.at("logprobs").isNull()) {
                return List.of();
            }
            JsonValue content = choice.at("logprobs.content").value();
            return ((JsonValue.JsonArray) content).elements().stream().map(JsonText::of).toList();
        }
    }

    private static List<Outcome> wholes(HttpReply reply) {
        Json json = reply.json();
        return IntStream.range(0, json.at("choices").size())
                .mapToObj(i -> Outcome.ofWhole(json.at("choices." + i)))
                .toList();
    }

    @Property(tries = FEW)
    void streamEqualsWhole(@ForAll("parameters") String parameters, @ForAll("seeds") int seed) {
        String more = parameters + ",\"n\":%d,\"seed\":%d".formatted(1 + seed % 3, seed);
        List<Outcome> wholes = wholes(chat("Tell me", more));
        List<Json> events = chat("Tell me", more + ",\"stream\":true").events();
        for (int i = 0; i < wholes.size(); i++) {
            assertEquals(wholes.get(i), Outcome.ofStream(events, i), more);
        }
    }

    @Property(tries = FEW / 2)
    void threeChoicesAreThreeRequests(
            @ForAll("parameters") String parameters, @ForAll("seeds") int seed) {
        List<Outcome> three = wholes(chat("Hello", parameters + ",\"n\":3,\"seed\":" + seed));
        for (int i = 0; i < three.size(); i++) {
            String one = parameters + ",\"seed\":" + (seed + i);
            assertEquals(wholes(chat("Hello", one)).getFirst(), three.get(i), one);
        }
    }

    @Property(tries = FEW / 3)
    void aBatchEqualsEachAlone(@ForAll("parameters") String parameters, @ForAll("seeds") int seed) {
        List<String> contents = List.of("Hello", "Tell me of the cat", "Why?");
        String more = parameters + ",\"seed\":" + seed;
        List<List<Outcome>> together =
                contents.parallelStream().map(content -> wholes(chat(content, more))).toList();
        for (int i = 0; i < contents.size(); i++) {
            assertEquals(wholes(chat(contents.get(i), more)), together.get(i), more);
        }
    }

    @Provide
    static Arbitrary<Integer> seeds() {
        return Arbitraries.integers().between(0, 100_000);
    }
}
