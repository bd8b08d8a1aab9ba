package dev.nightjar.engine.encoder;

import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.encoding.Encoding;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.Side;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.encoding.Truncation;

/** Texts and pairs as the ids that a model takes, within its limits. */
final class InputEncoder {

    /** What users write is text, even if it is spelled like a special token. */
    private static final EncodingOptions OPTIONS =
            EncodingOptions.standard().with(EncodingOptions.Spellings.PLAIN_TEXT);

    private final Tokenizer tokenizer;
    private final int numTokenTypes;

    /** Without types all tokens are of type 0. */
    InputEncoder(Tokenizer tokenizer, int numTokenTypes) {
        this.tokenizer = tokenizer;
        this.numTokenTypes = numTokenTypes;
    }

    /**
     * Encodes.
     *
     * @throws ContextLengthException if the input is too long and shall not be cut
     * @throws InvalidRequestException if it cannot be expressed or cut
     */
    EncoderInput encode(TextInput text, Overflow overflow, int maxTokens) {
        try {
            Encoding encoding = tokenizer.encode(text, OPTIONS);
            if (encoding.size() > maxTokens) {
                if (overflow == Overflow.REFUSE) {
                    throw ContextLengthException.ofInput(encoding.size(), maxTokens);
                }
                encoding = tokenizer.encode(text, OPTIONS.with(cut(overflow, maxTokens)));
            }
            return new EncoderInput(encoding.ids(), types(encoding));
        } catch (TokenizerException unfit) {
            throw new InvalidRequestException("input", unfit.getMessage());
        }
    }

    private static Truncation cut(Overflow overflow, int maxTokens) {
        Side side = overflow == Overflow.CUT_BEGINNING ? Side.LEFT : Side.RIGHT;
        return new Truncation(maxTokens, 0, Truncation.Strategy.LONGEST_FIRST, side);
    }

    private int[] types(Encoding encoding) {
        int[] types = encoding.typeIds().clone();
        for (int i = 0; i < types.length; i++) {
            types[i] = Math.min(types[i], Math.max(0, numTokenTypes - 1));
        }
        return types;
    }
}
