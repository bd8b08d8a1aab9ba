package dev.nightjar.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Everything a checkpoint says about its tokenizer, as plain data that any file format can fill.
 *
 * <p>Immutable; validated when it is made. {@code V} is the number of tokens. The same token text
 * may stand twice, as it does in real files: the last one then has the text.
 *
 * @param algorithm how pieces of text become tokens
 * @param tokens text of each token as the file writes it {@code [V]}: SentencePiece with U+2581 for
 *     a space, byte-level BPE in the GPT-2 alphabet
 * @param scores log probabilities {@code [V]}; empty if the file has none
 * @param types roles {@code [V]}; empty in the builder means that all are normal
 * @param merges byte-level BPE: the pairs "left right" in the order of their rank
 * @param preTokenizer name of the rule that cuts text into words, such as {@code llama-bpe}
 * @param specialIds tokens with a fixed role
 * @param addBos whether a prompt begins with BOS
 * @param addEos whether a prompt ends with EOS
 * @param addSpacePrefix SentencePiece: whether text is encoded as if a space stood before it
 * @param ignoreMerges byte-level BPE: whether a word that is a token stays whole even where the
 *     merges would not reach it
 * @param sentencePieceRules how a SentencePiece model prepares a whole text; empty where the
 *     algorithm and {@code addSpacePrefix} say it all
 * @param rstripIds added tokens that swallow the white space behind them
 */
public record TokenizerSpec(
        Algorithm algorithm,
        List<String> tokens,
        float[] scores,
        List<TokenType> types,
        List<String> merges,
        String preTokenizer,
        SpecialIds specialIds,
        boolean addBos,
        boolean addEos,
        boolean addSpacePrefix,
        boolean ignoreMerges,
        Optional<SentencePieceRules> sentencePieceRules,
        Set<Integer> rstripIds) {

    /**
     * Validates and copies.
     *
     * @throws TokenizerException if sizes differ, an id is outside the vocabulary, a merge is not a
     *     pair, a score is not a number, or BOS or EOS is to be added and has no id
     */
    public TokenizerSpec {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(preTokenizer, "preTokenizer");
        Objects.requireNonNull(specialIds, "specialIds");
        Objects.requireNonNull(sentencePieceRules, "sentencePieceRules");
        tokens = List.copyOf(tokens);
        scores = scores.clone();
        types = List.copyOf(types);
        merges = List.copyOf(merges);
        rstripIds = Set.copyOf(rstripIds);
        if (tokens.isEmpty()) {
            throw new TokenizerException("expected a vocabulary, found no token");
        }
        requireSize("types", types.size(), tokens.size());
        requireScores(algorithm, scores, tokens.size());
        requireRules(algorithm, sentencePieceRules);
        merges.forEach(TokenizerSpec::requirePair);
        specialIds.requireWithin(tokens.size());
        requireId("BOS", addBos, specialIds.bos());
        requireId("EOS", addEos, specialIds.eos());
    }

    /** A copy of the scores {@code [V]}; empty if the file has none. */
    @Override
    public float[] scores() {
        return scores.clone();
    }

    /** Begins a spec of this algorithm with this vocabulary; everything else has a default. */
    public static TokenizerSpecBuilder builder(Algorithm algorithm, List<String> tokens) {
        return new TokenizerSpecBuilder(algorithm, tokens);
    }

    /** Equal if every part is equal, the scores by value. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TokenizerSpec that
                && algorithm == that.algorithm
                && tokens.equals(that.tokens)
                && Arrays.equals(scores, that.scores)
                && types.equals(that.types)
                && merges.equals(that.merges)
                && preTokenizer.equals(that.preTokenizer)
                && specialIds.equals(that.specialIds)
                && addBos == that.addBos
                && addEos == that.addEos
                && addSpacePrefix == that.addSpacePrefix
                && ignoreMerges == that.ignoreMerges
                && sentencePieceRules.equals(that.sentencePieceRules)
                && rstripIds.equals(that.rstripIds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(algorithm, tokens, types, merges, preTokenizer, specialIds);
    }

    /** The sizes rather than the vocabulary itself. */
    @Override
    public String toString() {
        return "TokenizerSpec[%s, %d tokens, %d merges, pre-tokenizer %s]"
                .formatted(algorithm, tokens.size(), merges.size(), preTokenizer);
    }

    private static void requireSize(String name, int found, int numTokens) {
        if (found != numTokens) {
            throw new TokenizerException(
                    "%s: expected %d, one for each token, found %d"
                            .formatted(name, numTokens, found));
        }
    }

    private static void requireScores(Algorithm algorithm, float[] scores, int numTokens) {
        if (scores.length > 0 || algorithm.isSentencePiece()) {
            requireSize("scores", scores.length, numTokens);
        }
        for (int id = 0; id < scores.length; id++) {
            if (Float.isNaN(scores[id])) {
                throw new TokenizerException(
                        "score of token %d: expected a number, found NaN".formatted(id));
            }
        }
    }

    private static void requireRules(Algorithm algorithm, Optional<SentencePieceRules> rules) {
        boolean isFitting =
                switch (algorithm) {
                    case SENTENCEPIECE_BPE -> true;
                    case UNIGRAM -> rules.isPresent();
                    case BYTE_BPE, BYTE_RANKS, WORD_PIECE -> rules.isEmpty();
                };
        if (!isFitting) {
            throw new TokenizerException(
                    "%s: expected %s, found %s"
                            .formatted(
                                    algorithm,
                                    rules.isPresent()
                                            ? "no rules of a SentencePiece model"
                                            : "the rules of its SentencePiece model",
                                    rules.isPresent() ? "some" : "none"));
        }
    }

    private static void requirePair(String merge) {
        int space = merge.indexOf(' ', 1);
        if (space < 0 || space == merge.length() - 1) {
            throw new TokenizerException(
                    "merge: expected two tokens with a space between, found \"%s\""
                            .formatted(merge));
        }
    }

    private static void requireId(String name, boolean isAdded, OptionalInt id) {
        if (isAdded && id.isEmpty()) {
            throw new TokenizerException(
                    "the checkpoint asks for %s to be added and names no %s token id"
                            .formatted(name, name));
        }
    }
}
