package dev.nightjar.tokenizer.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions of Oniguruma: what is translated, what is refused, what is cut short. */
class RegexPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
                    \\h+               ; xBEEFg     ; BEEF
                    \\H+               ; BxyE       ; xy
                    [\\hx]+            ; gxAz       ; xA
                    \\p{N}{1,3}+       ; a12345b    ; 12345
                    (?:ab){2}+         ; ababababc  ; abababab
                    a{,2}b             ; aab        ; aab
                    \\p{Han}+          ; a漢字b       ; 漢字
                    \\p{Letter}+       ; 1ab2       ; ab
                    \\p{^L}+           ; ab12       ; 12
                    [[:alpha:]]+       ; 1é2        ; é
                    [[:^alpha:]]+      ; a12b       ; 12
                    [[:punct:]]+       ; a$+!b      ; $+!
                    []a]+              ; b]ab       ; ]a
                    (?i)é+             ; xÉéx       ; Éé
                    \\w+               ; ,é१_,      ; é१_
                    a{x                ; a{x        ; a{x
                    [^\\p{L}&&[^1]]    ; a12        ; 1
                    """)
    void translated(String pattern, String text, String firstMatch) {
        assertEquals(firstMatch, matches(pattern, text).getFirst());
    }

    @Test
    void lineEndsAndDots() {
        assertEquals(List.of("a", "b"), matches("^.$", "a\nb"));
        assertEquals(List.of("a\nb"), matches("(?m:a.b)", "a\nb"));
        assertEquals(List.of("a\rb"), matches("a.b", "a\rb"));
    }

    @Test
    void emptyMatchesNeverSplitACharacter() {
        List<Integer> places = new ArrayList<>();
        RegexPattern.ofOniguruma("x*").forEachMatch("🦙", (from, to) -> places.add(from));
        assertEquals(List.of(0, 2), places);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a)", "[a", "\\", "\\p{Nonsense}", "\\p", "a\\Kb", "(?~a)", "*"})
    void refused(String pattern) {
        assertThrows(PatternException.class, () -> RegexPattern.ofOniguruma(pattern));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(a|aa)+\\1b", "(a*)*\\1\\1b"})
    void endlessSearchesEnd(String pattern) {
        RegexPattern regex = RegexPattern.ofOniguruma(pattern);
        assertThrows(
                PatternException.class,
                () -> regex.forEachMatch("a".repeat(60) + "!", (from, to) -> {}));
    }

    private static List<String> matches(String pattern, String text) {
        List<String> matches = new ArrayList<>();
        RegexPattern.ofOniguruma(pattern)
                .forEachMatch(text, (from, to) -> matches.add(text.substring(from, to)));
        return matches;
    }
}
