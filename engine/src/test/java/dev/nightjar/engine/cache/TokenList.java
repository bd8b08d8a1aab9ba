package dev.nightjar.engine.cache;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A sequence of fixed tokens. */
record TokenList(int[] tokens, String cacheSalt, BlockTable blocks) implements CachedSequence {

    static TokenList of(int... tokens) {
        return salted("", tokens);
    }

    static TokenList salted(String salt, int... tokens) {
        return new TokenList(tokens, salt, new BlockTable());
    }

    /** Tokens {@code from, from + 1, ..., to - 1}. */
    static TokenList range(int from, int to) {
        return of(IntStream.range(from, to).toArray());
    }

    /** The first tokens of this list, then others. */
    TokenList branch(int length, int... tail) {
        int[] joined = Arrays.copyOf(tokens, length + tail.length);
        System.arraycopy(tail, 0, joined, length, tail.length);
        return salted(cacheSalt, joined);
    }

    @Override
    public int token(int position) {
        return tokens[position];
    }

    @Override
    public int numTokens() {
        return tokens.length;
    }

    @Override
    public String toString() {
        return Arrays.toString(tokens);
    }
}
