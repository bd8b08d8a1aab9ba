package dev.nightjar.server.dialect.openai.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.engine.text.CompletionBuilder;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.answer.ChoiceEnd;
import dev.nightjar.server.answer.TokenCounts;
import dev.nightjar.server.answer.WholeChoice;
import dev.nightjar.server.dialect.openai.frame.Frame;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of the events of a conversation, streamed and as a whole. */
final class ChatShapeTest {

    private static final Usage USAGE = new Usage(3, 1, 4, 0, 0, 0);
    private static final TokenCounts COUNTS = new TokenCounts(3, 1, 4);
    private static final List<TextEvent> CALLS =
            List.of(
                    new TextEvent.Reasoning("Let me"),
                    new TextEvent.Reasoning(" see."),
                    new TextEvent.ToolCall(0, "call_a", "f"),
                    new TextEvent.ToolArguments(0, "{\"a\""),
                    new TextEvent.ToolArguments(0, ":1}"),
                    new TextEvent.ToolCall(1, "call_b", "g"),
                    new TextEvent.ToolArguments(1, "{}"));

    private static ChatShape shape(ToolUse.CallForm form, boolean hasLogprobs) {
        Frame frame = new Frame("1", 2, "m", false, ErrorShape.OBJECT, "r");
        return new ChatShape(frame, new CallJson(form), hasLogprobs, Optional.empty());
    }

    private static ChoiceEnd end(FinishReason reason, int numToolCalls) {
        return new ChoiceEnd(reason, Optional.empty(), numToolCalls, USAGE, Instant.EPOCH);
    }

    private static List<Json> streamed(ChatShape shape, List<TextEvent> events, ChoiceEnd end) {
        List<byte[]> chunks = new ArrayList<>(shape.opening(0));
        events.forEach(event -> chunks.addAll(shape.piece(0, event)));
        chunks.addAll(shape.finish(0, end));
        return chunks.stream().map(ChatShapeTest::json).toList();
    }

    private static Json whole(ChatShape shape, List<TextEvent> events, ChoiceEnd end) {
        CompletionBuilder builder = new CompletionBuilder();
        events.forEach(builder::accept);
        builder.accept(
                new TextEvent.Finished(end.reason(), Optional.empty(), USAGE, Optional.empty()));
        WholeChoice choice = new WholeChoice(builder.build(), end);
        return json(shape.whole(List.of(choice), COUNTS));
    }

    private static Json json(byte[] bytes) {
        return Json.of(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void callsInAStream() {
        ChatShape shape = shape(ToolUse.CallForm.TOOL_CALLS, false);
        List<Json> chunks = streamed(shape, CALLS, end(FinishReason.STOP, 2));
        assertEquals(
                List.of(
                        "{\"role\":\"assistant\",\"content\":\"\"}",
                        "{\"reasoning_content\":\"Let me\"}",
                        "{\"reasoning_content\":\" see.\"}",
                        call(
                                "{\"index\":0,\"id\":\"call_a\",\"type\":\"function\","
                                        + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                        call("{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}"),
                        call("{\"index\":0,\"function\":{\"arguments\":\":1}\"}}"),
                        call(
                                "{\"index\":1,\"id\":\"call_b\",\"type\":\"function\","
                                        + "\"function\":{\"name\":\"g\",\"arguments\":\"\"}}"),
                        call("{\"index\":1,\"function\":{\"arguments\":\"{}\"}}"),
                        "{}"),
                chunks.stream().map(chunk -> text(chunk.at("choices.0.delta"))).toList());
        for (Json chunk : chunks) {
            assertEquals(1, chunk.at("choices").size());
            boolean isLast = chunk == chunks.getLast();
            assertEquals(!isLast, chunk.at("choices.0.finish_reason").isNull());
        }
        assertEquals("tool_calls", chunks.getLast().at("choices.0.finish_reason").text());
    }

    private static String call(String call) {
        return "{\"tool_calls\":[%s]}".formatted(call);
    }

    private static String text(Json json) {
        return JsonText.of(json.value());
    }

    @Test
    void callsInAWhole() {
        ChatShape shape = shape(ToolUse.CallForm.TOOL_CALLS, false);
        Json json = whole(shape, CALLS, end(FinishReason.STOP, 2));
        assertEquals(
                "{\"role\":\"assistant\",\"reasoning_content\":\"Let me see.\",\"content\":null,"
                        + "\"refusal\":null,\"tool_calls\":["
                        + "{\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{\\\"a\\\":1}\"}},"
                        + "{\"id\":\"call_b\",\"type\":\"function\",\"function\":{\"name\":\"g\","
                        + "\"arguments\":\"{}\"}}]}",
                text(json.at("choices.0.message")));
        assertEquals("tool_calls", json.at("choices.0.finish_reason").text());
    }

    @Test
    void aCutIsToldEvenWhereToolsAreCalled() {
        ChatShape shape = shape(ToolUse.CallForm.TOOL_CALLS, false);
        ChoiceEnd cut = end(FinishReason.LENGTH, 2);
        assertEquals("length", whole(shape, CALLS, cut).at("choices.0.finish_reason").text());
        List<Json> chunks = streamed(shape, CALLS, cut);
        assertEquals("length", chunks.getLast().at("choices.0.finish_reason").text());
    }

    @Test
    void textBesideCalls() {
        List<TextEvent> events = new ArrayList<>(CALLS);
        events.addFirst(new TextEvent.Delta("Well."));
        Json json =
                whole(shape(ToolUse.CallForm.TOOL_CALLS, false), events, end(FinishReason.STOP, 2));
        assertEquals("Well.", json.at("choices.0.message.content").text());
    }

    @Test
    void functionsAreAnsweredAsFunctions() {
        ChatShape shape = shape(ToolUse.CallForm.FUNCTION_CALL, false);
        List<TextEvent> one = CALLS.subList(2, 5);
        ChoiceEnd end = end(FinishReason.STOP, 1);
        Json json = whole(shape, one, end);
        assertEquals(
                "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}",
                text(json.at("choices.0.message.function_call")));
        assertFalse(json.at("choices.0.message").has("tool_calls"));
        assertEquals("function_call", json.at("choices.0.finish_reason").text());
        List<Json> chunks = streamed(shape, one, end);
        assertEquals(
                "{\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}",
                text(chunks.get(1).at("choices.0.delta")));
        assertEquals(
                "{\"function_call\":{\"arguments\":\"{\\\"a\\\"\"}}",
                text(chunks.get(2).at("choices.0.delta")));
    }

    @Test
    void logprobsOfParts() {
        byte[] owl = "🦉".getBytes(StandardCharsets.UTF_8);
        TokenText begin = new TokenText(1, new byte[] {owl[0], owl[1]}, -0.5f, List.of());
        TokenText impossible =
                new TokenText(3, new byte[] {'x'}, Float.NEGATIVE_INFINITY, List.of());
        TokenText rest = new TokenText(2, new byte[] {owl[2], owl[3]}, -1f, List.of(impossible));
        ChatShape shape = shape(ToolUse.CallForm.TOOL_CALLS, true);
        List<TextEvent> events = List.of(new TextEvent.Delta("🦉", List.of(begin, rest)));
        Json chunk = streamed(shape, events, end(FinishReason.STOP, 0)).get(1);
        assertEquals("🦉", chunk.at("choices.0.delta.content").text());
        assertEquals(
                "{\"content\":[{\"token\":\"�\",\"logprob\":-0.5,\"bytes\":[240,159],"
                        + "\"top_logprobs\":[]},{\"token\":\"��\",\"logprob\":-1.0,"
                        + "\"bytes\":[166,137],\"top_logprobs\":[{\"token\":\"x\",\"logprob\":-9999.0,"
                        + "\"bytes\":[120]}]}],\"refusal\":null}",
                text(chunk.at("choices.0.logprobs")));
        Json json = whole(shape, events, end(FinishReason.STOP, 0));
        assertEquals(chunk.at("choices.0.logprobs"), json.at("choices.0.logprobs"));
        List<Json> all = streamed(shape, events, end(FinishReason.STOP, 0));
        assertTrue(all.getFirst().at("choices.0.logprobs").isNull());
        assertTrue(all.getLast().at("choices.0.logprobs").isNull());
    }

    /** Joined as a client joins them, the chunks are the whole message. */
    @Test
    void chunksJoinToTheWhole() {
        ChatShape shape = shape(ToolUse.CallForm.TOOL_CALLS, false);
        List<TextEvent> events = new ArrayList<>(CALLS);
        events.add(2, new TextEvent.Delta("I call "));
        events.add(3, new TextEvent.Delta("two."));
        Map<String, StringBuilder> joined = new LinkedHashMap<>();
        for (Json chunk : streamed(shape, events, end(FinishReason.STOP, 2))) {
            join("", chunk.at("choices.0.delta").value(), joined);
        }
        Json message = whole(shape, events, end(FinishReason.STOP, 2)).at("choices.0.message");
        assertEquals(message.at("content").text(), joined.get(".content").toString());
        assertEquals(
                message.at("reasoning_content").text(),
                joined.get(".reasoning_content").toString());
        for (int i = 0; i < 2; i++) {
            for (String member : List.of("id", "type", "function.name", "function.arguments")) {
                assertEquals(
                        message.at("tool_calls.%d.%s".formatted(i, member)).text(),
                        joined.get(".tool_calls.%d.%s".formatted(i, member)).toString());
            }
        }
    }

    private static void join(String path, JsonValue value, Map<String, StringBuilder> joined) {
        switch (value) {
            case JsonValue.JsonString string ->
                    joined.computeIfAbsent(path, p -> new StringBuilder()).append(string.value());
            case JsonValue.JsonObject object ->
                    object.members().forEach((name, part) -> join(path + "." + name, part, joined));
            case JsonValue.JsonArray array -> {
                for (JsonValue element : array.elements()) {
                    long index = new Json(element).at("index").integer();
                    join(path + "." + index, element, joined);
                }
            }
            default -> {
                // numbers and nulls are not joined
            }
        }
    }
}
