package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.algorithm.AddedTokenSplitter;
import dev.nightjar.tokenizer.algorithm.ByteAlphabet;
import dev.nightjar.tokenizer.algorithm.BytePairEncoder;
import dev.nightjar.tokenizer.algorithm.IdBuffer;
import dev.nightjar.tokenizer.algorithm.PairTable;
import dev.nightjar.tokenizer.algorithm.PieceTrie;
import dev.nightjar.tokenizer.algorithm.PreTokenizer;
import dev.nightjar.tokenizer.algorithm.SentencePieceBpe;
import dev.nightjar.tokenizer.algorithm.SubwordEncoder;
import dev.nightjar.tokenizer.algorithm.TokenBytes;
import dev.nightjar.tokenizer.algorithm.TokenTable;
import dev.nightjar.tokenizer.algorithm.UnigramEncoder;
import dev.nightjar.tokenizer.algorithm.WordPieceEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Makes from a spec what the algorithms work on: bytes, tables and ranks by id. */
final class SubwordParts {
    private static final int NUM_BYTES = 256;
    private static final char SPACE_SYMBOL = '\u2581';
    private static final byte[] NOTHING = {};
    private static final int MAX_WORD_CODE_POINTS = 100;
    private static final Pattern BYTE_TOKEN = Pattern.compile("<0x[0-9A-Fa-f]{2}>");

    private final TokenizerSpec spec;
    private final Vocabulary vocabulary;
    private final TokenBytes tokenBytes;

    /** As {@code tokenBytes}, but with U+2581 as such where the model does not escape spaces. */
    private final TokenBytes pieceBytes;

    SubwordParts(TokenizerSpec spec) {
        this.spec = spec;
        vocabulary = new Vocabulary(spec);
        byte[][] bytes = new byte[vocabulary.size()][];
        Arrays.setAll(bytes, this::bytesOf);
        tokenBytes = TokenBytes.of(bytes);
        if (spec.sentencePieceRules().map(SentencePieceRules::escapeWhitespaces).orElse(true)) {
            pieceBytes = tokenBytes;
        } else {
            Arrays.setAll(bytes, id -> vocabulary.token(id).getBytes(StandardCharsets.UTF_8));
            pieceBytes = TokenBytes.of(bytes);
        }
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    TokenBytes tokenBytes() {
        return tokenBytes;
    }

    /** A text with spaces as such: SentencePiece does not tell U+2581 from a space. */
    static String readable(String text, Algorithm algorithm) {
        return algorithm.isSentencePiece() ? text.replace(SPACE_SYMBOL, ' ') : text;
    }

    /** A splitter for the tokens of some types. */
    AddedTokenSplitter splitter(Predicate<TokenType> isIncluded) {
        Map<Integer, byte[]> tokens = new LinkedHashMap<>();
        for (int id = 0; id < vocabulary.size(); id++) {
            if (isIncluded.test(vocabulary.type(id))) {
                tokens.put(id, spelling(id).getBytes(StandardCharsets.UTF_8));
            }
        }
        return AddedTokenSplitter.of(tokens);
    }

    /** A trie of the tokens of some types, as normalized text spells them. */
    PieceTrie trie(Predicate<TokenType> isIncluded) {
        return PieceTrie.of(pieceBytes, id -> isIncluded.test(vocabulary.type(id)));
    }

    SubwordEncoder encoder() {
        return switch (spec.algorithm()) {
            case SENTENCEPIECE_BPE -> sentencePieceBpe();
            case UNIGRAM -> unigram();
            case BYTE_BPE -> bytePairEncoder(merges(), spec.ignoreMerges());
            case BYTE_RANKS -> bytePairEncoder(rankedMerges(), true);
            case WORD_PIECE -> wordPiece();
        };
    }

    private SubwordEncoder sentencePieceBpe() {
        return new SentencePieceBpe(
                TokenTable.of(pieceBytes, this::isNormal),
                ranks(spec.scores()),
                byteIds("<0x%02X>"::formatted, SubwordEncoder.NO_TOKEN),
                unknown());
    }

    /** In these vocabularies U+2581 marks the tokens that begin a word. */
    private SubwordEncoder wordPiece() {
        byte[][] unmarked = new byte[vocabulary.size()][];
        Arrays.setAll(unmarked, id -> unmarked(id).getBytes(StandardCharsets.UTF_8));
        TokenBytes bytes = TokenBytes.of(unmarked);
        return new BertEncoder(
                new WordPieceEncoder(
                        TokenTable.of(bytes, id -> isNormal(id) && beginsWord(id)),
                        TokenTable.of(bytes, id -> isNormal(id) && !beginsWord(id)),
                        MAX_WORD_CODE_POINTS,
                        unknown()));
    }

    private boolean beginsWord(int id) {
        String token = vocabulary.token(id);
        return !token.isEmpty() && token.charAt(0) == SPACE_SYMBOL;
    }

    private String unmarked(int id) {
        return beginsWord(id) ? vocabulary.token(id).substring(1) : vocabulary.token(id);
    }

    private SubwordEncoder unigram() {
        float[] scores = spec.scores();
        float lowest = Float.MAX_VALUE;
        float highest = Float.MIN_NORMAL;
        for (int id = 0; id < scores.length; id++) {
            if (isNormal(id)) {
                lowest = Math.min(lowest, scores[id]);
                highest = Math.max(highest, scores[id]);
            }
        }
        double[] pieceScores = new double[scores.length];
        for (int id = 0; id < scores.length; id++) {
            boolean isUserDefined = vocabulary.type(id) == TokenType.USER_DEFINED;
            pieceScores[id] = isUserDefined ? userDefinedScore(id, highest) : scores[id];
        }
        return new UnigramEncoder(
                trie(type -> type == TokenType.NORMAL || type == TokenType.USER_DEFINED),
                pieceScores,
                lowest - UnigramEncoder.UNKNOWN_PENALTY,
                UnigramEncoder.Summation.SINGLE,
                byteIds("<0x%02X>"::formatted, SubwordEncoder.NO_TOKEN),
                unknown());
    }

    /** Almost nothing, so that a user-defined piece wins against all that spells the same. */
    private double userDefinedScore(int id, float highest) {
        return vocabulary.token(id).getBytes(StandardCharsets.UTF_8).length * highest - 0.1;
    }

    private SubwordEncoder bytePairEncoder(PairTable merges, boolean keepsWholeWords) {
        return new BytePairEncoder(
                preTokenizer(spec.preTokenizer()),
                TokenTable.of(tokenBytes, id -> keepsWholeWords && isNormal(id)),
                merges,
                byteIds(value -> String.valueOf(ByteAlphabet.letter(value)), unknown()));
    }

    /** The id of each byte {@code [256]}, by the text its token has. */
    private int[] byteIds(IntFunction<String> tokenOfByte, int missing) {
        int[] ids = new int[NUM_BYTES];
        Arrays.setAll(ids, value -> vocabulary.id(tokenOfByte.apply(value)).orElse(missing));
        return ids;
    }

    private int unknown() {
        return vocabulary.unknown().orElse(SubwordEncoder.NO_TOKEN);
    }

    private boolean isNormal(int id) {
        return vocabulary.type(id) == TokenType.NORMAL;
    }

    /** The ids as an array, all of which are tokens. */
    int[] complete(IdBuffer encoded, String text) {
        int[] ids = encoded.toArray();
        TokenizerException.requireTokens(ids, text);
        return ids;
    }

    private PairTable merges() {
        List<String> merges = spec.merges();
        PairTable table = new PairTable(merges.size());
        for (int rank = 0; rank < merges.size(); rank++) {
            String merge = merges.get(rank);
            int space = merge.indexOf(' ', 1);
            String left = merge.substring(0, space);
            String right = merge.substring(space + 1);
            int leftId = mergeId(left);
            int rightId = mergeId(right);
            int merged = mergeId(left.concat(right));
            // Ordinary text never becomes a control token, whatever the merges say.
            if (!vocabulary.isControl(merged)) {
                table.add(leftId, rightId, rank, merged);
            }
        }
        return table;
    }

    /** Every way to make a token from two others, at the rank of that token. */
    private PairTable rankedMerges() {
        TokenTable table = TokenTable.of(tokenBytes, this::isNormal);
        int[] numPairs = new int[1];
        forEachPair(table, (left, right, merged) -> numPairs[0]++);
        PairTable merges = new PairTable(numPairs[0]);
        forEachPair(table, (left, right, merged) -> merges.add(left, right, merged, merged));
        return merges;
    }

    private void forEachPair(TokenTable table, PairConsumer pairs) {
        for (int id = 0; id < vocabulary.size(); id++) {
            byte[] bytes = isNormal(id) ? tokenBytes.bytes(id) : NOTHING;
            for (int split = 1; split < bytes.length; split++) {
                int left = table.find(bytes, 0, split);
                int right = table.find(bytes, split, bytes.length);
                if (left != TokenTable.NOT_FOUND && right != TokenTable.NOT_FOUND) {
                    pairs.accept(left, right, id);
                }
            }
        }
    }

    /** Takes two tokens and what they merge into. */
    private interface PairConsumer {
        void accept(int left, int right, int merged);
    }

    private int mergeId(String token) {
        return vocabulary
                .id(token)
                .orElseThrow(
                        () ->
                                new TokenizerException(
                                        ("merges: \"%s\" is no token of the vocabulary; vocabulary"
                                                        + " and merges must be of one checkpoint")
                                                .formatted(token)));
    }

    /** The order of merging {@code [V]}: the highest score is 0, equal scores have equal ranks. */
    private static int[] ranks(float[] scores) {
        float[] ascending = scores.clone();
        Arrays.sort(ascending);
        int[] ranks = new int[scores.length];
        Arrays.setAll(ranks, id -> scores.length - 1 - Arrays.binarySearch(ascending, scores[id]));
        return ranks;
    }

    private static PreTokenizer preTokenizer(String name) {
        return PreTokenizer.named(name)
                .orElseThrow(
                        () ->
                                new TokenizerException(
                                        "unknown pre-tokenizer \"%s\"; known ones are %s"
                                                .formatted(
                                                        name,
                                                        String.join(
                                                                ", ", PreTokenizer.knownNames()))));
    }

    /** What a token contributes to a text. */
    private byte[] bytesOf(int id) {
        return switch (vocabulary.type(id)) {
            case CONTROL, UNUSED -> NOTHING;
            case UNKNOWN -> unknownSurface();
            case BYTE -> new byte[] {byteOf(vocabulary.token(id))};
            case USER_DEFINED -> spelling(id).getBytes(StandardCharsets.UTF_8);
            case NORMAL ->
                    spec.algorithm().isByteLevel()
                            ? ByteAlphabet.bytesOf(vocabulary.token(id))
                            : spelling(id).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] unknownSurface() {
        return spec.sentencePieceRules()
                .map(rules -> rules.unknownSurface().getBytes(StandardCharsets.UTF_8))
                .orElse(NOTHING);
    }

    private String spelling(int id) {
        String token = vocabulary.token(id);
        return spec.algorithm() == Algorithm.WORD_PIECE
                ? token.replace(SPACE_SYMBOL, ' ')
                : readable(token, spec.algorithm());
    }

    private static byte byteOf(String token) {
        if (!BYTE_TOKEN.matcher(token).matches()) {
            throw new TokenizerException(
                    "byte token: expected <0x00> to <0xFF>, found \"%s\"".formatted(token));
        }
        return (byte) Integer.parseInt(token, 3, 5, 16);
    }
}
