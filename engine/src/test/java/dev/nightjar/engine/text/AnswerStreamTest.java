package dev.nightjar.engine.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.ToolChoice;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Answers of a scripted model, from tokens to events. */
class AnswerStreamTest {

    private static final List<String> HERMES = List.of("<think>", "</think>", "<|end|>");
    private static final String TEMPLATE =
            "{% for tool in tools or [] %}{{ tool.function.name }} <tool_call>{% endfor %}"
                    + "{% for m in messages %}{{ m.content }}{% for c in m.tool_calls or [] %}"
                    + "{{ c.function.name }}{{ c.function.arguments|tojson }}{% endfor %}"
                    + "{% endfor %}<think></think>";

    private static final ChatPrompt PROMPT =
            ChatPrompt.of(List.of(new ChatMessage("user", "Hi")))
                    .withTools(
                            List.of(
                                    Map.of(
                                            "type",
                                            "function",
                                            "function",
                                            Map.of("name", "weather"))));

    private static final String ANSWER =
            "<think>Hm.</think>\nLook: {x}.\n<tool_call>\n{\"name\": \"weather\", \"arguments\":"
                    + " {\"city\": \"Bern\"}}\n</tool_call>\n<tool_call>{\"name\": \"weather\"}"
                    + "</tool_call>";

    private static Completion answer(ScriptedModel model, String template, TextOutput output)
            throws InterruptedException {
        return model.withTemplate(template).generate(TextRequest.chat(PROMPT).withOutput(output));
    }

    private static ScriptedModel hermes(String script) {
        return new ScriptedModel(HERMES, script, FinishReason.STOP);
    }

    /** Tokens of markers, thoughts and calls are reported with the text that follows them. */
    @Test
    void onlyTokensOfWhatIsSaidAreReported() throws InterruptedException {
        Completion plain = answer(hermes(ANSWER), TEMPLATE, TextOutput.plain());
        Completion whole = answer(hermes(ANSWER), TEMPLATE, TextOutput.plain().withLogprobs(0));
        assertEquals(plain.text(), whole.text());
        assertEquals(plain.toolCalls().size(), whole.toolCalls().size());
        StringBuilder spelled = new StringBuilder();
        whole.tokens().forEach(t -> spelled.append(new String(t.bytes(), UTF_8)));
        assertEquals(whole.text(), spelled.toString());
    }

    @Test
    void answersAreTakenApart() throws InterruptedException {
        ScriptedModel model = hermes(ANSWER);
        Completion whole = answer(model, TEMPLATE, TextOutput.plain());
        assertEquals("weather <tool_call>Hi<think></think>", model.prompt());
        assertEquals("Hm.", whole.reasoning());
        assertEquals("Look: {x}.", whole.text());
        assertEquals(2, whole.toolCalls().size());
        assertEquals("weather", whole.toolCalls().getFirst().name());
        assertEquals("{\"city\": \"Bern\"}", whole.toolCalls().getFirst().arguments());
        assertEquals("{}", whole.toolCalls().getLast().arguments());
        assertTrue(whole.toolCalls().getFirst().id().matches("call_\\w{24}"));
        assertEquals(FinishReason.STOP, whole.reason());
    }

    @Test
    void argumentsArriveInPieces() throws InterruptedException {
        TextStream stream = hermes(ANSWER).withTemplate(TEMPLATE).start(TextRequest.chat(PROMPT));
        List<TextEvent> events = new ArrayList<>();
        do {
            events.add(stream.next());
        } while (!(events.getLast() instanceof TextEvent.Finished));
        long pieces = events.stream().filter(e -> e instanceof TextEvent.ToolArguments).count();
        assertEquals("{\"city\": \"Bern\"}".length() + 1, pieces);
        int call = 0;
        while (!(events.get(call) instanceof TextEvent.ToolCall)) {
            call++;
        }
        assertInstanceOf(TextEvent.Delta.class, events.get(call - 1));
        assertInstanceOf(TextEvent.ToolArguments.class, events.get(call + 1));
    }

    @Test
    void oneCallIsTheEnd() throws InterruptedException {
        TextOutput output = TextOutput.plain().withToolCalls(TextOutput.ToolCalls.SINGLE);
        Completion whole = answer(hermes(ANSWER), TEMPLATE, output);
        assertEquals(1, whole.toolCalls().size());
        assertEquals(FinishReason.STOP, whole.reason());
        assertEquals(Optional.empty(), whole.stop());
        assertEquals(
                ANSWER.indexOf("\n</tool_call>") - "<think></think>".length() + 2,
                whole.usage().completionTokens());
    }

    @Test
    void rawAnswersKeepTheirMarkers() throws InterruptedException {
        TextOutput output = TextOutput.plain().withSplitting(TextOutput.Splitting.RAW);
        Completion whole = answer(hermes(ANSWER), TEMPLATE, output);
        assertEquals(ANSWER, whole.text());
        assertEquals(List.of(), whole.toolCalls());
    }

    @Test
    void withoutToolsCallsAreText() throws InterruptedException {
        ScriptedModel model = hermes("<tool_call>{}</tool_call>");
        TextOutput output = TextOutput.plain().withToolChoice(new ToolChoice.None());
        Completion whole = answer(model, TEMPLATE, output);
        assertEquals("<tool_call>{}</tool_call>", whole.text());
        assertEquals("Hi<think></think>", model.prompt());
    }

    @Test
    void stopStringsMatchContentAndReasoning() throws InterruptedException {
        for (String stop : List.of("k:", "m.", "Ber", "</t", "m.L", "weather")) {
            TextOutput output = TextOutput.plain().withStop(List.of(stop));
            Completion whole = answer(hermes(ANSWER), TEMPLATE, output);
            boolean isFound = "Hm.|Look: {x}.".contains(stop);
            assertEquals(isFound ? Optional.of(stop) : Optional.empty(), whole.stop(), stop);
            assertEquals(isFound ? 0 : 2, whole.toolCalls().size(), stop);
        }
        TextOutput output = TextOutput.plain().withStop(List.of("m."));
        assertEquals("H", answer(hermes(ANSWER), TEMPLATE, output).reasoning());
    }

    @Test
    void promptMayOpenReasoning() throws InterruptedException {
        Completion whole =
                answer(
                        hermes("Hm.</think>Hi."),
                        "{{ messages[-1].content }}<think>\n",
                        TextOutput.plain());
        assertEquals("Hm.", whole.reasoning());
        assertEquals("Hi.", whole.text());
    }

    @Test
    void cutAnswersKeepWhatTheyHave() throws InterruptedException {
        for (int end = 0; end <= ANSWER.length(); end++) {
            if (!cutsMarker(end)) {
                ScriptedModel model =
                        new ScriptedModel(HERMES, ANSWER.substring(0, end), FinishReason.LENGTH);
                Completion whole = answer(model, TEMPLATE, TextOutput.plain());
                assertEquals(FinishReason.LENGTH, whole.reason());
                assertEquals(end > ANSWER.indexOf("Hm."), !whole.reasoning().isEmpty());
            }
        }
    }

    private static boolean cutsMarker(int end) {
        return ANSWER.substring(0, end).matches("(?s)(.*</?t?h?i?n?k?)|<|<t.*[^>]")
                && end < ANSWER.indexOf("\nLook");
    }

    @Test
    void controlTokensOfOthersAreNoText() throws InterruptedException {
        Completion whole = answer(hermes("Hi<|end|>!"), TEMPLATE, TextOutput.plain());
        assertEquals("Hi!", whole.text());
    }

    @Test
    void harmonyGoesOnAfterMessages() throws InterruptedException {
        List<String> control =
                List.of("<|start|>", "<|channel|>", "<|message|>", "<|end|>", "<|call|>");
        String script =
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final"
                        + "<|message|>Hi.";
        ScriptedModel model = new ScriptedModel(control, script, FinishReason.STOP);
        Completion whole = answer(model, "<|channel|><|message|>{{ tools }}", TextOutput.plain());
        assertEquals("Hm.", whole.reasoning());
        assertEquals("Hi.", whole.text());
    }

    @Test
    void conversationsGoOnWithResults() throws InterruptedException {
        ScriptedModel model = hermes(ANSWER);
        ChatPrompt prompt =
                ChatPrompt.of(List.of(new ChatMessage("user", "Hi")))
                        .withTools(
                                List.of(Tool.of("weather", "by city", Map.of("city", "string"))));
        TextModel text = model.withTemplate(TEMPLATE);
        Completion answer = text.generate(TextRequest.chat(prompt));
        List<ChatMessage> messages = new ArrayList<>(prompt.messages());
        messages.add(answer.message());
        messages.add(Tool.result(answer.toolCalls().getFirst(), "rain"));
        text.generate(TextRequest.chat(prompt.withMessages(messages)));
        assertEquals(
                "weather <tool_call>HiLook: {x}.weather{\"city\": \"Bern\"}weather{}"
                        + "rain<think></think>",
                model.prompt());
    }

    @Test
    void demandedCallsAreHeldToTheirForm() {
        ScriptedModel model = hermes("");
        TextOutput required = TextOutput.plain().withToolChoice(new ToolChoice.Required());
        TextModel text = model.withTemplate(TEMPLATE);
        text.start(TextRequest.chat(PROMPT).withOutput(required)).close();
        assertTrue(model.asked().constraint().isPresent());
        text.start(TextRequest.chat(PROMPT)).close();
        assertTrue(model.asked().constraint().isEmpty());
        TextOutput json = TextOutput.plain().withFormat(new OutputFormat.JsonObject());
        text.start(TextRequest.of("Hi").withOutput(json)).close();
        assertTrue(model.asked().constraint().isPresent());
    }

    @Test
    void tokensAreThoseOfTheContent() throws InterruptedException {
        for (String stop : List.of("never", "{x}.\n", "x}.")) {
            TextOutput output = TextOutput.plain().withLogprobs(0).withStop(List.of(stop));
            Completion whole = answer(hermes(ANSWER), TEMPLATE, output);
            String spelled =
                    whole.tokens().stream()
                            .map(token -> new String(token.bytes(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining());
            assertEquals(whole.text(), spelled, stop);
        }
    }

    @Test
    void toolsThatAreNotThereCannotBeDemanded() {
        ScriptedModel model = hermes("");
        TextOutput named = TextOutput.plain().withToolChoice(new ToolChoice.Named("time"));
        InvalidRequestException failure =
                assertThrows(InvalidRequestException.class, () -> answer(model, TEMPLATE, named));
        assertEquals("tool_choice", failure.parameter());
        TextRequest required =
                TextRequest.chat(PROMPT.withoutTools())
                        .withOutput(TextOutput.plain().withToolChoice(new ToolChoice.Required()));
        assertThrows(
                InvalidRequestException.class, () -> model.withTemplate(TEMPLATE).start(required));
        assertFalse(named.toolChoice() instanceof ToolChoice.Auto);
    }
}
