package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import dev.nightjar.engine.text.Tool;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The short calls of the door: they mean what the long ones say. */
class EngineDoorTest {

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.openDemo();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void l7TextsAndConversationsAreOneLine() throws Exception {
        TextRequest text =
                TextRequest.of("Once upon a time")
                        .withSampling(s -> s.temperature(0).maxTokens(256));
        assertEquals(engine.generate(text).text(), engine.generate("Once upon a time").text());

        List<ChatMessage> conversation =
                List.of(ChatMessage.user("What is the capital of France?"));
        assertEquals("The capital of France is Paris.", engine.generate(conversation).text());
    }

    @Test
    void l7StreamsEqualWholes() throws Exception {
        List<ChatMessage> conversation = List.of(ChatMessage.user("Name three fruits."));
        StringBuilder pieces = new StringBuilder();
        try (TextStream stream = engine.stream(conversation)) {
            assertEquals(stream.awaitText(pieces::append).text(), pieces.toString());
        }
        assertEquals(engine.generate(conversation).text(), pieces.toString());

        try (TextStream stream = engine.stream("Once upon a time")) {
            assertEquals(engine.generate("Once upon a time").text(), stream.await().text());
        }
    }

    @Test
    void l7AModelThatIsNotLoadedIsNamed() {
        assertSame(engine.model(), engine.require("nightjar-demo"));
        ModelNotLoadedException missing =
                assertThrows(ModelNotLoadedException.class, () -> engine.require("gpt-4o"));
        assertEquals("gpt-4o", missing.model());
        assertTrue(missing.getMessage().contains("[nightjar-demo]"), missing.getMessage());
    }

    @Test
    void answersGoBackIntoTheirConversation() throws Exception {
        ChatMessage question = ChatMessage.user("My name is Ada. Remember it.");
        Completion answer = engine.generate(List.of(question));
        assertEquals(ChatMessage.assistant(answer.text()), answer.message());

        ChatMessage called =
                ChatMessage.assistant("").withToolCall("a", "f", "{}").withToolCall("b", "g", "{}");
        Completion calling =
                new Completion(
                        "",
                        "Let me see.",
                        List.of(
                                new Completion.Call("a", "f", "{}"),
                                new Completion.Call("b", "g", "{}")),
                        List.of(),
                        answer.reason(),
                        answer.stop(),
                        answer.usage());
        assertEquals(
                called.members().get("tool_calls"), calling.message().members().get("tool_calls"));
        assertEquals("Let me see.", calling.message().members().get("reasoning_content"));
        assertEquals(
                ChatMessage.toolResult("b", "g", "4"),
                Tool.result(calling.toolCalls().getLast(), "4"));
    }

    @Test
    void toolsHaveSchemas() {
        assertEquals(
                Tool.of("now", "The time.", Map.of("zone", "string")),
                Tool.withSchema(
                        "now",
                        "The time.",
                        """
                        {"type": "object", "properties": {"zone": {"type": "string"}},
                         "required": ["zone"]}
                        """));
        for (String wrong : List.of("[]", "{oops", "")) {
            assertThrows(
                    InvalidRequestException.class, () -> Tool.withSchema("now", "", wrong), wrong);
        }
    }

    @Test
    void samplingIsChangedKnobByKnob() {
        SamplingParams params =
                SamplingParams.builder()
                        .temperature(0.5)
                        .topK(3)
                        .typicalP(0.9)
                        .topP(0.8)
                        .minP(0.1)
                        .repetitionPenalty(1.1)
                        .repetitionWindow(64)
                        .presencePenalty(0.2)
                        .frequencyPenalty(0.3)
                        .logitBias(Map.of(5, 1f))
                        .seed(7)
                        .minTokens(2)
                        .maxTokens(9)
                        .stopTokens(Set.of(4))
                        .ignoreEos(true)
                        .build();
        assertEquals(params, params.toBuilder().build());
        assertEquals(
                params.toBuilder().seed(8).build(),
                TextRequest.of("a").withSampling(params).withSampling(s -> s.seed(8)).sampling());
    }
}
