package dev.nightjar.tokenizer.pipeline;

import dev.nightjar.tokenizer.IncrementalDecoder;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.Vocabulary;
import dev.nightjar.tokenizer.algorithm.IdBuffer;
import dev.nightjar.tokenizer.encoding.Assembler;
import dev.nightjar.tokenizer.encoding.Encoding;
import dev.nightjar.tokenizer.encoding.EncodingException;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.encoding.TokenSpan;
import dev.nightjar.tokenizer.pattern.PatternException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A tokenizer of five stages: normalizer, pre-tokenizer, model, post-processor, decoder.
 *
 * <p>Added tokens are found before the first stage, or, where they are normalized, after it; the
 * text between goes through the stages.
 */
public final class PipelineTokenizer implements Tokenizer {
    private final PipelineSpec spec;
    private final Vocabulary vocabulary;
    private final TokenTexts texts;
    private final AddedTokens userDefined;
    private final AddedTokens allAdded;
    private final Assembler assembler;
    private final int[] prefix;
    private final int[] suffix;

    private PipelineTokenizer(PipelineSpec spec) {
        this.spec = spec;
        vocabulary = PipelineVocabulary.of(spec);
        texts = new TokenTexts(vocabulary, spec.decoding());
        userDefined =
                AddedTokens.of(spec.addedTokens(), spec.normalizer(), token -> !token.isSpecial());
        allAdded = AddedTokens.of(spec.addedTokens(), spec.normalizer(), token -> true);
        assembler = new Assembler(spec.postProcessor());
        prefix = spec.postProcessor().prefix();
        suffix = spec.postProcessor().suffix();
    }

    /**
     * A tokenizer of these stages.
     *
     * @throws TokenizerException if a special id is outside the vocabulary
     */
    public static Tokenizer of(PipelineSpec spec) {
        return guarded(() -> new PipelineTokenizer(spec));
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] encode(String text) {
        return encode(text, userDefined);
    }

    @Override
    public int[] encodeRendered(String text) {
        return encode(text, allAdded);
    }

    @Override
    public Encoding encode(TextInput input, EncodingOptions options) {
        AddedTokens added =
                options.spellings() == EncodingOptions.Spellings.RECOGNIZED
                        ? allAdded
                        : userDefined;
        return guarded(
                () ->
                        assembler.assemble(
                                span(input.text(), added),
                                input.pair().map(pair -> span(pair, added)),
                                options));
    }

    @Override
    public int[] withBos(int[] ids) {
        return joined(startsWithPrefix(ids) ? new int[0] : prefix, ids);
    }

    @Override
    public int[] withSpecials(int[] ids) {
        int[] begun = withBos(ids);
        int at = ids.length - suffix.length;
        boolean isEnded = at >= 0 && Arrays.equals(ids, at, ids.length, suffix, 0, suffix.length);
        return isEnded ? begun : joined(begun, suffix);
    }

    @Override
    public String decode(int[] ids) {
        return guarded(() -> texts.withoutSpecials(ids));
    }

    @Override
    public String decodeWithSpecials(int[] ids) {
        return guarded(() -> texts.withSpecials(ids));
    }

    @Override
    public byte[] bytesOf(int id) {
        return guarded(() -> texts.bytesOf(id));
    }

    @Override
    public IncrementalDecoder decoder() {
        return IncrementalDecoder.ofBytes(this::bytesOf);
    }

    private int[] encode(String text, AddedTokens added) {
        IdBuffer ids = new IdBuffer(text.length() / 3);
        return guarded(
                () -> {
                    new EncodingPass(spec, added, ids).encode(text);
                    int[] encoded = ids.toArray();
                    TokenizerException.requireTokens(encoded, text);
                    return encoded;
                });
    }

    private TokenSpan span(String text, AddedTokens added) {
        IdBuffer ids = IdBuffer.withEnds(text.length() / 3);
        EncodingPass pass = new EncodingPass(spec, added, ids);
        pass.encode(text);
        int[] encoded = ids.toArray();
        TokenizerException.requireTokens(encoded, text);
        return pass.span(text);
    }

    private boolean startsWithPrefix(int[] ids) {
        return ids.length >= prefix.length
                && Arrays.equals(ids, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** Names what went wrong in a stage as what it is to users: an error of the tokenizer. */
    private static <T> T guarded(Supplier<T> action) {
        try {
            return action.get();
        } catch (PatternException | EncodingException e) {
            throw new TokenizerException(e.getMessage(), e);
        }
    }
}
