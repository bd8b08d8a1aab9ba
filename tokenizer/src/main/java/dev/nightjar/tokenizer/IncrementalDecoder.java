package dev.nightjar.tokenizer;

import java.util.function.IntFunction;

/**
 * Turns the ids of one completion into text as they arrive, holding back a UTF-8 sequence until it
 * is complete. One decoder belongs to one completion and one thread.
 *
 * <p>The pieces joined are what {@link Tokenizer#decode} gives for all ids, except for what that
 * does to a text as a whole: a completion continues a prompt, so the leading space of a
 * SentencePiece or WordPiece text stays.
 */
public interface IncrementalDecoder {
    /** A decoder for tokens each of which stands for some bytes of UTF-8. */
    static IncrementalDecoder ofBytes(IntFunction<byte[]> bytesOf) {
        return new Utf8Decoder(bytesOf);
    }

    /**
     * Takes the next id and returns the text that is complete with it, often empty.
     *
     * @throws IndexOutOfBoundsException if the id is outside the vocabulary
     */
    String accept(int id);

    /** Ends the text: an incomplete sequence becomes U+FFFD. The decoder is then fresh again. */
    String flush();
}
