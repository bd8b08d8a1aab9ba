package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.encoding.Encoding;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.TextInput;

/**
 * Text to token ids and back, exactly as the checkpoint was trained. Immutable, safe for use by
 * many threads.
 *
 * <p>Text is well-formed UTF-16; an unpaired surrogate is encoded as {@code ?}.
 */
public interface Tokenizer {
    /**
     * The tokenizer that a checkpoint describes.
     *
     * @throws TokenizerException if the parts do not fit together, or the pre-tokenizer is unknown
     */
    static Tokenizer of(TokenizerSpec spec) {
        return spec.sentencePieceRules()
                .map(rules -> SentencePieceTokenizer.of(spec, rules))
                .orElseGet(() -> SubwordTokenizer.of(spec));
    }

    /** Token texts, types and roles. */
    Vocabulary vocabulary();

    /**
     * Encodes ordinary text. Nothing is added, and the spelling of a control token is text like any
     * other; user-defined tokens match as a whole.
     *
     * @throws TokenizerException if the vocabulary cannot express the text
     */
    int[] encode(String text);

    /**
     * Encodes a rendered chat template or a raw prompt: as {@link #encode}, but control tokens that
     * are written in the text become their ids.
     *
     * @throws TokenizerException if the vocabulary cannot express the text
     */
    int[] encodeRendered(String text);

    /**
     * Encodes one text, or a pair, as the input of a model that is not a conversation: with special
     * tokens around it, cut and filled as the options say.
     *
     * @throws TokenizerException if the vocabulary cannot express the text, or it cannot be cut as
     *     the options say
     */
    Encoding encode(TextInput input, EncodingOptions options);

    /**
     * A copy with BOS before the ids where the checkpoint asks for it and it does not stand there
     * already: what a generation starts from. An EOS is never added, as it would end the text.
     */
    int[] withBos(int[] ids);

    /**
     * A copy with BOS before and EOS after the ids where the checkpoint asks for them and they do
     * not stand there already.
     */
    int[] withSpecials(int[] ids);

    /**
     * Decodes a whole text. Control and unused tokens are left out, the unknown one too unless a
     * SentencePiece model says how it is written; bytes that are not UTF-8 become U+FFFD. The space
     * that {@link #encode} put before a SentencePiece text is taken away again, so that {@code
     * decode(encode(s))} equals {@code s} for every well-formed {@code s} that the vocabulary can
     * express; but SentencePiece reads U+2581 as a space, and a model with a normalizer gives the
     * normalized text.
     *
     * @throws IndexOutOfBoundsException if an id is outside the vocabulary
     */
    String decode(int[] ids);

    /**
     * Decodes as {@link #decode}, but special tokens stand in the text as they are spelled.
     *
     * @throws IndexOutOfBoundsException if an id is outside the vocabulary
     */
    String decodeWithSpecials(int[] ids);

    /**
     * A copy of the bytes that a token contributes to a text; none for control tokens.
     *
     * @throws IndexOutOfBoundsException if the id is outside the vocabulary
     */
    byte[] bytesOf(int id);

    /**
     * A fresh streaming decoder for a completion. It continues a prompt, so the leading space of
     * its first token is kept, which {@link #decode} would take away from a whole text.
     */
    IncrementalDecoder decoder();
}
