package dev.nightjar.engine.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.grammar.part.FreeText;
import dev.nightjar.engine.grammar.part.Part;
import dev.nightjar.engine.grammar.part.Trigger;
import dev.nightjar.engine.request.TokenConstraint;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriggeredGrammarTest {

    private static final SmallVocabulary BYTES =
            SmallVocabulary.ofBytes("<call>", "l>{", "l>x", "}</call>", "}!", "hello");
    private static final int CALL_BRACE = 257;
    private static final int CALL_LETTER = 258;
    private static final int CLOSE = 259;
    private static final int CLOSE_WRONG = 260;

    private static CompiledGrammar calls(FreeText.After after) {
        Grammar.Builder grammar = Grammar.builder();
        Part call =
                Part.sequence(
                        grammar.json("{\"type\":\"object\",\"additionalProperties\":false}"),
                        Part.literal("</call>"));
        Trigger trigger = new Trigger(Part.literal("<call>"), call);
        return BYTES.compiler.compile(grammar.build(FreeText.triggered(List.of(trigger), after)));
    }

    @Test
    void everythingIsFreeBeforeTheTrigger() {
        TokenConstraint constraint = calls(FreeText.After.FREE).start();
        Set<Integer> allowed = BYTES.allowed(constraint);
        assertTrue(allowed.containsAll(Set.of(0x00, 0xFF, BYTES.control, BYTES.end, 261)));
        assertEquals(BYTES.texts.size(), allowed.size());
        write(constraint, "a < b <cal");
        allowed = BYTES.allowed(constraint);
        assertTrue(allowed.contains(CALL_BRACE));
        assertFalse(allowed.contains(CALL_LETTER), "goes on wrongly behind the trigger");
        constraint.accept(BYTES.control);
        assertTrue(BYTES.allowed(constraint).contains(CALL_LETTER), "no trigger any more");
    }

    @Test
    void theTriggerStartsTheGrammarAndItsEndFreesAgain() {
        TokenConstraint constraint = calls(FreeText.After.FREE).start();
        write(constraint, "hi <cal");
        constraint.accept(CALL_BRACE);
        assertEquals(Set.of((int) '}', CLOSE), BYTES.allowed(constraint));
        constraint.accept(CLOSE);
        assertEquals(BYTES.texts.size(), BYTES.allowed(constraint).size());
        write(constraint, "<call>");
        assertEquals(Set.of((int) '{'), BYTES.allowed(constraint));
        assertFalse(BYTES.allowed(constraint).contains(CLOSE_WRONG));
    }

    @Test
    void theEndMayBeDemandedAfterwards() {
        TokenConstraint constraint = calls(FreeText.After.END).start();
        write(constraint, "<call>{}</call>");
        assertEquals(Set.of(BYTES.end), BYTES.allowed(constraint));
        assertTrue(constraint.isComplete());
        constraint = calls(FreeText.After.TRIGGER).start();
        write(constraint, "<call>{}</call>");
        assertEquals(Set.of((int) '<', 256, BYTES.end), BYTES.allowed(constraint));
    }

    @Test
    void aControlTokenCanBeTheTrigger() {
        Grammar.Builder grammar = Grammar.builder();
        Part root =
                FreeText.triggered(
                        List.of(
                                new Trigger(Part.token(BYTES.control), Part.literal("x")),
                                new Trigger(Part.literal("["), Part.literal("y]"))),
                        FreeText.After.FREE);
        TokenConstraint constraint = BYTES.compiler.compile(grammar.build(root)).start();
        write(constraint, "abc");
        constraint.accept(BYTES.other);
        constraint.accept(BYTES.control);
        assertEquals(Set.of((int) 'x'), BYTES.allowed(constraint));
        write(constraint, "x[");
        assertEquals(Set.of((int) 'y'), BYTES.allowed(constraint));
        write(constraint, "y]");
        assertEquals(BYTES.texts.size(), BYTES.allowed(constraint).size());
    }

    @Test
    void textUntilALiteralEndsAtItsFirstPlace() {
        Grammar.Builder grammar = Grammar.builder();
        CompiledGrammar compiled =
                BYTES.compiler.compile(
                        grammar.build(Part.sequence(FreeText.until("aab"), Part.literal("!"))));
        assertTrue(BYTES.accepts(compiled, "xaaab!"));
        assertFalse(BYTES.accepts(compiled, "aabaab!"));
    }

    private static void write(TokenConstraint constraint, String text) {
        for (char letter : text.toCharArray()) {
            assertTrue(BYTES.allowed(constraint).contains((int) letter), "before " + letter);
            constraint.accept(letter);
        }
    }
}
