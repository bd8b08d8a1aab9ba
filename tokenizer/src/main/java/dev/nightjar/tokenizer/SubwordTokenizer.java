package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.algorithm.AddedTokenSplitter;
import dev.nightjar.tokenizer.algorithm.CharPlaces;
import dev.nightjar.tokenizer.algorithm.IdBuffer;
import dev.nightjar.tokenizer.algorithm.SubwordEncoder;
import dev.nightjar.tokenizer.algorithm.TokenBytes;
import dev.nightjar.tokenizer.algorithm.UnicodeSets;
import dev.nightjar.tokenizer.encoding.Assembler;
import dev.nightjar.tokenizer.encoding.Encoding;
import dev.nightjar.tokenizer.encoding.EncodingException;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.PostProcessor;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.encoding.TokenSpan;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Added tokens first, a subword algorithm for the text between: what all algorithms have in common.
 *
 * <p>The space prefix of SentencePiece stands before a text that does not begin with an added token
 * and before text that follows a control token. Decoding knows by the type of the first token
 * whether there was one.
 */
final class SubwordTokenizer implements Tokenizer {
    private final Vocabulary vocabulary;
    private final TokenBytes tokenBytes;
    private final SubwordEncoder encoder;
    private final AddedTokenSplitter userDefined;
    private final AddedTokenSplitter allAdded;
    private final Algorithm algorithm;
    private final boolean addsSpace;
    private final SequenceEnds ends;
    private final SubwordParts parts;

    /** Tokens that swallow the white space behind them. */
    private final Set<Integer> rstripIds;

    /** Whether a decoded text begins with a space that is none of the text. */
    private final boolean beginsWithSpace;

    private final Assembler assembler;

    private SubwordTokenizer(TokenizerSpec spec) {
        parts = new SubwordParts(spec);
        algorithm = spec.algorithm();
        addsSpace = spec.addSpacePrefix();
        rstripIds = spec.rstripIds();
        beginsWithSpace = addsSpace || algorithm == Algorithm.WORD_PIECE;
        ends = SequenceEnds.of(spec);
        assembler = new Assembler(PostProcessor.around(ends.bos(), ends.eos()));
        vocabulary = parts.vocabulary();
        tokenBytes = parts.tokenBytes();
        encoder = parts.encoder();
        userDefined = parts.splitter(type -> type == TokenType.USER_DEFINED);
        allAdded =
                parts.splitter(
                        type ->
                                type == TokenType.USER_DEFINED
                                        || type == TokenType.CONTROL
                                        || type == TokenType.UNKNOWN);
    }

    static Tokenizer of(TokenizerSpec spec) {
        return new SubwordTokenizer(spec);
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
    public int[] withBos(int[] ids) {
        return ends.withBos(ids);
    }

    @Override
    public int[] withSpecials(int[] ids) {
        return ends.withSpecials(ids);
    }

    @Override
    public String decode(int[] ids) {
        int numBytes = 0;
        for (int id : ids) {
            numBytes = Math.addExact(numBytes, tokenBytes.length(id));
        }
        ByteBuffer bytes = ByteBuffer.allocate(numBytes);
        for (int id : ids) {
            tokenBytes.copyTo(id, bytes);
        }
        int start = hasSpacePrefix(ids, bytes.array()) ? 1 : 0;
        return new String(bytes.array(), start, numBytes - start, StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytesOf(int id) {
        return tokenBytes.bytes(id);
    }

    @Override
    public IncrementalDecoder decoder() {
        return IncrementalDecoder.ofBytes(tokenBytes::bytes);
    }

    @Override
    public String decodeWithSpecials(int[] ids) {
        IntFunction<byte[]> bytesOf =
                id ->
                        vocabulary.isControl(id)
                                ? vocabulary.token(id).getBytes(StandardCharsets.UTF_8)
                                : tokenBytes.bytes(id);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : ids) {
            bytes.writeBytes(bytesOf.apply(id));
        }
        byte[] text = bytes.toByteArray();
        int start =
                ids.length > 0 && !vocabulary.isControl(ids[0]) && hasSpacePrefix(ids, text)
                        ? 1
                        : 0;
        return new String(text, start, text.length - start, StandardCharsets.UTF_8);
    }

    @Override
    public Encoding encode(TextInput input, EncodingOptions options) {
        AddedTokenSplitter splitter =
                options.spellings() == EncodingOptions.Spellings.RECOGNIZED
                        ? allAdded
                        : userDefined;
        try {
            return assembler.assemble(
                    span(input.text(), splitter),
                    input.pair().map(pair -> span(pair, splitter)),
                    options);
        } catch (EncodingException e) {
            throw new TokenizerException(e.getMessage());
        }
    }

    private int[] encode(String text, AddedTokenSplitter splitter) {
        byte[] utf8 = utf8(text);
        IdBuffer ids = new IdBuffer(utf8.length / 3);
        splitter.split(utf8, new PartEncoder(utf8, ids));
        return parts.complete(ids, text);
    }

    /** The tokens with their places; white space before a WordPiece token is not of it. */
    private TokenSpan span(String text, AddedTokenSplitter splitter) {
        byte[] utf8 = utf8(text);
        IdBuffer ids = IdBuffer.withEnds(utf8.length / 3);
        splitter.split(utf8, new PartEncoder(utf8, ids));
        int[] encoded = parts.complete(ids, text);
        int[] places = CharPlaces.of(utf8);
        int[] starts = new int[encoded.length];
        int[] ends = new int[encoded.length];
        int start = 0;
        for (int i = 0; i < encoded.length; i++) {
            int end = Math.max(0, ids.end(i));
            starts[i] = places[start];
            ends[i] = places[CharPlaces.roundUp(utf8, end)];
            while (algorithm == Algorithm.WORD_PIECE
                    && starts[i] < ends[i]
                    && UnicodeSets.isSpace(text.charAt(starts[i]))) {
                starts[i]++;
            }
            start = end;
        }
        return new TokenSpan(encoded, starts, ends);
    }

    private byte[] utf8(String text) {
        return SubwordParts.readable(text, algorithm).getBytes(StandardCharsets.UTF_8);
    }

    /** The space is part of the bytes of the first token that contributes any. */
    private boolean hasSpacePrefix(int[] ids, byte[] bytes) {
        if (!beginsWithSpace || bytes.length == 0 || bytes[0] != ' ') {
            return false;
        }
        int first =
                Arrays.stream(ids).filter(id -> tokenBytes.length(id) > 0).findFirst().orElse(0);
        return vocabulary.type(first) != TokenType.USER_DEFINED;
    }

    /** What C calls white space. */
    private static boolean isAsciiSpace(byte value) {
        return value == ' ' || value >= '\t' && value <= '\r';
    }

    /** Encodes the parts of one text in turn. */
    private final class PartEncoder implements AddedTokenSplitter.PartConsumer {
        private final byte[] utf8;
        private final IdBuffer ids;
        private boolean needsSpace = addsSpace;
        private boolean swallowsSpace;

        private PartEncoder(byte[] utf8, IdBuffer ids) {
            this.utf8 = utf8;
            this.ids = ids;
        }

        @Override
        public void text(int start, int to) {
            int from = start;
            while (swallowsSpace && from < to && isAsciiSpace(utf8[from])) {
                from++;
            }
            swallowsSpace = false;
            if (from > start) {
                ids.extendLast(from);
            }
            if (from == to) {
                return;
            }
            if (needsSpace) {
                byte[] prefixed = new byte[to - from + 1];
                prefixed[0] = ' ';
                System.arraycopy(utf8, from, prefixed, 1, to - from);
                int first = ids.size();
                encoder.encode(prefixed, 0, prefixed.length, ids);
                ids.shiftEnds(first, from - 1);
            } else {
                encoder.encode(utf8, from, to, ids);
            }
            needsSpace = false;
        }

        @Override
        public void token(int id, int end) {
            ids.add(id, end);
            needsSpace = addsSpace && vocabulary.type(id) != TokenType.USER_DEFINED;
            swallowsSpace = rstripIds.contains(id);
        }
    }
}
