package dev.nightjar.engine.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.TokenConstraint;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GbnfMaskTest {

    private static final SmallVocabulary BYTES = SmallVocabulary.ofBytes("))", "()(", "1+", "\n\n");

    private static final String BALANCED =
            """
            # nested brackets
            root ::= group+
            group ::= "(" group* ")"
            """;

    private static final String ARITHMETIC =
            """
            root  ::= (expr "=" ws
                term "\\n")+
            expr  ::= term ([-+*/] term)*
            term  ::= ident | num   # comment
              | "(" ws expr ")" ws
            ident ::= [a-z] [a-z0-9_]* ws
            num   ::= [0-9]+ ws
            ws    ::= [ \\t\\n]*
            """;

    @ParameterizedTest
    @CsvSource({
        "(), true",
        "(()()), true",
        "(()), true",
        "((), false",
        "())(, false",
        "()(), true"
    })
    void followsRecursion(String text, boolean isText) {
        assertEquals(isText, BYTES.accepts(compile(BALANCED), text));
    }

    /** Masks on brackets, where a token may close several rules at once. */
    @Test
    void tokensMayLeaveSeveralRules() {
        TokenConstraint constraint = compile(BALANCED).start();
        int depth = 0;
        int closeTwo = 256;
        for (char bracket : "(((())())())".toCharArray()) {
            Set<Integer> expected = new TreeSet<>(Set.of((int) '(', 257));
            if (depth > 0) {
                expected.add((int) ')');
            } else {
                expected.remove((int) ')');
            }
            if (depth > 1) {
                expected.add(closeTwo);
            }
            assertEquals(expected, BYTES.allowed(constraint), "depth " + depth);
            constraint.accept(bracket);
            depth += bracket == '(' ? 1 : -1;
        }
        assertTrue(BYTES.allowed(constraint).contains(BYTES.end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1\n", "(1 +x2)*3= y\n", "a=1\nb_c= 2\n"})
    void takesTheNotationOfItsInventor(String text) {
        assertTrue(BYTES.accepts(compile(ARITHMETIC), text), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "\"a\"{2} aa true",
                "\"a\"{2} aaa false",
                "\"a\"{2,} aaaa true",
                "\"a\"{,2} aaa false",
                "[^a]{1,3} bcd true",
                "[\\x41-\\u0043] B true",
                ". é true",
                "\"\\u00e9\" é true",
                "[\\]\\-]+ ]-] true",
            })
    void knowsItsOperators(String body, String text, boolean isText) {
        assertEquals(isText, BYTES.accepts(compile("root ::= " + body), text));
    }

    @Test
    void tokensAreTerminals() {
        CompiledGrammar grammar = compile("root ::= \"a\" <[%d]> \"b\"".formatted(BYTES.control));
        TokenConstraint constraint = grammar.start();
        constraint.accept('a');
        assertEquals(Set.of(BYTES.control), BYTES.allowed(constraint));
        constraint.accept(BYTES.control);
        assertEquals(Set.of((int) 'b'), BYTES.allowed(constraint));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "root ::= a; root; not defined",
                "root ::= root \"a\" | \"b\"; root; left recursion",
                "root ::= a \"x\"\\na ::= b? a | \"y\"\\nb ::= \"z\"; a; left recursion",
                "start ::= \"a\"; root; root",
                "root ::= \"a; line 1 column 10; end of the literal",
                "root ::= \"a\"\\nroot ::= \"b\"; line 2 column 1; twice",
                "root ::= \"a\"{3,2}; line 1 column 13; bounds",
                "root ::= ( \"a\"; line 1 column 15; expected",
                "root ::= \"a\" root; root; no text can be valid",
                "root ::= <nothing>; line 1 column 10; no token",
            })
    void namesThePlaceOfWhatItRefuses(String grammar, String place, String message) {
        GrammarException refused =
                assertThrows(GrammarException.class, () -> compile(grammar.replace("\\n", "\n")));
        assertEquals(place, refused.place());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void ambiguityStaysSmall() {
        CompiledGrammar grammar =
                compile("root ::= a | b\na ::= \"x\" root | \"x\"\nb ::= \"x\" root | \"x\"");
        TokenConstraint constraint = grammar.start();
        for (int i = 0; i < 2000; i++) {
            constraint.accept('x');
        }
        assertEquals(Set.of((int) 'x', BYTES.end), BYTES.allowed(constraint));
    }

    @Test
    void choicesAreWholeTexts() {
        CompiledGrammar grammar =
                BYTES.compiler.compile(new OutputFormat.Choice(List.of("yes", "no", "not")));
        assertTrue(BYTES.accepts(grammar, "no"));
        assertTrue(BYTES.accepts(grammar, "not"));
        assertTrue(!BYTES.accepts(grammar, "ye"));
    }

    private static CompiledGrammar compile(String grammar) {
        return BYTES.compiler.compile(new OutputFormat.Grammar(grammar));
    }
}
