package dev.nightjar.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.nightjar.bench.DemoServer;
import dev.nightjar.bench.Json;
import dev.nightjar.bench.ResultTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** LangChain4j's OpenAI client: chat, streaming, tools. */
@Tag("full")
class LangChain4jTest {

    private static final ResultTable TABLE =
            new ResultTable("dev.langchain4j:langchain4j-open-ai 1.19.0");
    private static final ChatRequest STORY =
            ChatRequest.builder().messages(UserMessage.from("Tell me a short story.")).build();
    private static DemoServer server;

    @BeforeAll
    static void start() {
        server = DemoServer.start();
    }

    @AfterAll
    static void stop() {
        TABLE.close();
        server.close();
    }

    @Test
    void chat() throws Throwable {
        TABLE.run(
                "chat",
                () -> {
                    ChatResponse answer = whole().chat(STORY);
                    assertFalse(answer.aiMessage().text().isBlank());
                    assertTrue(answer.tokenUsage().outputTokenCount() > 0);
                    assertEquals(DemoServer.MODEL, answer.modelName());
                });
    }

    @Test
    void streaming() throws Throwable {
        TABLE.run(
                "chat, streamed as whole",
                () -> {
                    StringBuilder partial = new StringBuilder();
                    ChatResponse answer = stream(STORY, partial);
                    assertEquals(partial.toString(), answer.aiMessage().text());
                    ChatResponse whole = whole().chat(STORY);
                    assertEquals(whole.aiMessage().text(), answer.aiMessage().text());
                    assertEquals(whole.finishReason(), answer.finishReason());
                    assertEquals(
                            whole.tokenUsage().totalTokenCount(),
                            answer.tokenUsage().totalTokenCount());
                });
    }

    @Test
    void tools() throws Throwable {
        TABLE.run("tools, required", () -> requireCall(whole().chat(weather())));
    }

    @Test
    void streamedTools() throws Throwable {
        TABLE.run(
                "tools, required, streamed as whole",
                () -> {
                    ToolExecutionRequest streamed =
                            requireCall(stream(weather(), new StringBuilder()));
                    ToolExecutionRequest whole = requireCall(whole().chat(weather()));
                    assertEquals(whole.name(), streamed.name());
                    assertEquals(whole.arguments(), streamed.arguments());
                });
    }

    private static ToolExecutionRequest requireCall(ChatResponse answer) {
        assertEquals(FinishReason.TOOL_EXECUTION, answer.finishReason());
        List<ToolExecutionRequest> calls = answer.aiMessage().toolExecutionRequests();
        assertEquals("get_weather", calls.getFirst().name());
        assertFalse(calls.getFirst().id().isBlank());
        Object arguments = Json.read(calls.getFirst().arguments());
        assertTrue(arguments instanceof Map<?, ?> map && map.containsKey("city"));
        return calls.getFirst();
    }

    private static ChatRequest weather() {
        ToolSpecification tool =
                ToolSpecification.builder()
                        .name("get_weather")
                        .description("Get the weather of a city")
                        .parameters(
                                JsonObjectSchema.builder()
                                        .addEnumProperty("city", List.of("Paris", "London"))
                                        .required("city")
                                        .build())
                        .build();
        return ChatRequest.builder()
                .messages(UserMessage.from("What is the weather in Paris?"))
                .toolSpecifications(tool)
                .toolChoice(ToolChoice.REQUIRED)
                .build();
    }

    private static ChatModel whole() {
        return OpenAiChatModel.builder()
                .baseUrl(server.url() + "/v1")
                .apiKey("any-key")
                .modelName(DemoServer.MODEL)
                .temperature(0.0)
                .maxTokens(100)
                .build();
    }

    private static ChatResponse stream(ChatRequest request, StringBuilder partial)
            throws Exception {
        StreamingChatModel model =
                OpenAiStreamingChatModel.builder()
                        .baseUrl(server.url() + "/v1")
                        .apiKey("any-key")
                        .modelName(DemoServer.MODEL)
                        .temperature(0.0)
                        .maxTokens(100)
                        .build();
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        model.chat(
                request,
                new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String text) {
                        partial.append(text);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        whole.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        whole.completeExceptionally(failure);
                    }
                });
        return whole.get(60, TimeUnit.SECONDS);
    }
}
