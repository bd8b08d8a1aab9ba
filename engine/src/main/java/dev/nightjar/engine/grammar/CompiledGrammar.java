package dev.nightjar.engine.grammar;

import dev.nightjar.engine.grammar.mask.GrammarConstraint;
import dev.nightjar.engine.grammar.mask.MaskedGrammar;
import dev.nightjar.engine.request.TokenConstraint;

/** A grammar that is ready for sequences. Safe for use by many threads. */
public final class CompiledGrammar {

    private final MaskedGrammar grammar;

    CompiledGrammar(MaskedGrammar grammar) {
        this.grammar = grammar;
    }

    long sizeBytes() {
        return grammar.sizeBytes();
    }

    /** A fresh constraint, for one sequence. */
    public TokenConstraint start() {
        return new GrammarConstraint(grammar);
    }
}
