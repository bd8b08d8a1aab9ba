package dev.nightjar.tokenizer;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a SentencePiece model does to a whole text before it cuts it into pieces, and what it writes
 * for what it did not know. The names are those of the model file.
 *
 * @param charsMap replacements of characters ({@code precompiled_charsmap}); empty for none
 * @param addDummyPrefix whether a space stands before the text
 * @param removeExtraWhitespaces whether spaces at both ends go and several in the text become one
 * @param escapeWhitespaces whether U+2581 is a space, in text and in pieces
 * @param treatWhitespaceAsSuffix whether words end in their space instead of beginning with it
 * @param unknownSurface how the unknown token decodes
 * @param denormalizerCharsMap replacements after decoding; empty for none
 */
public record SentencePieceRules(
        byte[] charsMap,
        boolean addDummyPrefix,
        boolean removeExtraWhitespaces,
        boolean escapeWhitespaces,
        boolean treatWhitespaceAsSuffix,
        String unknownSurface,
        byte[] denormalizerCharsMap) {

    /** How the unknown token decodes where a model does not say otherwise. */
    public static final String DEFAULT_UNKNOWN_SURFACE = " \u2047 ";

    /** Copies the tables. */
    public SentencePieceRules {
        charsMap = charsMap.clone();
        Objects.requireNonNull(unknownSurface, "unknownSurface");
        denormalizerCharsMap = denormalizerCharsMap.clone();
    }

    /** A copy of the replacements. */
    @Override
    public byte[] charsMap() {
        return charsMap.clone();
    }

    /** A copy of the replacements after decoding. */
    @Override
    public byte[] denormalizerCharsMap() {
        return denormalizerCharsMap.clone();
    }

    /** Equal if every part is equal, the tables by value. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SentencePieceRules that
                && Arrays.equals(charsMap, that.charsMap)
                && addDummyPrefix == that.addDummyPrefix
                && removeExtraWhitespaces == that.removeExtraWhitespaces
                && escapeWhitespaces == that.escapeWhitespaces
                && treatWhitespaceAsSuffix == that.treatWhitespaceAsSuffix
                && unknownSurface.equals(that.unknownSurface)
                && Arrays.equals(denormalizerCharsMap, that.denormalizerCharsMap);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                Arrays.hashCode(charsMap),
                addDummyPrefix,
                removeExtraWhitespaces,
                escapeWhitespaces,
                treatWhitespaceAsSuffix,
                unknownSurface,
                Arrays.hashCode(denormalizerCharsMap));
    }

    /** The sizes of the tables rather than the tables. */
    @Override
    public String toString() {
        return ("SentencePieceRules[%d bytes of replacements, add_dummy_prefix %b,"
                        + " remove_extra_whitespaces %b, escape_whitespaces %b,"
                        + " treat_whitespace_as_suffix %b]")
                .formatted(
                        charsMap.length,
                        addDummyPrefix,
                        removeExtraWhitespaces,
                        escapeWhitespaces,
                        treatWhitespaceAsSuffix);
    }
}
