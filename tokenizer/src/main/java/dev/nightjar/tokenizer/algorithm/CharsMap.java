package dev.nightjar.tokenizer.algorithm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The table of replacements inside a SentencePiece model, its {@code precompiled_charsmap}.
 * Immutable.
 *
 * <pre>
 * u32            n, the size of the trie in bytes, little endian
 * u32 [n / 4]    a double array of units (Darts), walked byte by byte
 * bytes          the replacements, UTF-8, each ended by a zero byte
 *
 * unit   bits 0-7 label, 8 has a value, 9 offset is shifted by 8, 10-30 offset, 31 is a value
 * value  bit 31 set, bits 0-30 where its replacement begins
 * </pre>
 *
 * <p>Two rules use it. C++ SentencePiece replaces the longest match at each position ({@link
 * #match}). A tokenizer.json replaces whole grapheme clusters by their <em>shortest</em> match
 * ({@link ClusterNormalizer}).
 */
public final class CharsMap {
    /** Replaces nothing. */
    public static final CharsMap IDENTITY = new CharsMap(new int[0], new byte[] {0});

    /** Answered where nothing is to be replaced. */
    static final long NO_MATCH = -1;

    private static final int HEADER_BYTES = 4;
    private static final int IS_VALUE = 1 << 31;
    private static final int HAS_VALUE = 1 << 8;
    private static final int IS_SHIFTED = 1 << 9;

    private final int[] units;
    private final byte[] replacements;

    /** Whether a rule begins with this byte: what nearly every position is decided by. */
    private final boolean[] begins = new boolean[256];

    /** Whether a rule is this byte alone, or this byte and an ASCII one after it. */
    private final boolean[] beginsAscii = new boolean[256];

    private CharsMap(int[] units, byte[] replacements) {
        this.units = units;
        this.replacements = replacements;
        for (int label = 1; label < begins.length && units.length > 0; label++) {
            int child = child(offset(units[0]), label);
            begins[label] = child >= 0;
            beginsAscii[label] = child >= 0 && isAsciiRule(child);
        }
    }

    private boolean isAsciiRule(int position) {
        boolean isRule = (units[position] & HAS_VALUE) != 0;
        int offset = position ^ offset(units[position]);
        for (int label = 1; label < 128; label++) {
            isRule |= child(offset, label) >= 0;
        }
        return isRule;
    }

    /**
     * Reads a table; an empty one replaces nothing.
     *
     * @throws IllegalArgumentException if the sizes do not fit or a replacement lies outside
     */
    public static CharsMap parse(byte[] table) {
        if (table.length == 0) {
            return IDENTITY;
        }
        ByteBuffer buffer = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        long trieBytes = table.length < HEADER_BYTES ? -1 : buffer.getInt() & 0xFFFFFFFFL;
        if (trieBytes <= 0 || trieBytes % 4 != 0 || trieBytes > table.length - HEADER_BYTES - 1) {
            throw new IllegalArgumentException(
                    ("precompiled_charsmap: expected a trie of whole units and replacements after"
                                    + " it in %d bytes, found a trie of %d bytes; use an undamaged"
                                    + " model")
                            .formatted(table.length, trieBytes));
        }
        int[] units = new int[(int) trieBytes / 4];
        buffer.asIntBuffer().get(units);
        byte[] replacements =
                Arrays.copyOfRange(table, HEADER_BYTES + (int) trieBytes, table.length);
        requireReplacements(units, replacements.length);
        return new CharsMap(units, replacements);
    }

    private static void requireReplacements(int[] units, int size) {
        for (int unit : units) {
            if (unit < 0 && (unit & ~IS_VALUE) >= size) {
                throw new IllegalArgumentException(
                        ("precompiled_charsmap: expected replacements within %d bytes, found one at"
                                        + " %d; use an undamaged model")
                                .formatted(size, unit & ~IS_VALUE));
            }
        }
    }

    /** Whether no rule begins with this byte. */
    boolean keeps(byte first) {
        return !begins[first & 0xFF];
    }

    /** Whether no rule begins with this byte and an ASCII one, or the end, after it. */
    boolean keepsBeforeAscii(byte first) {
        return !beginsAscii[first & 0xFF];
    }

    /**
     * The longest rule that matches at {@code from}: its length in the high half, where its
     * replacement begins in the low half; or {@link #NO_MATCH}.
     */
    long match(byte[] utf8, int from, int to) {
        return match(utf8, from, to, Integer.MAX_VALUE);
    }

    /** As {@link #match}, the shortest rule instead of the longest. */
    long shortestMatch(byte[] utf8, int from, int to) {
        return match(utf8, from, to, 1);
    }

    private long match(byte[] utf8, int from, int to, int maxMatches) {
        long match = NO_MATCH;
        if (from == to || keeps(utf8[from])) {
            return match;
        }
        int position = offset(units[0]);
        int numMatches = 0;
        for (int i = from; i < to && utf8[i] != 0 && numMatches < maxMatches; i++) {
            position = child(position, utf8[i] & 0xFF);
            if (position < 0) {
                break;
            }
            int unit = units[position];
            position ^= offset(unit);
            if ((unit & HAS_VALUE) != 0 && position < units.length && units[position] < 0) {
                match = (long) (i + 1 - from) << 32 | units[position] & ~IS_VALUE;
                numMatches++;
            }
        }
        return match;
    }

    /** The unit of a label below an offset, or -1; a table that points outside has no such unit. */
    private int child(int offset, int label) {
        int child = offset ^ label;
        return child < units.length && (units[child] & (IS_VALUE | 0xFF)) == label ? child : -1;
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & IS_SHIFTED) >>> 6);
    }

    /** What the low halves of matches point into; not to be changed. */
    byte[] replacements() {
        return replacements;
    }

    /** Where the replacement of a match ends. */
    int endOfReplacement(long match) {
        int end = (int) match;
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        return end;
    }

    /** The replacement of a match as text. */
    String replacementText(long match) {
        return new String(
                replacements,
                (int) match,
                endOfReplacement(match) - (int) match,
                StandardCharsets.UTF_8);
    }
}
