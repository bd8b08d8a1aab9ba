package dev.nightjar.tokenizer.encoding;

import java.util.Objects;
import java.util.Optional;

/**
 * What is done to an input beside encoding its text.
 *
 * @param specials whether special tokens stand around the text
 * @param spellings whether special tokens are found that are written in the text
 * @param truncation how a long input is cut; empty: not at all
 * @param padding how inputs are filled; empty: not at all
 */
public record EncodingOptions(
        Specials specials,
        Spellings spellings,
        Optional<Truncation> truncation,
        Optional<Padding> padding) {
    /** Special tokens around the text. */
    public enum Specials {
        /** As the checkpoint asks. */
        ADDED,
        /** None. */
        OMITTED
    }

    /** Special tokens that are written in the text. */
    public enum Spellings {
        /** They become their ids. */
        RECOGNIZED,
        /** They are text like any other. */
        PLAIN_TEXT
    }

    /** Checks that nothing is null. */
    public EncodingOptions {
        Objects.requireNonNull(specials, "specials");
        Objects.requireNonNull(spellings, "spellings");
        Objects.requireNonNull(truncation, "truncation");
        Objects.requireNonNull(padding, "padding");
    }

    /** Special tokens around the text and recognized in it, nothing cut or filled. */
    public static EncodingOptions standard() {
        return new EncodingOptions(
                Specials.ADDED, Spellings.RECOGNIZED, Optional.empty(), Optional.empty());
    }

    /** These options with special tokens or without. */
    public EncodingOptions with(Specials newSpecials) {
        return new EncodingOptions(newSpecials, spellings, truncation, padding);
    }

    /** These options with spellings recognized or not: for text of users they should not be. */
    public EncodingOptions with(Spellings newSpellings) {
        return new EncodingOptions(specials, newSpellings, truncation, padding);
    }

    /** These options with inputs cut. */
    public EncodingOptions with(Truncation newTruncation) {
        return new EncodingOptions(specials, spellings, Optional.of(newTruncation), padding);
    }

    /** These options with inputs filled. */
    public EncodingOptions with(Padding newPadding) {
        return new EncodingOptions(specials, spellings, truncation, Optional.of(newPadding));
    }
}
