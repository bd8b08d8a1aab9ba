package dev.nightjar.engine.grammar.rule;

import dev.nightjar.engine.grammar.automaton.Automaton;

/** A rule before it is known what it leads to. Mutable, for one compilation. */
final class Draft {

    final String name;
    Automaton automaton;
    Rule rule;
    boolean isCounted;
    int min;
    int max;
    boolean isNullable;
    boolean isProductive;

    Draft(String name) {
        this.name = name;
    }

    /** A rule that was compiled before. */
    static Draft of(String name, Rule rule) {
        Draft draft = new Draft(name);
        draft.rule = rule;
        draft.isNullable = rule.start().isAccepting();
        draft.isProductive = true;
        return draft;
    }

    boolean isKnown() {
        return automaton == null;
    }
}
