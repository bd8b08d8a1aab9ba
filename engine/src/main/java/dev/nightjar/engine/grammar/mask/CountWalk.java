package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.rule.CountProfile;
import dev.nightjar.engine.grammar.rule.CountedSteps;

/**
 * Finds for each token how many repetitions of a part it needs, in one walk over the trie; the mask
 * for any bound is then a matter of sorting. For one thread at a time.
 */
final class CountWalk {

    private final TokenTrie trie;
    private final int[] states;
    private final int[] counts;

    CountWalk(TokenTrie trie, int maxTokenBytes) {
        this.trie = trie;
        states = new int[maxTokenBytes + 1];
        counts = new int[maxTokenBytes + 1];
    }

    CountProfile profile(CountedSteps steps, int state) {
        CountProfile known = steps.profile(state);
        if (known == null) {
            known = walk(steps, state);
            steps.remember(state, known);
        }
        return known;
    }

    private CountProfile walk(CountedSteps steps, int start) {
        CountProfile.Builder profile = new CountProfile.Builder();
        states[0] = start;
        int node = 1;
        while (node < trie.numNodes()) {
            int depth = trie.depth(node);
            int step = steps.step(states[depth - 1], trie.label(node));
            if (step == CountedSteps.NONE) {
                node = trie.end(node);
                continue;
            }
            int state = step >> 1;
            int count = counts[depth - 1] + (step & 1);
            states[depth] = state;
            counts[depth] = count;
            // A part that was begun counts, too.
            int need = state == 0 ? count : count + 1;
            for (int i = trie.firstToken(node); i < trie.firstToken(node + 1); i++) {
                profile.token(trie.id(i), need);
            }
            boolean mayEnd = state == 0 || steps.mayEnd(state);
            if (mayEnd && trie.end(node) > node + 1) {
                trie.addChildren(node, need, profile.exits());
            }
            node++;
        }
        return profile.build();
    }
}
