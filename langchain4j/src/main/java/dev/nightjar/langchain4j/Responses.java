package dev.nightjar.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.engine.text.Completion;

/** The engine's answers as LangChain4j's. */
final class Responses {

    private Responses() {}

    static ChatResponse of(String model, Completion completion) {
        Usage usage = completion.usage();
        return ChatResponse.builder()
                .aiMessage(message(completion))
                .modelName(model)
                .tokenUsage(new TokenUsage(usage.promptTokens(), usage.completionTokens()))
                .finishReason(finishReason(completion))
                .build();
    }

    static ToolExecutionRequest call(String id, String name, String arguments) {
        return ToolExecutionRequest.builder().id(id).name(name).arguments(arguments).build();
    }

    /** LangChain4j leaves out the text of a message that only calls tools. */
    private static AiMessage message(Completion completion) {
        boolean onlyCalls = completion.text().isBlank() && !completion.toolCalls().isEmpty();
        AiMessage.Builder message = AiMessage.builder();
        if (!onlyCalls) {
            message.text(completion.text());
        }
        if (!completion.reasoning().isEmpty()) {
            message.thinking(completion.reasoning());
        }
        return message.toolExecutionRequests(
                        completion.toolCalls().stream()
                                .map(call -> call(call.id(), call.name(), call.arguments()))
                                .toList())
                .build();
    }

    private static FinishReason finishReason(Completion completion) {
        return switch (completion.reason()) {
            case STOP ->
                    completion.toolCalls().isEmpty()
                            ? FinishReason.STOP
                            : FinishReason.TOOL_EXECUTION;
            case LENGTH -> FinishReason.LENGTH;
            case ABORT, DEADLINE, ERROR -> FinishReason.OTHER;
        };
    }
}
