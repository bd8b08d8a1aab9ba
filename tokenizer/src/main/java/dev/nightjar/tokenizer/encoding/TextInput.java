package dev.nightjar.tokenizer.encoding;

import java.util.Objects;
import java.util.Optional;

/**
 * A text, or a pair of texts that a model judges together.
 *
 * @param text the text, or the first of a pair
 * @param pair the second of a pair
 */
public record TextInput(String text, Optional<String> pair) {
    /** Checks that both are there. */
    public TextInput {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(pair, "pair");
    }

    /** One text. */
    public static TextInput of(String text) {
        return new TextInput(text, Optional.empty());
    }

    /** A pair, such as a question and a passage. */
    public static TextInput ofPair(String first, String second) {
        return new TextInput(first, Optional.of(second));
    }
}
