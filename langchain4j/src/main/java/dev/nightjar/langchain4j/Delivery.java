package dev.nightjar.langchain4j;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.text.CompletionBuilder;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TextStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands the events of one answer to its handler, on one thread. What the handler throws goes to its
 * own {@code onError}, and the answer goes on, as with LangChain4j's other models.
 */
final class Delivery implements StreamingHandle {

    private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

    private final String model;
    private final TextStream stream;
    private final StreamingChatResponseHandler handler;
    private final CompletionBuilder whole = new CompletionBuilder();
    private final List<ToolCallText> calls = new ArrayList<>();
    private int numCompleteCalls;
    private volatile boolean isCancelled;

    /** A call so far. */
    private record ToolCallText(String id, String name, StringBuilder arguments) {}

    Delivery(String model, TextStream stream, StreamingChatResponseHandler handler) {
        this.model = model;
        this.stream = stream;
        this.handler = handler;
    }

    @Override
    public void cancel() {
        isCancelled = true;
        stream.abort();
    }

    @Override
    public boolean isCancelled() {
        return isCancelled;
    }

    /** Reads the answer to its end, or until it is cancelled. */
    void run() {
        try (stream) {
            while (!whole.isFinished() && !isCancelled) {
                TextEvent event = stream.next();
                whole.accept(event);
                if (!isCancelled) {
                    deliver(event);
                }
            }
        } catch (RuntimeException failure) {
            fail(Failures.mapped(failure));
        } catch (InterruptedException failure) {
            fail(failure);
        }
    }

    private void deliver(TextEvent event) {
        if (!(event instanceof TextEvent.ToolArguments)) {
            completeCalls();
        }
        switch (event) {
            case TextEvent.Delta delta -> text(delta.text());
            case TextEvent.Reasoning thought ->
                    call(
                            () ->
                                    handler.onPartialThinking(
                                            new PartialThinking(thought.text()),
                                            new PartialThinkingContext(this)));
            case TextEvent.ToolCall begun ->
                    calls.add(new ToolCallText(begun.id(), begun.name(), new StringBuilder()));
            case TextEvent.ToolArguments piece -> arguments(piece);
            case TextEvent.Finished finished -> finish(finished);
        }
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            call(
                    () ->
                            handler.onPartialResponse(
                                    new PartialResponse(text), new PartialResponseContext(this)));
        }
    }

    private void arguments(TextEvent.ToolArguments piece) {
        ToolCallText call = calls.get(piece.index());
        call.arguments().append(piece.json());
        PartialToolCall partial =
                PartialToolCall.builder()
                        .index(piece.index())
                        .id(call.id())
                        .name(call.name())
                        .partialArguments(piece.json())
                        .build();
        call(() -> handler.onPartialToolCall(partial, new PartialToolCallContext(this)));
    }

    /** A call is whole when something else follows it. */
    private void completeCalls() {
        while (numCompleteCalls < calls.size() && !isCancelled) {
            int index = numCompleteCalls++;
            ToolCallText call = calls.get(index);
            CompleteToolCall complete =
                    new CompleteToolCall(
                            index,
                            Responses.call(call.id(), call.name(), call.arguments().toString()));
            call(() -> handler.onCompleteToolCall(complete));
        }
    }

    private void finish(TextEvent.Finished finished) {
        if (finished.reason() == FinishReason.ERROR) {
            fail(new InternalServerException(finished.error().orElse("unknown failure")));
        } else if (!isCancelled) {
            call(() -> handler.onCompleteResponse(Responses.of(model, whole.build())));
        }
    }

    private void call(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException failure) {
            fail(failure);
        }
    }

    private void fail(Exception failure) {
        try {
            handler.onError(failure);
        } catch (RuntimeException second) {
            LOG.log(System.Logger.Level.WARNING, "onError of a handler failed", second);
        }
    }
}
