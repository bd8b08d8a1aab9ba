package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.algorithm.PreTokenizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Regular expressions of published tokenizers that are known to cut text into words by one of the
 * rules in {@link PreTokenizer}, which runs without a regular expression. A tokenizer may have
 * several of them, each of which cuts the pieces of the one before.
 */
public final class KnownPatterns {
    private static final String CONTRACTIONS = "'s|'t|'re|'ve|'m|'ll|'d";
    private static final String ANY_CASE = "(?i:" + CONTRACTIONS + ")";
    private static final String GPT2_WORDS = "| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+";
    private static final String SPACE = "|\\s+(?!\\S)|\\s+";
    private static final String LINES = "|\\s*[\\r\\n]+";
    private static final String LETTERS = "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
    private static final String SIGNS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*";
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String BEFORE = "[^\\r\\n\\p{L}\\p{N}]?";
    private static final String CASED_SIGNS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*";

    private static final Map<List<String>, PreTokenizer> RULES =
            Map.ofEntries(
                    Map.entry(List.of(CONTRACTIONS + GPT2_WORDS + SPACE), PreTokenizer.GPT2),
                    Map.entry(
                            List.of("'(?:[sdmt]|ll|ve|re)" + GPT2_WORDS + SPACE),
                            PreTokenizer.GPT2),
                    Map.entry(llama3("\\p{N}{1,3}"), PreTokenizer.LLAMA3),
                    Map.entry(llama3("\\p{N}"), PreTokenizer.QWEN2),
                    Map.entry(
                            List.of(
                                    ANY_CASE
                                            + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}"
                                            + "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*"
                                            + LINES
                                            + SPACE),
                            PreTokenizer.QWEN35),
                    Map.entry(cased(ANY_CASE + "?", "\\p{N}{1,3}"), PreTokenizer.GPT4O),
                    Map.entry(cased("", "\\p{N}"), PreTokenizer.TEKKEN),
                    Map.entry(
                            List.of(
                                    "\\p{N}{1,3}",
                                    "[一-龥\u3040-ゟ゠-ヿ]+",
                                    "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
                                            + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
                                            + "| ?[\\p{P}\\p{S}]+[\\r\\n]*"
                                            + LINES
                                            + SPACE),
                            PreTokenizer.DEEPSEEK_V3));

    private KnownPatterns() {}

    /** The rule that cuts as these expressions match, one after the other. */
    public static Optional<PreTokenizer> ruleOf(List<String> patterns) {
        return Optional.ofNullable(RULES.get(patterns));
    }

    /** All known expressions with their rules. */
    public static Map<List<String>, PreTokenizer> all() {
        return RULES;
    }

    private static List<String> llama3(String numbers) {
        return List.of(ANY_CASE + LETTERS + "|" + numbers + SIGNS + LINES + SPACE);
    }

    private static List<String> cased(String contractions, String numbers) {
        return List.of(
                BEFORE
                        + UPPER
                        + "*"
                        + LOWER
                        + "+"
                        + contractions
                        + "|"
                        + BEFORE
                        + UPPER
                        + "+"
                        + LOWER
                        + "*"
                        + contractions
                        + "|"
                        + numbers
                        + CASED_SIGNS
                        + LINES
                        + SPACE);
    }
}
