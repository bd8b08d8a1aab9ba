package dev.nightjar.tokenizer.mistral;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The prompt formats of Mistral's own tokenizer files. */
public enum MistralVersion {
    /** {@code tokenizer.model}: instructions are text, no tools. */
    V1,
    /** {@code tokenizer.model.v2}: control tokens; calls and results after the last user only. */
    V2,
    /** {@code tokenizer.model.v3}: calls and results have ids and stay in the history. */
    V3,
    /** {@code tokenizer.model.v7}: system messages have control tokens of their own. */
    V7,
    /** {@code tekken.json}: calls stand one by one, with a control token before the arguments. */
    V11,
    /** {@code tekken.json}: tools stand before the first user; calls and results have no ids. */
    V13;

    private static final Pattern ENDING = Pattern.compile(".*\\.model(?:\\.(v\\d+)(?:m\\d+)?)?");

    /** The version of a file of this name; empty if it is none of Mistral's, or not implemented. */
    public static Optional<MistralVersion> ofFile(String name) {
        Matcher ending = ENDING.matcher(name);
        if (!ending.matches()) {
            return Optional.empty();
        }
        return ending.group(1) == null ? Optional.of(V1) : named(ending.group(1));
    }

    /** The version of this name, such as {@code v3}; empty if it is not implemented. */
    public static Optional<MistralVersion> named(String name) {
        return Arrays.stream(values())
                .filter(version -> version.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** Whether this is that version or a later one. */
    public boolean isAtLeast(MistralVersion other) {
        return compareTo(other) >= 0;
    }
}
