package dev.nightjar.server.dialect.openai.surface;

import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether the answer tells how likely its tokens were. */
public final class LogprobFields {

    private static final Field<Boolean> LOGPROBS =
            Field.bool("logprobs", "Reports the log probability of each token.");
    private static final Field<Integer> TOP_LOGPROBS =
            Field.integer(
                    "top_logprobs",
                    0,
                    TextOutput.MAX_TOP_LOGPROBS,
                    "How many of the likeliest tokens are reported beside each; needs logprobs.");

    /** For completions, where the number says both. */
    public static final Field<Integer> OF_COMPLETION =
            Field.integer(
                    "logprobs",
                    0,
                    TextOutput.MAX_TOP_LOGPROBS,
                    "Reports the log probability of each token and of so many of the likeliest.");

    /** For both. */
    public static final Field<Integer> OF_PROMPT =
            Field.integer(
                    "prompt_logprobs",
                    0,
                    TextOutput.MAX_TOP_LOGPROBS,
                    "The same for the tokens of the prompt; not in a stream.");

    private LogprobFields() {}

    /** The members of chats. */
    public static List<Field<?>> all() {
        return List.of(LOGPROBS, TOP_LOGPROBS, OF_PROMPT);
    }

    /** How many alternatives a chat wants, if it wants log probabilities. */
    public static OptionalInt read(RequestObject body) {
        boolean isAsked = body.get(LOGPROBS).orElse(false);
        int top = body.get(TOP_LOGPROBS).orElse(0);
        if (!isAsked && top > 0) {
            throw body.required("top_logprobs")
                    .refused("top_logprobs is only allowed with \"logprobs\": true");
        }
        return isAsked ? OptionalInt.of(top) : OptionalInt.empty();
    }

    /** How many alternatives are wanted with each token of the prompt, if any of that is. */
    public static OptionalInt readOfPrompt(RequestObject body, boolean isStreamed) {
        Optional<Integer> top = body.get(OF_PROMPT);
        if (top.isPresent() && isStreamed) {
            throw body.required(OF_PROMPT.name())
                    .refused("prompt_logprobs is not allowed with \"stream\": true");
        }
        return top.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
