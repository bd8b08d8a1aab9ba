package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.part.GrammarProblem;

/** Bounds the work of one answer, which an ambiguous grammar can make endless. Not shared. */
final class WorkLimit {

    private long left;

    /** Begins an answer. */
    void allow(long amount) {
        left = amount;
    }

    /**
     * Counts some work.
     *
     * @throws GrammarProblem if it is too much
     */
    void spend(int amount) {
        left -= amount;
        if (left < 0) {
            throw new GrammarProblem(
                    "grammar",
                    "the grammar is too ambiguous: a text can be read in too many ways; give"
                            + " repetitions inside of repetitions something that separates them");
        }
    }
}
