package dev.nightjar.tokenizer.pipeline;

import dev.nightjar.tokenizer.decoder.TokenDecoder;

/**
 * How tokens become text.
 *
 * @param decoder the rules
 * @param alphabet what the letters of tokens stand for
 * @param byteTokens whether {@code <0xNN>} is a byte or text
 * @param wordSuffix what ends the last token of a word and reads as a space; mostly empty
 * @param cleanup what is done to the whole text
 */
public record Decoding(
        TokenDecoder decoder,
        Alphabet alphabet,
        ByteTokenUse byteTokens,
        String wordSuffix,
        TextCleanup cleanup) {
    /** What the letters of tokens stand for. */
    public enum Alphabet {
        /** Themselves. */
        CHARACTERS,
        /** Bytes; the decoder is not asked then. */
        BYTES
    }

    /** What tokens {@code <0xNN>} stand for. */
    public enum ByteTokenUse {
        /** Their spelling. */
        TEXT,
        /** One byte. */
        BYTE
    }

    /** What is done to the whole text. */
    public enum TextCleanup {
        /** Nothing. */
        NONE,
        /** Spaces before punctuation and contractions are taken away. */
        SPACES
    }

    /** This decoding with another cleanup. */
    public Decoding with(TextCleanup newCleanup) {
        return new Decoding(decoder, alphabet, byteTokens, wordSuffix, newCleanup);
    }
}
