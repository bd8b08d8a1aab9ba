package dev.nightjar.engine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes one whole of the events of a generation, so that streamed and whole answers agree. */
public final class CompletionBuilder {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<TextEvent.ToolCall> calls = new ArrayList<>();
    private final List<StringBuilder> arguments = new ArrayList<>();
    private final List<TokenText> tokens = new ArrayList<>();
    private TextEvent.Finished end;

    /** Without any event yet. */
    public CompletionBuilder() {}

    /** Takes the next event. */
    public void accept(TextEvent event) {
        switch (event) {
            case TextEvent.Delta delta -> {
                text.append(delta.text());
                tokens.addAll(delta.tokens());
            }
            case TextEvent.Reasoning thought -> reasoning.append(thought.text());
            case TextEvent.ToolCall call -> {
                calls.add(call);
                arguments.add(new StringBuilder());
            }
            case TextEvent.ToolArguments piece -> arguments.get(piece.index()).append(piece.json());
            case TextEvent.Finished finished -> end = finished;
        }
    }

    /** Whether the last event was taken. */
    public boolean isFinished() {
        return end != null;
    }

    /**
     * The whole.
     *
     * @throws IllegalStateException if the last event was not taken yet
     */
    public Completion build() {
        if (end == null) {
            throw new IllegalStateException("the generation has not ended yet");
        }
        return new Completion(
                text.toString(),
                reasoning.toString(),
                IntStream.range(0, calls.size()).mapToObj(this::call).toList(),
                tokens,
                end.reason(),
                end.stop(),
                end.usage());
    }

    private Completion.Call call(int index) {
        TextEvent.ToolCall call = calls.get(index);
        return new Completion.Call(call.id(), call.name(), arguments.get(index).toString());
    }
}
