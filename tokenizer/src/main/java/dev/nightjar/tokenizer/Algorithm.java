package dev.nightjar.tokenizer;

/** How pieces of text become tokens. */
public enum Algorithm {
    /** Merges neighbours by the score of the token they form (Llama 2, Mistral, Gemma). */
    SENTENCEPIECE_BPE,
    /** Chooses the pieces with the highest sum of scores (T5, XLM-R, Marian). */
    UNIGRAM,
    /** Merges neighbours by the rank of their pair, over bytes (GPT-2, Llama 3, Qwen). */
    BYTE_BPE,
    /**
     * Takes the longest token that fits, word by word, of lower-case text without accents (BERT).
     * U+2581 begins the tokens that begin a word.
     */
    WORD_PIECE
}
