package dev.nightjar.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** LangChain4j's messages as templates know them. */
final class Messages {

    private Messages() {}

    static List<ChatMessage> of(List<dev.langchain4j.data.message.ChatMessage> messages) {
        return messages.stream().map(Messages::of).toList();
    }

    private static ChatMessage of(dev.langchain4j.data.message.ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> ChatMessage.system(system.text());
            case UserMessage user -> user(user);
            case AiMessage answer -> answer(answer);
            case ToolExecutionResultMessage result ->
                    ChatMessage.toolResult(
                            result.id(), result.toolName(), joined(result.contents()));
            case CustomMessage custom -> new ChatMessage(custom.attributes());
            default ->
                    throw new UnsupportedFeatureException(
                            "messages of type %s are not supported"
                                    .formatted(message.getClass().getName()));
        };
    }

    private static ChatMessage user(UserMessage user) {
        ChatMessage message =
                user.contents().size() == 1
                        ? ChatMessage.user(text(user.contents().getFirst()))
                        : ChatMessage.user("").with("content", parts(user.contents()));
        return user.name() == null ? message : message.with("name", user.name());
    }

    private static ChatMessage answer(AiMessage answer) {
        if (!answer.images().isEmpty()) {
            throw new UnsupportedFeatureException("images of an answer are not supported");
        }
        ChatMessage message = ChatMessage.assistant(answer.text() == null ? "" : answer.text());
        if (answer.thinking() != null) {
            message = message.with("reasoning_content", answer.thinking());
        }
        for (ToolExecutionRequest call : answer.toolExecutionRequests()) {
            message =
                    message.withToolCall(
                            call.id() == null ? "" : call.id(), call.name(), call.arguments());
        }
        return message;
    }

    private static List<Map<String, Object>> parts(List<Content> contents) {
        return contents.stream()
                .map(content -> Map.<String, Object>of("type", "text", "text", text(content)))
                .toList();
    }

    private static String joined(List<Content> contents) {
        return contents.stream().map(Messages::text).collect(Collectors.joining("\n"));
    }

    private static String text(Content content) {
        if (content instanceof TextContent text) {
            return text.text();
        }
        throw new UnsupportedFeatureException(
                "content of type %s is not supported; the models of this engine read text"
                        .formatted(content.type().name().toLowerCase(Locale.ROOT)));
    }
}
