package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.format.syntax.JsonNode;

/**
 * The third stage as it was read.
 *
 * @param kind which algorithm
 * @param options the small members of the model
 * @param vocabulary the tokens
 * @param scores of Unigram {@code [V]}, else empty
 * @param merges of BPE, else empty
 */
public record ModelData(
        Kind kind, JsonNode options, TokenList vocabulary, double[] scores, MergeList merges) {
    /** Which algorithm. */
    public enum Kind {
        /** Byte-pair encoding. */
        BPE,
        /** The pieces with the highest sum of scores. */
        UNIGRAM,
        /** The longest token that fits, word by word. */
        WORD_PIECE,
        /** Whole words. */
        WORD_LEVEL
    }

    /** What inside a word stands before a token, or nothing. */
    public String prefix() {
        return options.string("continuing_subword_prefix", kind == Kind.WORD_PIECE ? "##" : "");
    }

    /** What ends the last token of a word, or nothing. */
    public String suffix() {
        return kind == Kind.BPE ? options.string("end_of_word_suffix", "") : "";
    }
}
