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

    /** The normalized text; the same object where nothing is replaced. */
    public String normalize(String text) {
        StringBuilder out = null;
        Matcher clusters = CLUSTER.matcher(text);
        for (int start = 0; start < text.length(); ) {
            int end = endOfCluster(text, start, clusters);
            if (out != null || !isKept(text, start, end)) {
                if (out == null) {
                    out = new StringBuilder(text.length() + 16).append(text, 0, start);
                }
                appendCluster(text, start, end, out);
            }
            start = end;
        }
        return out == null ? text : out.toString();
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

    private void appendCluster(String text, int start, int end, StringBuilder out) {
        byte[] utf8 = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_WHOLE_BYTES) {
            long match = map.shortestMatch(utf8, 0, utf8.length);
            if (match != CharsMap.NO_MATCH) {
                out.append(map.replacementText(match));
                return;
            }
        }
        for (int from = 0; from < utf8.length; ) {
            int to = from + CodePoints.length(utf8[from]);
            long match = map.shortestMatch(utf8, from, to);
            out.append(
                    match != CharsMap.NO_MATCH
                            ? map.replacementText(match)
                            : new String(utf8, from, to - from, StandardCharsets.UTF_8));
            from = to;
        }
    }
}
