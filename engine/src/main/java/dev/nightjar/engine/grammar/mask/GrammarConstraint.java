package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.rule.TokenSet;
import dev.nightjar.engine.request.TokenConstraint;
import java.util.Arrays;

/** One sequence's way through a grammar. For one thread at a time. */
public final class GrammarConstraint implements TokenConstraint {

    private final MaskedGrammar grammar;
    private final TokenIndex index;
    private Stacks stacks;
    private boolean isEnded;

    /** Begins a text. */
    public GrammarConstraint(MaskedGrammar grammar) {
        this.grammar = grammar;
        index = grammar.index();
        stacks = grammar.start();
    }

    @Override
    public void fillMask(long[] mask) {
        if (mask.length < index.numWords()) {
            throw new IllegalArgumentException(
                    "mask: expected %d words, found %d".formatted(index.numWords(), mask.length));
        }
        if (isEnded) {
            Arrays.fill(mask, 0);
            index.addEndTokens(mask);
            return;
        }
        TokenSet allowed = grammar.mask(stacks);
        if (allowed.isEmpty() && !stacks.hasEmpty) {
            throw new GrammarProblem(
                    "vocabulary",
                    "no token of the vocabulary can continue the text as its grammar demands");
        }
        allowed.copyTo(mask);
        if (stacks.hasEmpty) {
            index.addEndTokens(mask);
        }
    }

    @Override
    public void accept(int token) {
        if (token < 0 || token >= index.numTokens()) {
            throw new IllegalArgumentException(
                    "token: expected 0 to %d, found %d".formatted(index.numTokens() - 1, token));
        }
        Stacks next = isEnded ? StackPool.NONE : grammar.accept(stacks, token);
        if (next != StackPool.NONE) {
            stacks = next;
        } else if (index.isEndToken(token) && (isEnded || stacks.hasEmpty)) {
            isEnded = true;
        } else {
            throw new IllegalArgumentException(
                    "token %d may not follow: the last mask did not allow it".formatted(token));
        }
    }

    @Override
    public boolean isComplete() {
        return isEnded || stacks.tops.length == 0;
    }
}
