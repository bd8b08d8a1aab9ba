package dev.nightjar.engine.grammar.regex;

import dev.nightjar.engine.grammar.automaton.RangeSet;
import java.util.List;

/** A parsed regular expression. */
sealed interface Expression {

    /** Nothing. */
    Expression EMPTY = new Sequence(List.of());

    /** Any text. */
    Expression ANYTHING = new Repeat(new Chars(RangeSet.SCALARS), 0, Repeat.UNBOUNDED);

    /** One code point of a set. */
    record Chars(RangeSet set) implements Expression {}

    /** One after the other. */
    record Sequence(List<Expression> parts) implements Expression {}

    /** One of several. */
    record Choice(List<Expression> parts) implements Expression {}

    /** Several times. */
    record Repeat(Expression part, int min, int max) implements Expression {
        static final int UNBOUNDED = -1;
    }

    /** The beginning or the end of the text. */
    record Anchor(boolean isBegin, int position) implements Expression {}
}
