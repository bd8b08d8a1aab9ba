package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.algorithm.ByteAlphabet;
import dev.nightjar.tokenizer.algorithm.BytePairEncoder;
import dev.nightjar.tokenizer.algorithm.ByteSymbols;
import dev.nightjar.tokenizer.algorithm.ByteTokens;
import dev.nightjar.tokenizer.algorithm.CodePointSymbols;
import dev.nightjar.tokenizer.algorithm.PairTable;
import dev.nightjar.tokenizer.algorithm.PieceTrie;
import dev.nightjar.tokenizer.algorithm.StringTable;
import dev.nightjar.tokenizer.algorithm.SubwordEncoder;
import dev.nightjar.tokenizer.algorithm.SymbolBpe;
import dev.nightjar.tokenizer.algorithm.SymbolRule;
import dev.nightjar.tokenizer.algorithm.TokenBytes;
import dev.nightjar.tokenizer.algorithm.TokenTable;
import dev.nightjar.tokenizer.algorithm.UnigramEncoder;
import dev.nightjar.tokenizer.algorithm.WordBorders;
import dev.nightjar.tokenizer.algorithm.WordLevelEncoder;
import dev.nightjar.tokenizer.algorithm.WordPieceEncoder;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.pretokenizer.PieceSplitter;
import dev.nightjar.tokenizer.pretokenizer.WordRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Makes the algorithm of a model.
 *
 * <p>Special tokens are never what ordinary text becomes: they are left out of the tables here, and
 * merges that would make one are dropped.
 */
final class ModelBuilder {
    private static final int NUM_BYTES = 256;
    private static final byte[] NOTHING = {};
    private static final int MAX_WORD_CHARS = 100;

    private final ModelData data;
    private final String[] tokens;
    private final StringTable table;
    private final BitSet special;
    private final boolean worksOnBytes;

    /**
     * A builder.
     *
     * @param data the model as it was read
     * @param tokens the tokens of the model by id {@code [V]}
     * @param special ids of the special tokens
     * @param worksOnBytes whether the letters of tokens stand for bytes
     */
    ModelBuilder(ModelData data, String[] tokens, BitSet special, boolean worksOnBytes) {
        this.data = data;
        this.tokens = tokens;
        this.table = data.vocabulary().table();
        this.special = special;
        this.worksOnBytes = worksOnBytes;
    }

    /**
     * An algorithm and what still cuts text before it.
     *
     * @param splitter cuts text
     * @param encoder encodes the pieces
     */
    record Model(PieceSplitter splitter, SubwordEncoder encoder) {}

    Model build(PieceSplitter splitter) {
        return switch (data.kind()) {
            case BPE -> bpe(splitter);
            case UNIGRAM -> new Model(splitter, unigram());
            case WORD_PIECE -> new Model(splitter, wordPiece());
            case WORD_LEVEL ->
                    new Model(
                            splitter,
                            new WordLevelEncoder(words(tokenBytes()), unknown("unk_token")));
        };
    }

    private Model bpe(PieceSplitter splitter) {
        String prefix = data.prefix();
        String suffix = data.suffix();
        TokenBytes bytes = tokenBytes();
        TokenTable whole =
                TokenTable.of(
                        bytes, id -> data.options().flag("ignore_merges", false) && isText(id));
        PairTable merges = merges(prefix);
        int[] letters = ids(value -> String.valueOf(ByteAlphabet.letter(value)));
        boolean isPlain = worksOnBytes && prefix.isEmpty() && suffix.isEmpty();
        if (isPlain && splitter instanceof WordRule known && isComplete(letters)) {
            return new Model(
                    PieceSplitter.NONE, new BytePairEncoder(known.rule(), whole, merges, letters));
        }
        return new Model(
                splitter,
                new SymbolBpe(
                        symbols(bytes, prefix, suffix),
                        whole,
                        merges,
                        fallback(),
                        !worksOnBytes && prefix.isEmpty() && suffix.isEmpty()
                                ? borders()
                                : WordBorders.NONE));
    }

    private SymbolRule symbols(TokenBytes bytes, String prefix, String suffix) {
        return worksOnBytes
                ? new ByteSymbols(table::find, prefix, suffix)
                : new CodePointSymbols(
                        words(bytes),
                        prefix.getBytes(StandardCharsets.UTF_8),
                        suffix.getBytes(StandardCharsets.UTF_8));
    }

    private SymbolBpe.Fallback fallback() {
        return new SymbolBpe.Fallback(
                byteFallback(), unknown("unk_token"), data.options().flag("fuse_unk", false));
    }

    private int[] byteFallback() {
        int[] none = new int[NUM_BYTES];
        Arrays.fill(none, SubwordEncoder.NO_TOKEN);
        return data.options().flag("byte_fallback", false) ? ids(ByteTokens::of) : none;
    }

    private int[] ids(IntFunction<String> tokenOfByte) {
        int[] ids = new int[NUM_BYTES];
        Arrays.setAll(ids, value -> table.find(tokenOfByte.apply(value)));
        return ids;
    }

    private static boolean isComplete(int[] ids) {
        return Arrays.stream(ids).allMatch(id -> id != StringTable.NOT_FOUND);
    }

    private PairTable merges(String prefix) {
        PairTable pairs = new PairTable(data.merges().size());
        for (int rank = 0; rank < data.merges().size(); rank++) {
            int left = data.merges().left(rank);
            int right = data.merges().right(rank);
            String inside = tokens[right];
            if (!prefix.isEmpty()) {
                inside = inside.substring(Math.min(prefix.length(), inside.length()));
            }
            int merged = table.findJoined(tokens[left], inside);
            if (merged == StringTable.NOT_FOUND) {
                throw data.options()
                        .error(
                                "merges[%d]: \"%s\" and \"%s\" make no token of the vocabulary"
                                        .formatted(rank, tokens[left], tokens[right]));
            }
            if (!special.get(merged)) {
                pairs.add(left, right, rank, merged);
            }
        }
        return pairs;
    }

    /**
     * Merges of characters only reach as far as their tokens; those of bytes may reach anywhere.
     */
    private WordBorders borders() {
        SymbolBpe.Fallback fallback = fallback();
        BitSet fallbackIds = new BitSet();
        IntStream.concat(Arrays.stream(fallback.byteIds()), IntStream.of(fallback.unknownId()))
                .filter(id -> id != SubwordEncoder.NO_TOKEN)
                .forEach(fallbackIds::set);
        for (int rank = 0; rank < data.merges().size(); rank++) {
            if (fallbackIds.get(data.merges().left(rank))
                    || fallbackIds.get(data.merges().right(rank))) {
                return WordBorders.NONE;
            }
        }
        return WordBorders.of(tokens);
    }

    private SubwordEncoder unigram() {
        double lowest = Double.POSITIVE_INFINITY;
        for (double score : data.scores()) {
            lowest = Math.min(lowest, score);
        }
        return new UnigramEncoder(
                PieceTrie.of(tokenBytes(), this::isText),
                data.scores(),
                lowest - UnigramEncoder.UNKNOWN_PENALTY,
                UnigramEncoder.Summation.DOUBLE,
                byteFallback(),
                unknownPiece());
    }

    private int unknownPiece() {
        Optional<JsonNode> id = data.options().find("unk_id");
        return id.isPresent() ? id.get().integer(0, tokens.length - 1) : SubwordEncoder.NO_TOKEN;
    }

    private SubwordEncoder wordPiece() {
        String prefix = data.prefix();
        byte[][] unmarked = new byte[tokens.length][];
        Arrays.setAll(
                unmarked,
                id ->
                        isText(id) && tokens[id].startsWith(prefix)
                                ? bytesOf(tokens[id].substring(prefix.length()))
                                : NOTHING);
        return new WordPieceEncoder(
                words(tokenBytes()),
                TokenTable.of(TokenBytes.of(unmarked), id -> true),
                data.options()
                        .integer(
                                "max_input_chars_per_word",
                                MAX_WORD_CHARS,
                                0,
                                Integer.MAX_VALUE - 1),
                unknown("unk_token"));
    }

    private TokenTable words(TokenBytes bytes) {
        return TokenTable.of(bytes, this::isText);
    }

    private boolean isText(int id) {
        return tokens[id] != null && !special.get(id);
    }

    private int unknown(String member) {
        Optional<JsonNode> token = data.options().find(member);
        if (token.isEmpty()) {
            return SubwordEncoder.NO_TOKEN;
        }
        return table.find(token.get().string());
    }

    /** The bytes by which text finds tokens; of a token that text cannot become, none. */
    private TokenBytes tokenBytes() {
        byte[][] bytes = new byte[tokens.length][];
        Arrays.setAll(bytes, id -> tokens[id] == null ? NOTHING : bytesOf(tokens[id]));
        return TokenBytes.of(bytes);
    }

    private byte[] bytesOf(String token) {
        if (!worksOnBytes) {
            return token.getBytes(StandardCharsets.UTF_8);
        }
        return ByteAlphabet.isWritten(token) ? ByteAlphabet.bytesOf(token) : NOTHING;
    }
}
