package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.algorithm.AddedTokenSplitter;
import dev.nightjar.tokenizer.algorithm.CharsMap;
import dev.nightjar.tokenizer.algorithm.IdBuffer;
import dev.nightjar.tokenizer.algorithm.PieceTrie;
import dev.nightjar.tokenizer.algorithm.SentencePieceNormalizer;
import dev.nightjar.tokenizer.algorithm.SentencePieceNormalizer.SpaceRule;
import dev.nightjar.tokenizer.algorithm.SubwordEncoder;
import dev.nightjar.tokenizer.encoding.Assembler;
import dev.nightjar.tokenizer.encoding.Encoding;
import dev.nightjar.tokenizer.encoding.EncodingException;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.PostProcessor;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.encoding.TokenSpan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Text to ids and back exactly as C++ SentencePiece does it: the text is normalized as a whole,
 * then cut.
 *
 * <p>Control tokens that are written in a rendered prompt cut it into texts of their own, each with
 * its dummy prefix.
 */
final class SentencePieceTokenizer implements Tokenizer {
    private static final Set<SpaceRule> NO_SPACE_RULES = EnumSet.noneOf(SpaceRule.class);

    private final SubwordParts parts;
    private final Vocabulary vocabulary;
    private final SubwordEncoder encoder;
    private final SequenceEnds ends;
    private final Assembler assembler;
    private final SentencePieceNormalizer normalizer;
    private final SentencePieceNormalizer denormalizer;
    private final AddedTokenSplitter control;

    /** User-defined pieces, which byte-pair merges leave whole; Unigram scores them like others. */
    private final AddedTokenSplitter whole;

    private final boolean removesExtraSpaces;
    private final boolean stripsFirstSpace;

    private SentencePieceTokenizer(TokenizerSpec spec, SentencePieceRules rules) {
        parts = new SubwordParts(spec);
        vocabulary = parts.vocabulary();
        encoder = parts.encoder();
        ends = SequenceEnds.of(spec);
        assembler = new Assembler(PostProcessor.around(ends.bos(), ends.eos()));
        normalizer =
                normalizer(
                        rules.charsMap(),
                        parts.trie(type -> type == TokenType.USER_DEFINED),
                        spaceRules(rules));
        denormalizer =
                normalizer(rules.denormalizerCharsMap(), parts.trie(type -> false), NO_SPACE_RULES);
        control = parts.splitter(type -> type == TokenType.CONTROL || type == TokenType.UNKNOWN);
        whole =
                parts.splitter(
                        type ->
                                type == TokenType.USER_DEFINED
                                        && spec.algorithm() != Algorithm.UNIGRAM);
        removesExtraSpaces = rules.removeExtraWhitespaces();
        stripsFirstSpace = removesExtraSpaces || rules.addDummyPrefix();
    }

    static Tokenizer of(TokenizerSpec spec, SentencePieceRules rules) {
        return new SentencePieceTokenizer(spec, rules);
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] encode(String text) {
        IdBuffer ids = new IdBuffer(text.length() / 3);
        encodeText(text.getBytes(StandardCharsets.UTF_8), ids);
        return parts.complete(ids, text);
    }

    @Override
    public int[] encodeRendered(String text) {
        IdBuffer ids = new IdBuffer(text.length() / 3);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        control.split(
                utf8,
                new AddedTokenSplitter.PartConsumer() {
                    @Override
                    public void text(int from, int to) {
                        encodeText(Arrays.copyOfRange(utf8, from, to), ids);
                    }

                    @Override
                    public void token(int id, int end) {
                        ids.add(id, end);
                    }
                });
        return parts.complete(ids, text);
    }

    @Override
    public int[] withBos(int[] ids) {
        return ends.withBos(ids);
    }

    @Override
    public int[] withSpecials(int[] ids) {
        return ends.withSpecials(ids);
    }

    @Override
    public String decode(int[] ids) {
        return new String(denormalizer.normalize(joined(ids)), StandardCharsets.UTF_8);
    }

    @Override
    public String decodeWithSpecials(int[] ids) {
        StringBuilder text = new StringBuilder();
        for (int start = 0, end; start < ids.length; start = end) {
            end = start;
            if (vocabulary.isControl(ids[start])) {
                text.append(vocabulary.token(ids[end++]));
                continue;
            }
            while (end < ids.length && !vocabulary.isControl(ids[end])) {
                end++;
            }
            text.append(decode(Arrays.copyOfRange(ids, start, end)));
        }
        return text.toString();
    }

    /** The places of tokens are not known, as the normalizer does not keep them: all are 0. */
    @Override
    public Encoding encode(TextInput input, EncodingOptions options) {
        boolean isRecognized = options.spellings() == EncodingOptions.Spellings.RECOGNIZED;
        try {
            return assembler.assemble(
                    span(isRecognized ? encodeRendered(input.text()) : encode(input.text())),
                    input.pair()
                            .map(pair -> span(isRecognized ? encodeRendered(pair) : encode(pair))),
                    options);
        } catch (EncodingException e) {
            throw new TokenizerException(e.getMessage(), e);
        }
    }

    private static TokenSpan span(int[] ids) {
        return new TokenSpan(ids, new int[ids.length], new int[ids.length]);
    }

    @Override
    public byte[] bytesOf(int id) {
        return parts.tokenBytes().bytes(id);
    }

    @Override
    public IncrementalDecoder decoder() {
        return IncrementalDecoder.ofBytes(parts.tokenBytes()::bytes);
    }

    private void encodeText(byte[] utf8, IdBuffer ids) {
        byte[] normalized = normalizer.normalize(utf8);
        whole.split(
                normalized,
                new AddedTokenSplitter.PartConsumer() {
                    @Override
                    public void text(int from, int to) {
                        encoder.encode(normalized, from, to, ids);
                    }

                    @Override
                    public void token(int id, int end) {
                        ids.add(id, end);
                    }
                });
    }

    /**
     * The bytes of all tokens. The space at the beginning, which the model may have put there,
     * goes; where extra spaces were removed, so do those of empty pieces after it.
     */
    private byte[] joined(int[] ids) {
        int numBytes = 0;
        for (int id : ids) {
            numBytes = Math.addExact(numBytes, parts.tokenBytes().length(id));
        }
        ByteBuffer text = ByteBuffer.allocate(numBytes);
        boolean mayStripSpace = stripsFirstSpace;
        for (int id : ids) {
            int start = text.position();
            parts.tokenBytes().copyTo(id, text);
            if (mayStripSpace && isText(id) && hasSpaceAt(text, start)) {
                // Only the first byte of the text can be that space, so nothing stands before it.
                text.position(start);
                text.put(start, text.array(), start + 1, parts.tokenBytes().length(id) - 1);
                text.position(start + parts.tokenBytes().length(id) - 1);
                mayStripSpace = removesExtraSpaces;
            }
            mayStripSpace &= text.position() == 0;
        }
        return Arrays.copyOf(text.array(), text.position());
    }

    private boolean isText(int id) {
        TokenType type = vocabulary.type(id);
        return type == TokenType.NORMAL || type == TokenType.USER_DEFINED;
    }

    private static boolean hasSpaceAt(ByteBuffer text, int start) {
        return text.position() > start && text.get(start) == ' ';
    }

    private static SentencePieceNormalizer normalizer(
            byte[] charsMap, PieceTrie userDefined, Set<SpaceRule> rules) {
        return new SentencePieceNormalizer(table(charsMap), userDefined, rules);
    }

    private static CharsMap table(byte[] charsMap) {
        try {
            return CharsMap.parse(charsMap);
        } catch (IllegalArgumentException e) {
            throw new TokenizerException(e.getMessage());
        }
    }

    private static Set<SpaceRule> spaceRules(SentencePieceRules rules) {
        Set<SpaceRule> spaces = EnumSet.noneOf(SpaceRule.class);
        if (rules.addDummyPrefix()) {
            spaces.add(SpaceRule.ADD_PREFIX);
        }
        if (rules.removeExtraWhitespaces()) {
            spaces.add(SpaceRule.REMOVE_EXTRA);
        }
        if (rules.escapeWhitespaces()) {
            spaces.add(SpaceRule.ESCAPE);
        }
        if (rules.treatWhitespaceAsSuffix()) {
            spaces.add(SpaceRule.AS_SUFFIX);
        }
        return spaces;
    }
}
