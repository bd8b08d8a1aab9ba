package dev.nightjar.tokenizer;

/** How pieces of text become tokens. */
public enum Algorithm {
    /** Merges neighbours by the score of the token they form (Llama 2, Mistral, Gemma). */
    SENTENCEPIECE_BPE,
    /** Chooses the pieces with the highest sum of scores (T5, XLM-R, Marian). */
    UNIGRAM,
    /** Merges neighbours by the rank of their pair, over bytes (GPT-2, Llama 3, Qwen). */
    BYTE_BPE,
    /** Merges neighbours by the id of the token they form, over bytes (tiktoken). */
    BYTE_RANKS,
    /**
     * Takes the longest token that fits, word by word, of lower-case text without accents (BERT).
     * U+2581 begins the tokens that begin a word.
     */
    WORD_PIECE;

    /** Whether tokens are bytes in the alphabet of GPT-2 rather than text. */
    boolean isByteLevel() {
        return this == BYTE_BPE || this == BYTE_RANKS;
    }

    /** Whether tokens have spaces as U+2581, which is then not told from a space. */
    boolean isSentencePiece() {
        return this == SENTENCEPIECE_BPE || this == UNIGRAM;
    }
}
