package dev.nightjar.tokenizer;

import java.util.OptionalInt;

/**
 * The ids of the tokens with a fixed role, as a checkpoint names them.
 *
 * @param bos begins a text
 * @param eos ends a text
 * @param unknown stands for what the vocabulary cannot express
 * @param padding fills a batch
 * @param endOfTurn ends a turn of a conversation
 * @param endOfMessage ends a message inside a turn
 */
public record SpecialIds(
        OptionalInt bos,
        OptionalInt eos,
        OptionalInt unknown,
        OptionalInt padding,
        OptionalInt endOfTurn,
        OptionalInt endOfMessage) {

    void requireWithin(int numTokens) {
        requireWithin("BOS", bos, numTokens);
        requireWithin("EOS", eos, numTokens);
        requireWithin("unknown", unknown, numTokens);
        requireWithin("padding", padding, numTokens);
        requireWithin("end-of-turn", endOfTurn, numTokens);
        requireWithin("end-of-message", endOfMessage, numTokens);
    }

    private static void requireWithin(String name, OptionalInt id, int numTokens) {
        if (id.isPresent() && (id.getAsInt() < 0 || id.getAsInt() >= numTokens)) {
            throw new TokenizerException(
                    "%s token id: expected 0 to %d, found %d"
                            .formatted(name, numTokens - 1, id.getAsInt()));
        }
    }
}
