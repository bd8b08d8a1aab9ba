package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.TokenText;
import java.util.List;

/**
 * What a completion's text begins with.
 *
 * @param text the prompt, or nothing
 * @param tokens its tokens with how likely they are, if that was asked for
 */
record Echo(String text, List<TokenText> tokens) {

    /** Nothing. */
    static final Echo NONE = new Echo("", List.of());

    /** Copies the tokens. */
    Echo {
        tokens = List.copyOf(tokens);
    }
}
