package dev.nightjar.tokenizer.algorithm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The scanners against the regular expressions that define them. */
class PreTokenizerTest {
    private static final Map<PreTokenizer, List<Pattern>> PATTERNS = compiled();

    @Property(tries = 1000)
    void scannersFollowTheirDefinitions(@ForAll("texts") String text) {
        PreTokenizerPatterns.all().keySet().forEach(rule -> check(rule, text));
    }

    @Property(tries = 10_000)
    @net.jqwik.api.Tag("full")
    void scannersFollowTheirDefinitionsOnMoreTexts(@ForAll("texts") String text) {
        PreTokenizerPatterns.all().keySet().forEach(rule -> check(rule, text));
    }

    /**
     * Every code point between letters, digits and spaces; a rare one is looked at by every rule.
     */
    @Test
    void commonCodePoints() {
        checkCodePoints(8192);
    }

    /** The same with every block of code points. */
    @Test
    @Tag("full")
    void allCodePoints() {
        checkCodePoints(64);
    }

    private static void checkCodePoints(int rareStep) {
        for (int start = 0; start < Character.MAX_CODE_POINT; start += 64) {
            StringBuilder text = new StringBuilder();
            for (int codePoint = start; codePoint < start + 64; codePoint++) {
                if (Character.isDefined(codePoint)
                        && Character.getType(codePoint) != Character.SURROGATE) {
                    text.appendCodePoint(codePoint).append("aB1 ".charAt(codePoint % 4));
                }
            }
            boolean isRare = start > 0x30FF;
            if (!text.isEmpty() && (!isRare || start % rareStep == 0)) {
                PATTERNS.keySet().forEach(rule -> check(rule, text.toString()));
            }
        }
    }

    /** A rule whose time grew with the square would take minutes. */
    @Test
    void longRunsTakeLinearTime() {
        for (String part : List.of(" ", "1", "a", "A", "\u0301", "\n", "中", "\u0001", "/", "'")) {
            byte[] utf8 = part.repeat(60_000).concat("x").getBytes(StandardCharsets.UTF_8);
            for (PreTokenizer rule : PreTokenizer.values()) {
                int[] end = new int[1];
                rule.split(utf8, 0, utf8.length, (from, to) -> end[0] = to);
                assertEquals(utf8.length, end[0]);
            }
        }
    }

    private static void check(PreTokenizer rule, String text) {
        List<String> expected = List.of(text);
        for (Pattern pattern : PATTERNS.get(rule)) {
            expected = expected.stream().flatMap(s -> pieces(pattern, s).stream()).toList();
        }
        assertEquals(expected, words(rule, text), () -> rule + ": \"" + text + "\"");
    }

    private static Map<PreTokenizer, List<Pattern>> compiled() {
        Map<PreTokenizer, List<Pattern>> compiled = new EnumMap<>(PreTokenizer.class);
        PreTokenizerPatterns.all()
                .forEach(
                        (rule, patterns) ->
                                compiled.put(
                                        rule,
                                        patterns.stream().map(PreTokenizerTest::compile).toList()));
        assertEquals(PreTokenizer.values().length, compiled.size());
        return compiled;
    }

    private static Pattern compile(String regex) {
        return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
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
        assertEquals(Optional.of(PreTokenizer.GPT4O), PreTokenizer.named("gpt-4o"));
        assertEquals(Optional.empty(), PreTokenizer.named("no such rule"));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", "B", "é", "中", "\u0301", "7", "٣", "½", " ", "  ", "\t", "\n", "\r",
                        "\r\n", "\u0085", "\u00A0", "\u2003", "'", "'s", "'LL", "'Ve", "'r", ".",
                        "!", "$", "+", "`", "|", "~", "—", "€", "🦙", "\0", "\u001C", "\u200D",
                        "123", "4567", "𝒜", "𝟙", "'\u017F", "ǅ", "ʰ", "あ", "한", "，", "…", "(",
                        "/", "_", "々", "〡", "ๆ", "ภ", "     ", "Ñ", "ß", "İ", "\u0903", "#", "e")
                .list()
                .ofMaxSize(14)
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
            if (!matcher.group().isEmpty()) {
                pieces.add(matcher.group());
            }
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
