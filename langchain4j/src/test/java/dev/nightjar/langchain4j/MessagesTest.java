package dev.nightjar.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every kind of message that LangChain4j has, as templates know it. */
class MessagesTest {

    private static ChatMessage mapped(dev.langchain4j.data.message.ChatMessage message) {
        return Messages.of(List.of(message)).getFirst();
    }

    @Test
    void textsKeepTheirRoles() {
        assertEquals(ChatMessage.system("Be brief."), mapped(SystemMessage.from("Be brief.")));
        assertEquals(ChatMessage.user("Hello!"), mapped(UserMessage.from("Hello!")));
        assertEquals(
                ChatMessage.user("Hello!").with("name", "Ada"),
                mapped(UserMessage.from("Ada", "Hello!")));
        assertEquals("ab", mapped(UserMessage.from(text("a"), text("b"))).text());
        assertEquals(
                new ChatMessage("critic", "No."),
                mapped(CustomMessage.from(Map.of("role", "critic", "content", "No."))));
    }

    @Test
    void answersKeepTheirThoughtsAndCalls() {
        AiMessage answer =
                AiMessage.builder()
                        .text("Let me look.")
                        .thinking("Weather is outside.")
                        .toolExecutionRequests(
                                List.of(
                                        ToolExecutionRequest.builder()
                                                .id("1")
                                                .name("look")
                                                .arguments("{}")
                                                .build()))
                        .build();
        assertEquals(
                ChatMessage.assistant("Let me look.")
                        .with("reasoning_content", "Weather is outside.")
                        .withToolCall("1", "look", "{}"),
                mapped(answer));
        assertEquals(
                ChatMessage.toolResult("1", "look", "rain"),
                mapped(ToolExecutionResultMessage.from("1", "look", "rain")));
    }

    @Test
    void mediaAreUnsupported() {
        UserMessage spoken = UserMessage.from(AudioContent.from("http://127.0.0.1/a.wav"));
        UnsupportedFeatureException unsupported =
                assertThrows(UnsupportedFeatureException.class, () -> mapped(spoken));
        assertEquals(
                "content of type audio is not supported; the models of this engine read text",
                unsupported.getMessage());
    }

    private static TextContent text(String text) {
        return TextContent.from(text);
    }
}
