package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.algorithm.TokenBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns the ids of one completion into text as they arrive, holding back a UTF-8 sequence until it
 * is complete. One decoder belongs to one completion and one thread.
 *
 * <p>The pieces joined are what {@link Tokenizer#decode} gives for all ids, except for the leading
 * space of a SentencePiece text: a completion continues a prompt, so the space stays.
 */
public final class IncrementalDecoder {
    /** A UTF-8 sequence has four bytes, so at most three wait for the rest. */
    private static final int MAX_HELD_BYTES = 3;

    private final TokenBytes tokenBytes;
    private final CharsetDecoder utf8 =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer held = ByteBuffer.allocate(64);

    IncrementalDecoder(TokenBytes tokenBytes) {
        this.tokenBytes = tokenBytes;
    }

    /**
     * Takes the next id and returns the text that is complete with it, often empty.
     *
     * @throws IndexOutOfBoundsException if the id is outside the vocabulary
     */
    public String accept(int id) {
        int length = tokenBytes.length(id);
        if (length > held.remaining()) {
            held = ByteBuffer.allocate(length + MAX_HELD_BYTES).put(held.flip());
        }
        tokenBytes.copyTo(id, held);
        held.flip();
        CharBuffer text = CharBuffer.allocate(held.remaining());
        utf8.decode(held, text, false);
        held.compact();
        return text.flip().toString();
    }

    /** Ends the text: an incomplete sequence becomes U+FFFD. The decoder is then fresh again. */
    public String flush() {
        held.flip();
        CharBuffer text = CharBuffer.allocate(held.remaining() + 1);
        utf8.decode(held, text, true);
        utf8.flush(text);
        utf8.reset();
        held.clear();
        return text.flip().toString();
    }
}
