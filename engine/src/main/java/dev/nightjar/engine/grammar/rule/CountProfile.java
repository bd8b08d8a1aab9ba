package dev.nightjar.engine.grammar.rule;

import java.util.Arrays;

/** Tokens by how many parts of a repetition they need, and its exits. Immutable. */
public final class CountProfile {

    private final int[] tokens;

    /** Where the tokens that need {@code k} parts end. */
    private final int[] ends;

    private final Exits exits;

    private CountProfile(int[] tokens, int[] ends, Exits exits) {
        this.tokens = tokens;
        this.ends = ends;
        this.exits = exits;
    }

    /** Sets the bits of all tokens that need at most some parts. */
    public void addTokens(int max, long[] mask) {
        int to = ends[Math.min(max, ends.length - 1)];
        for (int i = 0; i < to; i++) {
            mask[tokens[i] >> 6] |= 1L << tokens[i];
        }
    }

    /** Where the repetition may be complete while a token goes on. */
    public Exits exits() {
        return exits;
    }

    /** Collects tokens and exits. */
    public static final class Builder {

        private final Exits.Builder exits = new Exits.Builder();
        private int[] tokens = new int[64];
        private int[] needs = new int[64];
        private int numTokens;

        /** Adds a token that needs some parts. */
        public void token(int id, int need) {
            if (numTokens == tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * numTokens);
                needs = Arrays.copyOf(needs, 2 * numTokens);
            }
            tokens[numTokens] = id;
            needs[numTokens++] = need;
        }

        /** Where exits are added. */
        public Exits.Builder exits() {
            return exits;
        }

        /** The profile. */
        public CountProfile build() {
            int max = 0;
            for (int i = 0; i < numTokens; i++) {
                max = Math.max(max, needs[i]);
            }
            int[] ends = new int[max + 2];
            for (int i = 0; i < numTokens; i++) {
                ends[needs[i] + 1]++;
            }
            for (int i = 1; i < ends.length; i++) {
                ends[i] += ends[i - 1];
            }
            int[] sorted = new int[numTokens];
            for (int i = 0; i < numTokens; i++) {
                sorted[ends[needs[i]]++] = tokens[i];
            }
            return new CountProfile(sorted, Arrays.copyOf(ends, max + 1), exits.build());
        }
    }
}
