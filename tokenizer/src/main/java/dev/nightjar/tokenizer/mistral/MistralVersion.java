package dev.nightjar.tokenizer.mistral;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The prompt formats of Mistral's own tokenizer files, by the ending of the file's name. */
public enum MistralVersion {
    /** {@code tokenizer.model}: instructions are text, no tools. */
    V1,
    /** {@code tokenizer.model.v2}: control tokens; calls and results after the last user only. */
    V2,
    /** {@code tokenizer.model.v3}: calls and results have ids and stay in the history. */
    V3,
    /** {@code tokenizer.model.v7}: system messages have control tokens of their own. */
    V7;

    private static final Pattern ENDING = Pattern.compile(".*\\.model(?:\\.(v\\d+)(?:m\\d+)?)?");

    /** The version of a file of this name; empty if it is none of Mistral's, or not implemented. */
    public static Optional<MistralVersion> ofFile(String name) {
        Matcher ending = ENDING.matcher(name);
        if (!ending.matches()) {
            return Optional.empty();
        }
        return switch (ending.group(1)) {
            case null -> Optional.of(V1);
            case "v1" -> Optional.of(V1);
            case "v2" -> Optional.of(V2);
            case "v3" -> Optional.of(V3);
            case "v7" -> Optional.of(V7);
            default -> Optional.empty();
        };
    }

    boolean isAtLeast(MistralVersion other) {
        return compareTo(other) >= 0;
    }
}
