package dev.nightjar.tokenizer.pipeline;

import dev.nightjar.tokenizer.algorithm.AddedTokenMatcher;
import dev.nightjar.tokenizer.normalizer.Normalizer;
import java.util.List;
import java.util.function.Predicate;

/**
 * The added tokens of a tokenizer, ready to be found.
 *
 * @param raw finds those that are found in the text as it was given
 * @param normalized finds those that are found in the normalized text
 */
record AddedTokens(AddedTokenMatcher raw, AddedTokenMatcher normalized) {
    /** The tokens that a condition admits. */
    static AddedTokens of(
            List<AddedToken> tokens, Normalizer normalizer, Predicate<AddedToken> isIncluded) {
        return new AddedTokens(
                AddedTokenMatcher.of(
                        tokens.stream()
                                .filter(isIncluded.and(token -> !token.isNormalized()))
                                .map(token -> entry(token, token.content()))
                                .toList()),
                AddedTokenMatcher.of(
                        tokens.stream()
                                .filter(isIncluded.and(AddedToken::isNormalized))
                                .map(token -> entry(token, normalizer.normalize(token.content())))
                                .toList()));
    }

    private static AddedTokenMatcher.Entry entry(AddedToken token, String spelling) {
        return new AddedTokenMatcher.Entry(
                token.id(),
                spelling,
                token.isSingleWord(),
                token.stripsLeft(),
                token.stripsRight());
    }
}
