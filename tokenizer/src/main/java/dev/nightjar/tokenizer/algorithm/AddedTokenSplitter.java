package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;
import java.util.Map;

/**
 * Finds the tokens that match as a whole before any merge: from left to right, the longest at each
 * position. Immutable.
 *
 * <p>A trie over bytes. A position costs at most the length of the longest token.
 */
public final class AddedTokenSplitter {
    private static final int NO_TOKEN = -1;

    private final Node root = new Node();

    /** Whether a token begins with this byte: what nearly every position is decided by. */
    private final boolean[] begins = new boolean[256];

    private AddedTokenSplitter() {}

    /** Takes the parts of a text one after the other. */
    public interface PartConsumer {
        /** Takes ordinary text {@code [from, to)}, never empty. */
        void text(int from, int to);

        /** Takes an added token that ends at {@code end}. */
        void token(int id, int end);
    }

    /** A splitter for tokens by id; of tokens with equal bytes the last one is found. */
    public static AddedTokenSplitter of(Map<Integer, byte[]> tokens) {
        AddedTokenSplitter splitter = new AddedTokenSplitter();
        tokens.forEach(
                (id, bytes) -> {
                    if (bytes.length > 0) {
                        splitter.add(bytes, id);
                    }
                });
        return splitter;
    }

    /** Hands the parts of a text on, in order and without gaps. */
    public void split(byte[] utf8, PartConsumer parts) {
        int textStart = 0;
        int i = 0;
        while (i < utf8.length) {
            Node match = begins[utf8[i] & 0xFF] ? longestMatch(utf8, i) : null;
            if (match == null) {
                i++;
                continue;
            }
            if (i > textStart) {
                parts.text(textStart, i);
            }
            i += match.depth;
            parts.token(match.token, i);
            textStart = i;
        }
        if (textStart < utf8.length) {
            parts.text(textStart, utf8.length);
        }
    }

    private Node longestMatch(byte[] utf8, int from) {
        Node longest = null;
        Node node = root.child(utf8[from]);
        for (int i = from + 1; node != null; i++) {
            if (node.token != NO_TOKEN) {
                longest = node;
            }
            node = i < utf8.length ? node.child(utf8[i]) : null;
        }
        return longest;
    }

    private void add(byte[] token, int id) {
        begins[token[0] & 0xFF] = true;
        Node node = root;
        for (byte label : token) {
            node = node.childOrNew(label);
        }
        node.token = id;
    }

    /** A prefix of some tokens. Nearly all have one child, so a linear search is the fast one. */
    private static final class Node {
        private byte[] labels = {};
        private Node[] children = {};
        private int depth;
        private int token = NO_TOKEN;

        private Node child(byte label) {
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] == label) {
                    return children[i];
                }
            }
            return null;
        }

        private Node childOrNew(byte label) {
            Node child = child(label);
            if (child == null) {
                child = new Node();
                child.depth = depth + 1;
                labels = Arrays.copyOf(labels, labels.length + 1);
                children = Arrays.copyOf(children, labels.length);
                labels[labels.length - 1] = label;
                children[labels.length - 1] = child;
            }
            return child;
        }
    }
}
