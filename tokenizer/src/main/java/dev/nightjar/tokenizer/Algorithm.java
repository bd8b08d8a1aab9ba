package dev.nightjar.tokenizer;

/** How pieces of text become tokens. WordPiece and Unigram join here when they are implemented. */
public enum Algorithm {
    /** Merges neighbours by the score of the token they form (Llama 2, Mistral, Gemma). */
    SENTENCEPIECE_BPE,
    /** Merges neighbours by the rank of their pair, over bytes (GPT-2, Llama 3, Qwen). */
    BYTE_BPE
}
