package dev.nightjar.server.dialect.openai.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.HttpReply;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.RawClient;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChatRouteTest {

    private static final String PATH = "/v1/chat/completions";
    private static final List<ChatMessage> HELLO = List.of(new ChatMessage("user", "Hello"));
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

    private static String request(String messages, String more) {
        return "{\"model\":\"%s\",\"messages\":%s,\"max_tokens\":24,\"seed\":8%s}"
                .formatted(TestModels.NAME, messages, more);
    }

    private static String user(String content) {
        return "[{\"role\":\"user\",\"content\":%s}]".formatted(content);
    }

    private static String word(FinishReason reason) {
        return reason == FinishReason.STOP ? "stop" : "length";
    }

    private static Completion generated(List<ChatMessage> messages) throws Exception {
        SamplingParams sampling = SamplingParams.builder().seed(8).maxTokens(24).build();
        return server.model().generate(TextRequest.chat(messages).withSampling(sampling));
    }

    @Test
    void unknownMembersAreIgnoredAndListed() throws Exception {
        String messages = "[{\"role\":\"user\",\"content\":\"Hello\",\"nickname\":\"Al\"}]";
        String more = ",\"temprature\":2,\"x\\r\\ny: z\":{\"a\":1}";
        HttpReply reply = server.post(PATH, request(messages, more));
        assertEquals(200, reply.status(), reply.body());
        assertEquals(
                "temprature, x??y??z, messages[0].nickname",
                reply.header("X-Ignored-Fields").orElse("none"));
        assertEquals(generated(HELLO).text(), reply.json().at("choices.0.message.content").text());
        assertTrue(
                server.post(PATH, request(user("\"Hello\""), ""))
                        .header("X-Ignored-Fields")
                        .isEmpty());
    }

    @Test
    void wholeAnswerHasTheDocumentedMembers() throws Exception {
        HttpReply reply = server.post(PATH, request(user("\"Hello\""), ""));
        assertEquals(200, reply.status(), reply.body());
        assertEquals("application/json", reply.header("Content-Type").orElse(""));
        Json json = reply.json();
        assertEquals("chat.completion", json.at("object").text());
        assertTrue(json.at("id").text().startsWith("chatcmpl-"));
        assertEquals("assistant", json.at("choices.0.message.role").text());
        Completion expected = generated(HELLO);
        assertEquals(expected.text(), json.at("choices.0.message.content").text());
        assertTrue(json.at("choices.0.message.refusal").isNull());
        assertTrue(json.at("choices.0.logprobs").isNull());
        assertEquals(word(expected.reason()), json.at("choices.0.finish_reason").text());
        assertEquals(
                expected.usage().completionTokens(), json.at("usage.completion_tokens").integer());
        assertFalse(json.has("error"));
    }

    @Test
    void allRolesAndTextPartsReachTheTemplate() throws Exception {
        String messages =
                """
                [{"role":"developer","content":"Be kind."},
                 {"role":"user","content":[{"type":"text","text":"Hel"},{"type":"text","text":"lo"}]},
                 {"role":"assistant","content":"Hi!"},
                 {"role":"tool","content":"42"},
                 {"role":"user","content":"More"}]""";
        HttpReply reply = server.post(PATH, request(messages, ""));
        List<ChatMessage> expected =
                List.of(
                        new ChatMessage("system", "Be kind."),
                        new ChatMessage("user", "Hello"),
                        new ChatMessage("assistant", "Hi!"),
                        new ChatMessage("tool", "42"),
                        new ChatMessage("user", "More"));
        assertEquals(200, reply.status(), reply.body());
        assertEquals(
                generated(expected).text(), reply.json().at("choices.0.message.content").text());
    }

    @Test
    void streamHasTheShapeThatClientsNeed() throws Exception {
        HttpReply reply = server.post(PATH, request(user("\"Hello\""), ",\"stream\":true"));
        assertEquals(200, reply.status(), reply.body());
        assertEquals("text/event-stream; charset=utf-8", reply.header("Content-Type").orElse(""));
        assertTrue(
                reply.body()
                        .lines()
                        .allMatch(
                                line ->
                                        line.isEmpty()
                                                || line.startsWith("data: ")
                                                || line.startsWith(": ")));
        assertTrue(reply.body().endsWith("data: [DONE]\n\n"), "the body ends with [DONE]");
        List<Json> events = reply.events();
        Json first = events.getFirst();
        assertEquals("assistant", first.at("choices.0.delta.role").text());
        assertEquals("", first.at("choices.0.delta.content").text());
        Json last = events.getLast();
        assertEquals(word(generated(HELLO).reason()), last.at("choices.0.finish_reason").text());
        assertEquals("", last.at("choices.0.delta.content").text());
        Set<String> frames = new HashSet<>();
        for (Json event : events) {
            frames.add(
                    event.at("id").text()
                            + event.at("created").integer()
                            + event.at("model").text());
            assertEquals("chat.completion.chunk", event.at("object").text());
            assertEquals(1, event.at("choices").size());
            assertEquals(event == first, event.at("choices.0.delta").has("role"));
            assertEquals(event != last, event.at("choices.0.finish_reason").isNull());
            assertFalse(event.has("error"), "not even null");
            assertFalse(event.has("usage"), "counts were not asked for");
        }
        assertEquals(1, frames.size(), "id, created and model are the same in all chunks");
    }

    @Test
    void streamedTextIsTheWholeText() throws Exception {
        HttpReply reply = server.post(PATH, request(user("\"Hello\""), ",\"stream\":true"));
        assertEquals(generated(HELLO).text(), content(reply, 0));
    }

    @Test
    void countsComeInAChunkOfTheirOwnWhenAskedFor() throws Exception {
        HttpReply reply =
                server.post(
                        PATH,
                        request(
                                user("\"Hello\""),
                                ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        List<Json> events = reply.events();
        Json counts = events.getLast();
        assertEquals(0, counts.at("choices").size());
        assertEquals(
                generated(HELLO).usage().completionTokens(),
                counts.at("usage.completion_tokens").integer());
        assertTrue(
                events.subList(0, events.size() - 1).stream()
                        .allMatch(event -> event.at("usage").isNull()));
    }

    @Test
    void eachChoiceOfAStreamIsComplete() {
        HttpReply reply = server.post(PATH, request(user("\"Hello\""), ",\"stream\":true,\"n\":3"));
        HttpReply whole = server.post(PATH, request(user("\"Hello\""), ",\"n\":3"));
        for (int choice = 0; choice < 3; choice++) {
            assertEquals(
                    whole.json().at("choices.%d.message.content".formatted(choice)).text(),
                    content(reply, choice));
            int index = choice;
            List<Json> own =
                    reply.events().stream()
                            .filter(event -> event.at("choices.0.index").integer() == index)
                            .toList();
            assertTrue(own.getFirst().at("choices.0.delta").has("role"));
            assertFalse(own.getLast().at("choices.0.finish_reason").isNull());
            assertEquals(
                    1,
                    own.stream()
                            .filter(event -> !event.at("choices.0.finish_reason").isNull())
                            .count());
        }
    }

    private static String content(HttpReply streamed, int choice) {
        return streamed.events().stream()
                .filter(event -> event.at("choices.0.index").integer() == choice)
                .map(event -> event.at("choices.0.delta.content").text())
                .collect(Collectors.joining());
    }

    /** Values that ask for nothing are no reason to refuse a request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"logprobs\":false",
                "\"top_logprobs\":0",
                "\"tools\":[]",
                "\"tool_choice\":\"none\"",
                "\"tool_choice\":\"auto\"",
                "\"response_format\":{\"type\":\"text\"}",
                "\"logit_bias\":{}",
                "\"functions\":null",
                "\"audio\":null",
                "\"modalities\":[\"text\"]",
                "\"parallel_tool_calls\":true",
                "\"user\":\"me\"",
                "\"metadata\":{\"a\":\"b\"}",
                "\"store\":true",
                "\"service_tier\":\"auto\"",
                "\"stop\":null",
                "\"temperature\":null",
                "\"stream_options\":null",
                "\"n\":1.0"
            })
    void harmlessParametersAreAccepted(String parameter) {
        HttpReply reply = server.post(PATH, request(user("\"Hi\""), "," + parameter));
        assertEquals(200, reply.status(), reply.body());
    }

    @Test
    void newerNameOfTheLimit() {
        String body =
                "{\"model\":\"%s\",\"messages\":%s,\"max_completion_tokens\":5}"
                        .formatted(TestModels.NAME, user("\"Hi\""));
        assertEquals(5, server.post(PATH, body).json().at("usage.completion_tokens").integer());
    }

    /** Bytes of a character may come from several tokens; the client sees whole characters. */
    @Test
    void charactersAreNeverSplit() {
        String text = "Zoë 🦉 naïve — 夜鷹";
        String body =
                "{\"model\":\"%s\",\"prompt\":\"%s\",\"echo\":true,\"stream\":true,\"temperature\":2,"
                                .formatted(TestModels.NAME, text)
                        + "\"seed\":3,\"max_tokens\":200}";
        try (RawClient client = server.connect().post("/v1/completions", body)) {
            String raw = client.readUntil("data: [DONE]\n\n");
            List<Json> events =
                    raw.lines()
                            .filter(line -> line.startsWith("data: {"))
                            .map(line -> Json.of(line.substring(6)))
                            .toList();
            assertEquals(text, events.getFirst().at("choices.0.text").text());
            for (Json event : events) {
                String piece = event.at("choices.0.text").text();
                assertTrue(
                        piece.isEmpty()
                                || !Character.isLowSurrogate(piece.charAt(0))
                                        && !Character.isHighSurrogate(
                                                piece.charAt(piece.length() - 1)));
            }
        }
    }
}
