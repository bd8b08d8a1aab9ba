package dev.nightjar.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streamed answers of the demo model through LangChain4j. */
class NightjarStreamingChatModelTest {

    @RegisterExtension static final DemoEngine DEMO = new DemoEngine();

    private static final UserMessage STORY = UserMessage.from("Tell me a story about a fox.");

    private NightjarSettings settings;
    private NightjarStreamingChatModel model;

    @BeforeEach
    void greedy() {
        settings =
                NightjarSettings.of(DEMO.engine())
                        .withDefaults(
                                ChatRequestParameters.builder()
                                        .temperature(0.0)
                                        .maxOutputTokens(200)
                                        .build());
        model = new NightjarStreamingChatModel(settings);
    }

    @Test
    void streamedEqualsWhole() throws Exception {
        ChatRequest request = ChatRequest.builder().messages(STORY).build();
        Recorder recorder = new Recorder();
        model.chat(request, recorder);
        ChatResponse streamed = recorder.await();

        assertEquals(new NightjarChatModel(settings).chat(request), streamed);
        assertEquals(streamed.aiMessage().text(), String.join("", recorder.pieces));
        assertTrue(recorder.pieces.size() > 5, recorder.pieces::toString);
        assertTrue(recorder.errors.isEmpty());
    }

    @Test
    void toolCallsComeInPiecesAndWhole() throws Exception {
        ChatRequest request =
                ChatRequest.builder()
                        .messages(UserMessage.from("What's the weather in Lisbon right now?"))
                        .toolSpecifications(DemoEngine.WEATHER)
                        .toolChoice(ToolChoice.REQUIRED)
                        .build();
        Recorder recorder = new Recorder();
        model.chat(request, recorder);
        ChatResponse streamed = recorder.await();

        assertEquals(FinishReason.TOOL_EXECUTION, streamed.finishReason());
        assertEquals(
                streamed.aiMessage().toolExecutionRequests(),
                recorder.calls.stream().map(call -> call.toolExecutionRequest()).toList());
        assertEquals(
                streamed.aiMessage().toolExecutionRequests().getFirst().arguments(),
                recorder.partialCalls.stream()
                        .filter(call -> call.index() == 0)
                        .map(PartialToolCall::partialArguments)
                        .collect(Collectors.joining()));
    }

    @Test
    void cancellingEndsTheGeneration() throws Exception {
        AtomicReference<StreamingHandle> handle = new AtomicReference<>();
        CountDownLatch second = new CountDownLatch(2);
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void onPartialResponse(
                            PartialResponse piece, PartialResponseContext context) {
                        super.onPartialResponse(piece, context);
                        handle.set(context.streamingHandle());
                        if (pieces.size() == 2) {
                            assertFalse(context.streamingHandle().isCancelled());
                            context.streamingHandle().cancel();
                        }
                        second.countDown();
                    }
                };
        model.chat(ChatRequest.builder().messages(STORY).build(), recorder);
        assertTrue(second.await(60, TimeUnit.SECONDS));
        awaitIdle();
        assertTrue(handle.get().isCancelled());
        handle.get().cancel();
        assertEquals(2, recorder.pieces.size());
        assertFalse(recorder.end.isDone());
        assertTrue(recorder.errors.isEmpty());
    }

    @Test
    void whatAHandlerThrowsGoesToItsOnError() throws Exception {
        IllegalStateException mine = new IllegalStateException("mine");
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void onPartialResponse(
                            PartialResponse piece, PartialResponseContext context) {
                        super.onPartialResponse(piece, context);
                        throw mine;
                    }
                };
        model.chat("Name three fruits.", recorder);
        assertEquals("Apples, pears and bananas.", recorder.await().aiMessage().text());
        assertEquals(recorder.pieces.size(), recorder.errors.size());
        assertTrue(recorder.errors.stream().allMatch(error -> error == mine));
    }

    @Test
    void refusedRequestsAreRefusedToTheCaller() {
        ChatRequest tooLong =
                ChatRequest.builder().messages(UserMessage.from("word ".repeat(4000))).build();
        assertThrows(InvalidRequestException.class, () -> model.chat(tooLong, new Recorder()));
    }

    /** Until nothing runs in the engine any more. */
    private static void awaitIdle() throws InterruptedException {
        for (int i = 0; i < 600 && DEMO.engine().stats().running() > 0; i++) {
            Thread.sleep(50);
        }
        assertEquals(0, DEMO.engine().stats().running());
    }
}
