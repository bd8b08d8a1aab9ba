package dev.nightjar.tokenizer.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The scanners against the regular expressions that define them. */
class PreTokenizerTest {
    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String LLAMA3 =
            "'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]"
                    + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String QWEN2 = LLAMA3.replace("{1,3}", "");
    private static final String QWEN35 =
            QWEN2.replace("?\\p{L}+", "?[\\p{L}\\p{M}]+")
                    .replace(" ?[^\\s\\p{L}", " ?[^\\s\\p{L}\\p{M}");

    private static final Map<PreTokenizer, List<String>> DEFINITIONS =
            Map.of(
                    PreTokenizer.DEFAULT,
                    List.of("[\\p{P}$+<=>^~|]+", GPT2, "\\p{N}+", "[0-9][0-9][0-9]"),
                    PreTokenizer.GPT2,
                    List.of(GPT2),
                    PreTokenizer.DIGITS,
                    List.of("\\p{N}", GPT2),
                    PreTokenizer.FALCON,
                    List.of("[\\p{P}$+<=>^~|`]+", GPT2, "[0-9][0-9][0-9]"),
                    PreTokenizer.LLAMA3,
                    List.of(LLAMA3),
                    PreTokenizer.QWEN2,
                    List.of(QWEN2),
                    PreTokenizer.QWEN35,
                    List.of(QWEN35));

    @Property(tries = 1000)
    void scannersFollowTheirDefinitions(@ForAll("texts") String text) {
        for (PreTokenizer rule : PreTokenizer.values()) {
            List<String> expected = List.of(text);
            for (String regex : DEFINITIONS.get(rule)) {
                Pattern pattern = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
                expected = expected.stream().flatMap(s -> pieces(pattern, s).stream()).toList();
            }
            assertEquals(expected, words(rule, text), () -> rule + ": \"" + text + "\"");
        }
    }

    @Test
    void wordsOfASentence() {
        String text = "I've  12345 cats!!\n\n  Don'T";
        assertEquals(
                List.of("I", "'ve", " ", " 12345", " cats", "!!", "\n\n ", " Don", "'", "T"),
                words(PreTokenizer.GPT2, text));
        assertEquals(
                List.of("I", "'ve", " ", " ", "123", "45", " cats", "!!\n\n", " ", " Don", "'T"),
                words(PreTokenizer.LLAMA3, text));
        assertEquals(
                List.of(
                        "I", "'ve", "  ", "1", "2", "3", "4", "5", " cats", "!!", "\n\n ", " Don",
                        "'", "T"),
                words(PreTokenizer.DIGITS, text));
    }

    @Test
    void everyNameHasOneRule() {
        assertEquals(
                PreTokenizer.knownNames().stream().distinct().toList(), PreTokenizer.knownNames());
        PreTokenizer.knownNames().forEach(n -> assertTrue(PreTokenizer.named(n).isPresent(), n));
        assertEquals(Optional.of(PreTokenizer.DIGITS), PreTokenizer.named("smollm"));
        assertEquals(Optional.empty(), PreTokenizer.named("no such rule"));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", "B", "é", "中", "\u0301", "7", "٣", "½", " ", "  ", "\t", "\n", "\r",
                        "\r\n", "\u0085", "\u00A0", "\u2003", "'", "'s", "'LL", "'Ve", "'r", ".",
                        "!", "$", "+", "`", "|", "~", "—", "€", "🦙", "\0", "\u001C", "\u200D",
                        "123", "4567", "𝒜", "𝟙")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    /** The matches and what stands between them. */
    private static List<String> pieces(Pattern pattern, String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() > end) {
                pieces.add(text.substring(end, matcher.start()));
            }
            pieces.add(matcher.group());
            end = matcher.end();
        }
        if (end < text.length()) {
            pieces.add(text.substring(end));
        }
        return pieces;
    }

    private static List<String> words(PreTokenizer rule, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>();
        rule.split(
                utf8,
                0,
                utf8.length,
                (start, end) ->
                        words.add(new String(utf8, start, end - start, StandardCharsets.UTF_8)));
        return words;
    }
}
