package dev.nightjar.engine.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.TokenConstraint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexMaskTest {

    private static final int MAX_TEXT = 10;
    private static final SmallVocabulary LETTERS =
            SmallVocabulary.of("a", "b", "ab", "ba", "aab", "bbb", "aaaa");
    private static final SmallVocabulary BYTES = SmallVocabulary.ofBytes("é1", "ab");

    /** Every mask is compared with all texts up to a length that the JDK's expressions match. */
    @Test
    void masksAreExactForRandomExpressions() {
        Random random = new Random(7);
        for (int round = 0; round < 150; round++) {
            String pattern = expression(random, 3);
            Set<String> matched = new HashSet<>();
            Set<String> prefixes = new HashSet<>();
            collect("", Pattern.compile(pattern), matched, prefixes);
            CompiledGrammar grammar =
                    LETTERS.compiler.compile(new OutputFormat.Regex("(?:" + pattern + ")"));
            check(pattern, grammar, new int[0], matched, prefixes);
        }
    }

    private static void check(
            String pattern,
            CompiledGrammar grammar,
            int[] tokens,
            Set<String> matched,
            Set<String> prefixes) {
        TokenConstraint constraint = grammar.start();
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            constraint.accept(token);
            text.append(new String(LETTERS.texts.get(token), StandardCharsets.UTF_8));
        }
        Set<Integer> expected = new TreeSet<>();
        for (int id = 0; id < LETTERS.control; id++) {
            if (prefixes.contains(
                    text + new String(LETTERS.texts.get(id), StandardCharsets.UTF_8))) {
                expected.add(id);
            }
        }
        if (matched.contains(text.toString())) {
            expected.add(LETTERS.end);
        }
        assertEquals(expected, LETTERS.allowed(constraint), pattern + " after \"" + text + "\"");
        for (int id : expected) {
            if (id != LETTERS.end && text.length() < 3) {
                int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
                longer[tokens.length] = id;
                check(pattern, grammar, longer, matched, prefixes);
            }
        }
    }

    private static void collect(
            String text, Pattern pattern, Set<String> matched, Set<String> prefixes) {
        if (pattern.matcher(text).matches()) {
            matched.add(text);
            for (int i = 0; i <= text.length(); i++) {
                prefixes.add(text.substring(0, i));
            }
        }
        if (text.length() < MAX_TEXT) {
            collect(text + "a", pattern, matched, prefixes);
            collect(text + "b", pattern, matched, prefixes);
        }
    }

    /** Expressions whose every beginning can be completed within {@link #MAX_TEXT} letters. */
    private static String expression(Random random, int depth) {
        int kind = depth == 0 ? random.nextInt(3) : random.nextInt(8);
        return switch (kind) {
            case 0 -> "a";
            case 1 -> "b";
            case 2 -> "[ab]";
            case 3, 4 -> expression(random, depth - 1) + expression(random, depth - 1);
            case 5 ->
                    "(?:%s|%s)"
                            .formatted(
                                    expression(random, depth - 1), expression(random, depth - 1));
            case 6 ->
                    "(?:%s)%s"
                            .formatted(
                                    expression(random, depth - 1), "*?+".charAt(random.nextInt(3)));
            default -> "(%s)?".formatted(expression(random, depth - 1));
        };
    }

    /** Repetitions that are counted instead of written out, seen by tokens of several parts. */
    @Test
    void countedRepetitionsAreExact() {
        CompiledGrammar grammar = LETTERS.compiler.compile(new OutputFormat.Regex("[ab]{5,400}a"));
        TokenConstraint constraint = grammar.start();
        int token = LETTERS.texts.size() - 4;
        int length = 0;
        while (length < 396) {
            assertEquals(
                    length >= 6, LETTERS.allowed(constraint).contains(LETTERS.end), "at " + length);
            constraint.accept(token);
            length += 4;
        }
        // 396 letters: 400 more can be [ab], the last one must be an a.
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, LETTERS.end), LETTERS.allowed(constraint));
        constraint.accept(6);
        assertEquals(Set.of(0, LETTERS.end), LETTERS.allowed(constraint));
        constraint.accept(0);
        assertEquals(Set.of(LETTERS.end), LETTERS.allowed(constraint));
        assertTrue(constraint.isComplete());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "\\d{3}-\\d{4} 555-0199 true",
                "\\d{3}-\\d{4} 555-019 false",
                "^a|b$ a true",
                "^(?:x|y)+?$ xyx true",
                "[^a-c]+ déf true",
                "[^a-c]+ dbf false",
                "\\p{Lu}\\p{Ll}+ Éa true",
                "\\p{Lu}\\p{Ll}+ éa false",
                "\\p{Script=Greek}+ αβγ true",
                ". 😀 true",
                "\\u{1F600} 😀 true",
                "\\uD83D\\uDE00 😀 true",
                "(?<year>\\d{4}) 2024 true",
                "[\\w.-]+@[\\w-]+\\.com a.b@c-d.com true",
                "a{2,}b aaab true",
                "a{2,}b ab false",
                "[]-a] ] false",
                "\\S+ a\u00a0b false",
            })
    void wholeTextsMatch(String pattern, String text, boolean isMatch) {
        if (pattern.equals("[]-a]")) {
            assertThrows(
                    GrammarException.class,
                    () -> BYTES.compiler.compile(new OutputFormat.Regex(pattern)));
            return;
        }
        CompiledGrammar grammar = BYTES.compiler.compile(new OutputFormat.Regex(pattern));
        assertEquals(isMatch, BYTES.accepts(grammar, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab(?=c)", "ab(?!c)", "ab(?<=c)", "ab(?<!c)", "ab\\1", "ab\\bc", "ab(?i)c", "ab*+",
                "ab)c", "ab[c", "ab\\q", "a(c", "ab{3,2}", "a^b", "ab\\p{Xyz}", "ab**"
            })
    void namesThePositionOfWhatItRefuses(String pattern) {
        GrammarException refused =
                assertThrows(
                        GrammarException.class,
                        () -> BYTES.compiler.compile(new OutputFormat.Regex(pattern)));
        assertTrue(refused.place().matches("position [123]"), refused.place());
        assertTrue(refused.getMessage().contains(refused.place()), refused.getMessage());
    }

    @Test
    void partsOfCharactersAreFollowedByTheirRest() {
        CompiledGrammar grammar = BYTES.compiler.compile(new OutputFormat.Regex("[é😀]"));
        TokenConstraint constraint = grammar.start();
        assertEquals(Set.of(0xC3, 0xF0), BYTES.allowed(constraint));
        constraint.accept(0xF0);
        assertEquals(Set.of(0x9F), BYTES.allowed(constraint));
        assertFalse(constraint.isComplete());
        assertThrows(IllegalArgumentException.class, () -> constraint.accept('a'));
    }

    @Test
    void whatTheVocabularyCannotWriteIsAnError() {
        CompiledGrammar grammar = LETTERS.compiler.compile(new OutputFormat.Regex("ac"));
        TokenConstraint constraint = grammar.start();
        constraint.accept(0);
        assertThrows(RuntimeException.class, () -> LETTERS.allowed(constraint));
    }
}
