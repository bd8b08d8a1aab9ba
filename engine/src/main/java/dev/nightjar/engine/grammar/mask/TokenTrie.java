package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.rule.Exits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The texts of all tokens as a trie of bytes, flat and in depth-first order: the nodes below node
 * {@code i} are those from {@code i + 1} to before {@code end(i)}. Node 0 is the root. Immutable.
 */
final class TokenTrie {

    private final byte[] labels;
    private final short[] depths;
    private final int[] ends;

    /** The tokens that end in a node are {@code ids[firstIds[i]..firstIds[i + 1])}. */
    private final int[] firstIds;

    private final int[] ids;

    private TokenTrie(byte[] labels, short[] depths, int[] ends, int[] firstIds, int[] ids) {
        this.labels = labels;
        this.depths = depths;
        this.ends = ends;
        this.firstIds = firstIds;
        this.ids = ids;
    }

    static TokenTrie of(byte[][] texts) {
        int[] sorted =
                IntStream.range(0, texts.length)
                        .filter(id -> texts[id].length > 0)
                        .boxed()
                        .sorted(Comparator.comparing(id -> texts[id], Arrays::compareUnsigned))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int numNodes = 1;
        byte[] before = {};
        for (int id : sorted) {
            numNodes += texts[id].length - shared(before, texts[id]);
            before = texts[id];
        }
        byte[] labels = new byte[numNodes];
        short[] depths = new short[numNodes];
        int[] firstIds = new int[numNodes + 1];
        int node = 0;
        before = new byte[0];
        for (int i = 0; i < sorted.length; i++) {
            byte[] text = texts[sorted[i]];
            for (int at = shared(before, text); at < text.length; at++) {
                node++;
                labels[node] = text[at];
                depths[node] = (short) (at + 1);
                firstIds[node] = i;
            }
            before = text;
        }
        firstIds[numNodes] = sorted.length;
        return new TokenTrie(labels, depths, ends(depths), firstIds, sorted);
    }

    private static int shared(byte[] a, byte[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }

    private static int[] ends(short[] depths) {
        int[] ends = new int[depths.length];
        int[] open = new int[Short.MAX_VALUE + 1];
        int depth = 0;
        for (int node = 1; node < depths.length; node++) {
            while (depth >= depths[node]) {
                ends[open[depth--]] = node;
            }
            open[++depth] = node;
        }
        while (depth >= 0) {
            ends[open[depth--]] = depths.length;
        }
        return ends;
    }

    int numNodes() {
        return labels.length;
    }

    int label(int node) {
        return labels[node] & 0xFF;
    }

    /** The length of the text that leads to a node. */
    int depth(int node) {
        return depths[node];
    }

    int end(int node) {
        return ends[node];
    }

    /** The place in {@link #id} of the first token that ends in a node. */
    int firstToken(int node) {
        return firstIds[node];
    }

    /** A token by its place. */
    int id(int place) {
        return ids[place];
    }

    /** Adds the nodes below an exit after some parts of a repetition. */
    void addChildren(int exit, int count, Exits.Builder exits) {
        for (int child = exit + 1; child < end(exit); child = end(child)) {
            exits.add(child, label(child), count);
        }
    }

    /** Sets the bits of the tokens that end in a node. */
    void addTokens(int node, long[] mask) {
        for (int i = firstIds[node]; i < firstIds[node + 1]; i++) {
            mask[ids[i] >> 6] |= 1L << ids[i];
        }
    }
}
