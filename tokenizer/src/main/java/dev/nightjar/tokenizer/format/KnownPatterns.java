package dev.nightjar.tokenizer.format;

import dev.nightjar.tokenizer.algorithm.PreTokenizer;
import java.util.Map;
import java.util.Optional;

/**
 * Regular expressions of published tokenizers that are known to cut text into words by one of the
 * rules in {@link PreTokenizer}, which runs without a regular expression.
 */
final class KnownPatterns {
    private static final String GPT2_TAIL = " ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+";
    private static final String SPACE_TAIL = "|\\s+(?!\\S)|\\s+";
    private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String CONTRACTIONS_OUTSIDE = "(?:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String LETTERS = "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
    private static final String SIGNS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+";

    private static final Map<String, PreTokenizer> RULES =
            Map.ofEntries(
                    Map.entry(
                            "'s|'t|'re|'ve|'m|'ll|'d|" + GPT2_TAIL + SPACE_TAIL, PreTokenizer.GPT2),
                    Map.entry("'(?:[sdmt]|ll|ve|re)|" + GPT2_TAIL + SPACE_TAIL, PreTokenizer.GPT2),
                    Map.entry(
                            CONTRACTIONS_OUTSIDE + "|" + GPT2_TAIL + SPACE_TAIL, PreTokenizer.GPT2),
                    Map.entry(
                            CONTRACTIONS + LETTERS + "|\\p{N}{1,3}" + SIGNS + SPACE_TAIL,
                            PreTokenizer.LLAMA3),
                    Map.entry(
                            CONTRACTIONS + LETTERS + "|\\p{N}" + SIGNS + SPACE_TAIL,
                            PreTokenizer.QWEN2),
                    Map.entry(
                            CONTRACTIONS
                                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}"
                                    + "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+"
                                    + SPACE_TAIL,
                            PreTokenizer.QWEN35));

    private KnownPatterns() {}

    /** The rule that cuts as this expression matches. */
    static Optional<PreTokenizer> ruleOf(String pattern) {
        return Optional.ofNullable(RULES.get(pattern));
    }
}
