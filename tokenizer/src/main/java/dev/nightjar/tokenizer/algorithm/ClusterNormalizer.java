package dev.nightjar.tokenizer.algorithm;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Precompiled} normalizer of a tokenizer.json: each grapheme cluster shorter than six
 * bytes is replaced as a whole by its shortest rule, what no rule begins, code point by code point.
 *
 * <p>The shortest rule replaces the whole of what was looked up, so that a cluster can lose its
 * combining marks. C++ SentencePiece does otherwise; but checkpoints with a tokenizer.json are used
 * with this rule, and their ids depend on it. Immutable.
 */
public final class ClusterNormalizer {
    private static final int MAX_WHOLE_BYTES = 5;

    /** The first code point that can join the one before it in a cluster, but for LF after CR. */
    private static final char FIRST_JOINING = '\u0300';

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private final CharsMap map;

    /** A normalizer with these rules. */
    public ClusterNormalizer(CharsMap map) {
        this.map = map;
    }

    /** Takes the stretches of a text that are replaced, one after the other. */
    @FunctionalInterface
    public interface ReplacementConsumer {
        /** Takes what stands in the place of {@code [from, to)}. */
        void accept(int from, int to, String replacement);
    }

    /** The normalized text; the same object where nothing is replaced. */
    public String normalize(String text) {
        StringBuilder out = new StringBuilder();
        int[] copied = {0};
        forEachReplacement(
                text,
                (from, to, replacement) -> {
                    out.append(text, copied[0], from).append(replacement);
                    copied[0] = to;
                });
        return copied[0] == 0 ? text : out.append(text, copied[0], text.length()).toString();
    }

    /** Hands on every stretch that a rule replaces, from left to right. */
    public void forEachReplacement(String text, ReplacementConsumer out) {
        Matcher clusters = CLUSTER.matcher(text);
        for (int start = 0; start < text.length(); ) {
            int end = endOfCluster(text, start, clusters);
            if (!isKept(text, start, end)) {
                replaceCluster(text, start, end, out);
            }
            start = end;
        }
    }

    private boolean isKept(String text, int start, int end) {
        return end == start + 1
                && text.charAt(start) < 0x80
                && map.keeps((byte) text.charAt(start));
    }

    private static int endOfCluster(String text, int start, Matcher clusters) {
        if (start + 1 == text.length()) {
            return start + 1;
        }
        char first = text.charAt(start);
        if (first < FIRST_JOINING && first != '\r' && text.charAt(start + 1) < FIRST_JOINING) {
            return start + 1;
        }
        clusters.region(start, text.length());
        return clusters.lookingAt() ? clusters.end() : start + 1;
    }

    private void replaceCluster(String text, int start, int end, ReplacementConsumer out) {
        byte[] utf8 = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_WHOLE_BYTES) {
            long match = map.shortestMatch(utf8, 0, utf8.length);
            if (match != CharsMap.NO_MATCH) {
                out.accept(start, end, map.replacementText(match));
                return;
            }
        }
        int at = start;
        for (int from = 0; from < utf8.length; ) {
            int to = from + CodePoints.length(utf8[from]);
            int units = Character.charCount(text.codePointAt(at));
            long match = map.shortestMatch(utf8, from, to);
            if (match != CharsMap.NO_MATCH) {
                out.accept(at, at + units, map.replacementText(match));
            }
            at += units;
            from = to;
        }
    }
}
