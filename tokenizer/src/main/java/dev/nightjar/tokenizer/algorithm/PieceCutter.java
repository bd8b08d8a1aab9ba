package dev.nightjar.tokenizer.algorithm;

import dev.nightjar.tokenizer.algorithm.PreTokenizer.WordConsumer;

/** One stage of a pre-tokenizer: cuts a piece of text into smaller ones, without gaps. */
interface PieceCutter {
    /** Hands the parts of {@code utf8[from, to)} on in order; takes time linear in it. */
    void cut(byte[] utf8, int from, int to, WordConsumer parts);
}
