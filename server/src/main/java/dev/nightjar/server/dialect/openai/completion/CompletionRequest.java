package dev.nightjar.server.dialect.openai.completion;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.generation.Sequences;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a completion asks for.
 *
 * @param prompts what to continue, at least one
 * @param suffix what follows the text, if something does
 * @param isEchoed whether each text begins with its prompt
 * @param isEmpty whether nothing is to be generated
 * @param logprobs how many alternatives to report with each token, if any of that is asked for
 * @param promptLogprobs the same for the tokens of the prompt
 * @param numKept choices of each prompt that are answered, of those that are generated
 * @param sequences how
 * @param includesUsage whether a stream ends with token counts
 */
record CompletionRequest(
        List<Prompt> prompts,
        Optional<String> suffix,
        boolean isEchoed,
        boolean isEmpty,
        OptionalInt logprobs,
        OptionalInt promptLogprobs,
        int numKept,
        Sequences sequences,
        boolean includesUsage) {}
