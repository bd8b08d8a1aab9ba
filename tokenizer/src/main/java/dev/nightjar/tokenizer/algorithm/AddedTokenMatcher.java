package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the added tokens of a tokenizer.json in a text: from left to right, the longest at each
 * position; a match may be held to whole words and may swallow the white space around it.
 * Immutable.
 *
 * <p>A trie over UTF-16 units. A position costs at most the length of the longest token, which
 * {@link #MAX_TOKEN_CHARS} bounds.
 */
public final class AddedTokenMatcher {
    /** The longest spelling that {@link #of} takes. */
    public static final int MAX_TOKEN_CHARS = 1024;

    private static final int NARROW = 128;

    private final Node root = new Node();

    /** Whether a token begins with this character: what nearly every position is decided by. */
    private final boolean[] begins = new boolean[NARROW];

    private boolean beginsWide;

    private AddedTokenMatcher() {}

    /**
     * A token to find.
     *
     * @param id its id
     * @param spelling its text, at most {@link #MAX_TOKEN_CHARS}
     * @param isSingleWord whether it is found only where no word character stands beside it
     * @param stripsLeft whether white space before it belongs to it
     * @param stripsRight whether white space after it belongs to it
     */
    public record Entry(
            int id,
            String spelling,
            boolean isSingleWord,
            boolean stripsLeft,
            boolean stripsRight) {}

    /** Takes the parts of a text one after the other. */
    public interface PartConsumer {
        /** Takes ordinary text {@code [from, to)}, never empty. */
        void text(int from, int to);

        /** Takes an added token that stands at {@code [from, to)}. */
        void token(int id, int from, int to);
    }

    /** A matcher for these tokens; of equal spellings the last one is found. */
    public static AddedTokenMatcher of(List<Entry> tokens) {
        AddedTokenMatcher matcher = new AddedTokenMatcher();
        for (Entry token : tokens) {
            if (!token.spelling.isEmpty()) {
                matcher.add(token);
            }
        }
        return matcher;
    }

    /** Hands the parts of {@code text} on, in order and without gaps. */
    public void split(String text, PartConsumer parts) {
        int textStart = 0;
        for (int i = 0; i < text.length(); ) {
            Node match = mayBegin(text.charAt(i)) ? longestMatch(text, i) : null;
            if (match == null) {
                i++;
                continue;
            }
            Entry token = match.token;
            int end = i + token.spelling.length();
            if (!token.isSingleWord || isAlone(text, i, end)) {
                int start = token.stripsLeft ? startOfSpace(text, textStart, i) : i;
                int stop = token.stripsRight ? endOfSpace(text, end) : end;
                if (start > textStart) {
                    parts.text(textStart, start);
                }
                parts.token(token.id, start, stop);
                textStart = stop;
                end = stop;
            }
            i = end;
        }
        if (textStart < text.length()) {
            parts.text(textStart, text.length());
        }
    }

    private boolean mayBegin(char c) {
        return c < NARROW ? begins[c] : beginsWide;
    }

    private Node longestMatch(String text, int from) {
        Node longest = null;
        Node node = root.child(text.charAt(from));
        for (int i = from + 1; node != null; i++) {
            if (node.token != null) {
                longest = node;
            }
            node = i < text.length() ? node.child(text.charAt(i)) : null;
        }
        return longest;
    }

    private static boolean isAlone(String text, int start, int end) {
        return (start == 0 || !UnicodeSets.isWord(text.codePointBefore(start)))
                && (end == text.length() || !UnicodeSets.isWord(text.codePointAt(end)));
    }

    private static int startOfSpace(String text, int from, int end) {
        int i = end;
        while (i > from && UnicodeSets.isSpace(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static int endOfSpace(String text, int start) {
        int i = start;
        while (i < text.length() && UnicodeSets.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private void add(Entry token) {
        char first = token.spelling.charAt(0);
        if (first < NARROW) {
            begins[first] = true;
        } else {
            beginsWide = true;
        }
        Node node = root;
        for (int i = 0; i < token.spelling.length(); i++) {
            node = node.childOrNew(token.spelling.charAt(i));
        }
        node.token = token;
    }

    /** A prefix of some tokens; its children are sorted by their character. */
    private static final class Node {
        private char[] labels = {};
        private Node[] children = {};
        private Entry token;

        private Node child(char label) {
            int at = Arrays.binarySearch(labels, label);
            return at < 0 ? null : children[at];
        }

        private Node childOrNew(char label) {
            int at = Arrays.binarySearch(labels, label);
            if (at >= 0) {
                return children[at];
            }
            int place = -at - 1;
            int size = labels.length;
            labels = Arrays.copyOf(labels, size + 1);
            children = Arrays.copyOf(children, size + 1);
            System.arraycopy(labels, place, labels, place + 1, size - place);
            System.arraycopy(children, place, children, place + 1, size - place);
            labels[place] = label;
            children[place] = new Node();
            return children[place];
        }
    }
}
