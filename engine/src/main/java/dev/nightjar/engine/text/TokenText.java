package dev.nightjar.engine.text;

import java.util.Arrays;
import java.util.List;

/**
 * A token as text, with how likely the model found it.
 *
 * @param id the token
 * @param bytes what it contributes to the text, perhaps a part of a character
 * @param logprob natural log of its probability before penalties, temperature and filters; NaN for
 *     the first token of a prompt, before which nothing stands
 * @param top the most likely tokens at its place, best first, themselves without any
 */
public record TokenText(int id, byte[] bytes, float logprob, List<TokenText> top) {

    /** Copies everything. */
    public TokenText {
        bytes = bytes.clone();
        top = List.copyOf(top);
    }

    /** Whether it is known how likely the token was. */
    public boolean hasLogprob() {
        return !Float.isNaN(logprob);
    }

    /** A copy of the bytes. */
    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenText token
                && id == token.id
                && Float.compare(logprob, token.logprob) == 0
                && Arrays.equals(bytes, token.bytes)
                && top.equals(token.top);
    }

    @Override
    public int hashCode() {
        return 31 * id + Float.hashCode(logprob);
    }

    @Override
    public String toString() {
        return "TokenText[%d, %s, %s]".formatted(id, Arrays.toString(bytes), logprob);
    }
}
