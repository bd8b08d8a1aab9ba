package dev.nightjar.tokenizer;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Collects the parts of a {@link TokenizerSpec}; {@link #build} validates them together.
 *
 * <p>Left out: no scores, all tokens normal, no merges, pre-tokenizer {@code default}, no special
 * ids, nothing added. Not safe for use by several threads.
 */
public final class TokenizerSpecBuilder {
    private static final float[] NO_SCORES = {};

    private final Algorithm algorithm;
    private final List<String> tokens;
    private float[] scores = NO_SCORES;
    private List<TokenType> types;
    private List<String> merges = List.of();
    private String preTokenizer = "default";
    private OptionalInt bos = OptionalInt.empty();
    private OptionalInt eos = OptionalInt.empty();
    private OptionalInt unknown = OptionalInt.empty();
    private OptionalInt padding = OptionalInt.empty();
    private OptionalInt endOfTurn = OptionalInt.empty();
    private OptionalInt endOfMessage = OptionalInt.empty();
    private boolean addBos;
    private boolean addEos;
    private boolean addSpacePrefix;
    private boolean ignoreMerges;
    private Optional<SentencePieceRules> sentencePieceRules = Optional.empty();
    private Set<Integer> rstripIds = Set.of();

    TokenizerSpecBuilder(Algorithm algorithm, List<String> tokens) {
        this.algorithm = algorithm;
        this.tokens = tokens;
        this.types = Collections.nCopies(tokens.size(), TokenType.NORMAL);
    }

    /** Log probabilities, one for each token; SentencePiece needs them. */
    public TokenizerSpecBuilder scores(float[] newScores) {
        scores = newScores.clone();
        return this;
    }

    /** Roles, one for each token. */
    public TokenizerSpecBuilder types(List<TokenType> newTypes) {
        types = newTypes;
        return this;
    }

    /** Pairs "left right" in the order of their rank; byte-level BPE needs them. */
    public TokenizerSpecBuilder merges(List<String> newMerges) {
        merges = newMerges;
        return this;
    }

    /** Name of the rule that cuts text into words. */
    public TokenizerSpecBuilder preTokenizer(String name) {
        preTokenizer = name;
        return this;
    }

    /** The token that begins a text. */
    public TokenizerSpecBuilder bos(OptionalInt id) {
        bos = id;
        return this;
    }

    /** The token that ends a text. */
    public TokenizerSpecBuilder eos(OptionalInt id) {
        eos = id;
        return this;
    }

    /** The token for what the vocabulary cannot express. */
    public TokenizerSpecBuilder unknown(OptionalInt id) {
        unknown = id;
        return this;
    }

    /** The token that fills a batch. */
    public TokenizerSpecBuilder padding(OptionalInt id) {
        padding = id;
        return this;
    }

    /** The token that ends a turn. */
    public TokenizerSpecBuilder endOfTurn(OptionalInt id) {
        endOfTurn = id;
        return this;
    }

    /** The token that ends a message inside a turn. */
    public TokenizerSpecBuilder endOfMessage(OptionalInt id) {
        endOfMessage = id;
        return this;
    }

    /** Whether a prompt begins with BOS, as the file says. */
    public TokenizerSpecBuilder addBos(boolean isAdded) {
        addBos = isAdded;
        return this;
    }

    /** Whether a prompt ends with EOS, as the file says. */
    public TokenizerSpecBuilder addEos(boolean isAdded) {
        addEos = isAdded;
        return this;
    }

    /** Whether text is encoded as if a space stood before it, as the file says. */
    public TokenizerSpecBuilder addSpacePrefix(boolean isAdded) {
        addSpacePrefix = isAdded;
        return this;
    }

    /** Whether a word that is a token stays whole, as the file says. */
    public TokenizerSpecBuilder ignoreMerges(boolean areIgnored) {
        ignoreMerges = areIgnored;
        return this;
    }

    /** How a SentencePiece model prepares a text; the space prefix is part of it. */
    public TokenizerSpecBuilder sentencePieceRules(SentencePieceRules rules) {
        sentencePieceRules = Optional.of(rules);
        return this;
    }

    /** Added tokens that swallow the white space behind them. */
    public TokenizerSpecBuilder rstripIds(Set<Integer> ids) {
        rstripIds = ids;
        return this;
    }

    /**
     * The validated spec.
     *
     * @throws TokenizerException as {@link TokenizerSpec} says
     */
    public TokenizerSpec build() {
        return new TokenizerSpec(
                algorithm,
                tokens,
                scores,
                types,
                merges,
                preTokenizer,
                new SpecialIds(bos, eos, unknown, padding, endOfTurn, endOfMessage),
                addBos,
                addEos,
                addSpacePrefix,
                ignoreMerges,
                sentencePieceRules,
                rstripIds);
    }
}
