package dev.nightjar.engine.grammar.rule;

import java.util.Arrays;

/**
 * Places of the token trie behind which a rule may be complete: nodes below such places, grouped by
 * the byte that leads to them, as the caller takes few bytes. Immutable.
 */
public final class Exits {

    /** No exit. */
    public static final Exits NONE = new Builder().build();

    private static final int NUM_BYTES = 256;

    private final int[] nodes;

    /** How many parts of a repetition were complete. */
    private final short[] counts;

    /** Where the nodes of each byte begin, {@code [257]}. */
    private final int[] starts;

    private Exits(int[] nodes, short[] counts, int[] starts) {
        this.nodes = nodes;
        this.counts = counts;
        this.starts = starts;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return nodes.length == 0;
    }

    /** The first place of a byte's nodes; those of the next byte follow the last one. */
    public int start(int value) {
        return starts[value];
    }

    /** The node of the trie at a place. */
    public int node(int place) {
        return nodes[place];
    }

    /** How many parts of a repetition were complete at a place. */
    public int count(int place) {
        return counts[place];
    }

    /** The memory it takes. */
    public int sizeBytes() {
        return 6 * nodes.length + 4 * starts.length;
    }

    /** Collects exits. */
    public static final class Builder {

        private int[] nodes = new int[16];
        private short[] counts = new short[16];
        private byte[] labels = new byte[16];
        private int size;

        /** Adds a node below an exit, by the byte that leads to it. */
        public void add(int node, int label, int count) {
            if (size == nodes.length) {
                nodes = Arrays.copyOf(nodes, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
                labels = Arrays.copyOf(labels, 2 * size);
            }
            nodes[size] = node;
            counts[size] = (short) Math.min(count, Short.MAX_VALUE);
            labels[size++] = (byte) label;
        }

        /** The exits. */
        public Exits build() {
            int[] starts = new int[NUM_BYTES + 1];
            for (int i = 0; i < size; i++) {
                starts[(labels[i] & 0xFF) + 1]++;
            }
            for (int i = 1; i <= NUM_BYTES; i++) {
                starts[i] += starts[i - 1];
            }
            int[] next = starts.clone();
            int[] sorted = new int[size];
            short[] sortedCounts = new short[size];
            for (int i = 0; i < size; i++) {
                int place = next[labels[i] & 0xFF]++;
                sorted[place] = nodes[i];
                sortedCounts[place] = counts[i];
            }
            return new Exits(sorted, sortedCounts, starts);
        }
    }
}
