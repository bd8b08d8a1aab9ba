package dev.nightjar.engine.request;

import java.util.List;
import java.util.Set;

/**
 * Against repeated passages ("don't repeat yourself"): a token that would continue a passage which
 * occurred before, word for word, loses {@code multiplier * base^(length - allowedLength)} of its
 * logit, {@code length} being that of the passage so far.
 *
 * @param multiplier 0 is off; at most 100
 * @param base from 1 to 100
 * @param allowedLength passages shorter than this cost nothing; at least 1
 * @param window how many of the last tokens of prompt and completion are looked at; -1 is all
 * @param sequenceBreakers no passage reaches over a token that contains one of these texts
 * @param breakerTokens nor over one of these tokens; those with the texts above are added to them
 *     when a request meets its model
 */
public record DryParams(
        float multiplier,
        float base,
        int allowedLength,
        int window,
        List<String> sequenceBreakers,
        Set<Integer> breakerTokens) {

    /** Ends of lines, colons, quotes and asterisks, which structure text and may well recur. */
    public static final List<String> DEFAULT_BREAKERS = List.of("\n", ":", "\"", "*");

    /** Most texts that can be given. */
    public static final int MAX_BREAKERS = 64;

    /** Longest text that can be given. */
    public static final int MAX_BREAKER_LENGTH = 40;

    /** Checks every range. */
    public DryParams {
        Ranges.check(multiplier, 0, 100, "dry_multiplier");
        Ranges.check(base, 1, 100, "dry_base");
        Ranges.check(allowedLength >= 1, "dry_allowed_length", "at least 1", allowedLength);
        Ranges.check(window >= -1, "dry_penalty_last_n", "-1 (all) or at least 0", window);
        sequenceBreakers = List.copyOf(sequenceBreakers);
        breakerTokens = Set.copyOf(breakerTokens);
        Ranges.check(
                sequenceBreakers.size() <= MAX_BREAKERS,
                "dry_sequence_breakers",
                "at most %d texts".formatted(MAX_BREAKERS),
                sequenceBreakers.size());
        for (String text : sequenceBreakers) {
            Ranges.check(
                    !text.isEmpty() && text.length() <= MAX_BREAKER_LENGTH,
                    "dry_sequence_breakers",
                    "texts of 1 to %d characters".formatted(MAX_BREAKER_LENGTH),
                    "one of " + text.length());
        }
    }

    /** The usual settings: base 1.75, passages from 2 tokens on, everything looked at. */
    public static DryParams of(double multiplier) {
        return new DryParams((float) multiplier, 1.75f, 2, -1, DEFAULT_BREAKERS, Set.of());
    }

    /** With another base. */
    public DryParams withBase(double value) {
        return new DryParams(
                multiplier, (float) value, allowedLength, window, sequenceBreakers, breakerTokens);
    }

    /** With another length from which passages count. */
    public DryParams withAllowedLength(int value) {
        return new DryParams(multiplier, base, value, window, sequenceBreakers, breakerTokens);
    }

    /** Looking at so many of the last tokens; -1 for all. */
    public DryParams withWindow(int value) {
        return new DryParams(
                multiplier, base, allowedLength, value, sequenceBreakers, breakerTokens);
    }

    /** With other texts that end a passage. */
    public DryParams withSequenceBreakers(List<String> value) {
        return new DryParams(multiplier, base, allowedLength, window, value, breakerTokens);
    }

    /** With other tokens that end a passage. */
    public DryParams withBreakerTokens(Set<Integer> value) {
        return new DryParams(multiplier, base, allowedLength, window, sequenceBreakers, value);
    }

    /** Whether it changes anything. */
    public boolean isActive() {
        return multiplier > 0 && window != 0;
    }
}
