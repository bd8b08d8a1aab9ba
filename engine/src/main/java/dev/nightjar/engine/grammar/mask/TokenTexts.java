package dev.nightjar.engine.grammar.mask;

import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.Set;

/**
 * What a grammar needs to know of a vocabulary. Immutable.
 *
 * @param numLogits the model's number of logits, which may exceed the number of tokens
 * @param texts the bytes that each token adds to a text {@code [V][]}, empty for those without
 * @param endTokens tokens that end a text
 */
public record TokenTexts(int numLogits, byte[][] texts, Set<Integer> endTokens) {

    private static final byte[] NOTHING = {};

    /** Checks the sizes. */
    public TokenTexts {
        if (numLogits < texts.length) {
            throw new IllegalArgumentException(
                    "expected at least one logit for each of %d tokens, found %d"
                            .formatted(texts.length, numLogits));
        }
        endTokens = Set.copyOf(endTokens);
    }

    /** The texts of a tokenizer's tokens, as its streaming decoder gives them. */
    public static TokenTexts of(Tokenizer tokenizer, Set<Integer> endTokens, int numLogits) {
        byte[][] texts = new byte[tokenizer.vocabulary().size()][];
        for (int id = 0; id < texts.length; id++) {
            TokenType type = tokenizer.vocabulary().type(id);
            boolean isText =
                    type != TokenType.CONTROL
                            && type != TokenType.UNKNOWN
                            && type != TokenType.UNUSED
                            && !endTokens.contains(id);
            texts[id] = isText ? tokenizer.bytesOf(id) : NOTHING;
        }
        return new TokenTexts(numLogits, texts, endTokens);
    }

    /** The length of the longest token. */
    public int maxTokenBytes() {
        int max = 1;
        for (byte[] text : texts) {
            max = Math.max(max, text.length);
        }
        return max;
    }

    /** Whether a token adds bytes to a text. */
    public boolean hasText(int id) {
        return texts[id].length > 0;
    }
}
