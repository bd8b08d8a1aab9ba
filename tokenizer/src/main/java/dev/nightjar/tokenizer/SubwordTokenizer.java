package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.algorithm.AddedTokenSplitter;
import dev.nightjar.tokenizer.algorithm.IdBuffer;
import dev.nightjar.tokenizer.algorithm.SubwordEncoder;
import dev.nightjar.tokenizer.algorithm.TokenBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

    private SubwordTokenizer(TokenizerSpec spec) {
        parts = new SubwordParts(spec);
        algorithm = spec.algorithm();
        addsSpace = spec.addSpacePrefix();
        ends = SequenceEnds.of(spec);
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
        return new IncrementalDecoder(tokenBytes);
    }

    private int[] encode(String text, AddedTokenSplitter splitter) {
        byte[] utf8 = SubwordParts.readable(text, algorithm).getBytes(StandardCharsets.UTF_8);
        IdBuffer ids = new IdBuffer(utf8.length / 3);
        splitter.split(utf8, new PartEncoder(utf8, ids));
        return parts.complete(ids, text);
    }

    /** The space is part of the bytes of the first token that contributes any. */
    private boolean hasSpacePrefix(int[] ids, byte[] bytes) {
        if (!addsSpace || bytes.length == 0 || bytes[0] != ' ') {
            return false;
        }
        int first =
                Arrays.stream(ids).filter(id -> tokenBytes.length(id) > 0).findFirst().orElse(0);
        return vocabulary.type(first) != TokenType.USER_DEFINED;
    }

    /** Encodes the parts of one text in turn. */
    private final class PartEncoder implements AddedTokenSplitter.PartConsumer {
        private final byte[] utf8;
        private final IdBuffer ids;
        private boolean needsSpace = addsSpace;

        private PartEncoder(byte[] utf8, IdBuffer ids) {
            this.utf8 = utf8;
            this.ids = ids;
        }

        @Override
        public void text(int from, int to) {
            if (needsSpace) {
                byte[] prefixed = new byte[to - from + 1];
                prefixed[0] = ' ';
                System.arraycopy(utf8, from, prefixed, 1, to - from);
                encoder.encode(prefixed, 0, prefixed.length, ids);
            } else {
                encoder.encode(utf8, from, to, ids);
            }
            needsSpace = false;
        }

        @Override
        public void token(int id) {
            ids.add(id);
            needsSpace = addsSpace && vocabulary.type(id) != TokenType.USER_DEFINED;
        }
    }
}
