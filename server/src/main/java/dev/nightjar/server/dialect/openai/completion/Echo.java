package dev.nightjar.server.dialect.openai.completion;

import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.dialect.openai.frame.PromptScores;
import java.util.List;
import java.util.Optional;

/**
 * What is told of a completion's prompt.
 *
 * @param text what the completion's text begins with: the prompt, or nothing
 * @param tokens its tokens with how likely they are, if the text has log probabilities
 * @param scores the same in a member of its own, if that was asked for
 */
record Echo(String text, List<TokenText> tokens, Optional<PromptScores> scores) {

    /** Copies the tokens. */
    Echo {
        tokens = List.copyOf(tokens);
    }
}
