package dev.nightjar.engine.text;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a generated text must look like and what is reported of it. Build one from {@link #plain}
 * with the {@code with…} methods.
 *
 * @param stop the text ends before the first of these strings, which is not part of it
 * @param format the form the text is held to
 * @param toolChoice whether the tools of a conversation may, must or must not be called
 * @param toolCalls how many calls an answer may hold
 * @param splitting whether the answer of a conversation is taken apart
 * @param topLogprobs present to report the log probability of each token; how many alternatives to
 *     report with it, at most {@value #MAX_TOP_LOGPROBS}
 */
public record TextOutput(
        List<String> stop,
        Optional<OutputFormat> format,
        ToolChoice toolChoice,
        ToolCalls toolCalls,
        Splitting splitting,
        OptionalInt topLogprobs) {

    /** Most alternatives reported for a token. */
    public static final int MAX_TOP_LOGPROBS = 20;

    /** How many tool calls an answer may hold. */
    public enum ToolCalls {
        /** Any number. */
        PARALLEL,
        /** At most one. */
        SINGLE
    }

    /** What becomes of an answer in which a model marks its reasoning and its tool calls. */
    public enum Splitting {
        /** Reasoning and tool calls are events of their own. */
        SPLIT,
        /** All of it is text, markers included. */
        RAW
    }

    /** Copies the stop strings; an empty one is refused, as it would end every text at once. */
    public TextOutput {
        stop = List.copyOf(stop);
        if (stop.contains("")) {
            throw new InvalidRequestException("stop", "a stop string must not be empty");
        }
        int top = topLogprobs.orElse(0);
        if (top < 0 || top > MAX_TOP_LOGPROBS) {
            throw new InvalidRequestException(
                    "top_logprobs",
                    "top_logprobs must be from 0 to %d, found %d".formatted(MAX_TOP_LOGPROBS, top));
        }
    }

    /** Any text up to the model's own end. */
    public static TextOutput plain() {
        return new TextOutput(
                List.of(),
                Optional.empty(),
                new ToolChoice.Auto(),
                ToolCalls.PARALLEL,
                Splitting.SPLIT,
                OptionalInt.empty());
    }

    /** With stop strings. */
    public TextOutput withStop(List<String> value) {
        return new TextOutput(value, format, toolChoice, toolCalls, splitting, topLogprobs);
    }

    /** Held to a form. */
    public TextOutput withFormat(OutputFormat value) {
        return new TextOutput(
                stop, Optional.of(value), toolChoice, toolCalls, splitting, topLogprobs);
    }

    /** With another choice of tools. */
    public TextOutput withToolChoice(ToolChoice value) {
        return new TextOutput(stop, format, value, toolCalls, splitting, topLogprobs);
    }

    /** With another number of tool calls. */
    public TextOutput withToolCalls(ToolCalls value) {
        return new TextOutput(stop, format, toolChoice, value, splitting, topLogprobs);
    }

    /** Taken apart, or not. */
    public TextOutput withSplitting(Splitting value) {
        return new TextOutput(stop, format, toolChoice, toolCalls, value, topLogprobs);
    }

    /** Reporting log probabilities and that many alternatives for each token. */
    public TextOutput withLogprobs(int alternatives) {
        return new TextOutput(
                stop, format, toolChoice, toolCalls, splitting, OptionalInt.of(alternatives));
    }
}
