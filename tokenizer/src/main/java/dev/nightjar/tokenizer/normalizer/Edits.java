package dev.nightjar.tokenizer.normalizer;

import java.util.Arrays;

/**
 * Where a rewritten text differs in length from the text it was made of; leads a position back.
 * Filled from left to right, then immutable.
 *
 * <pre>
 * before   a b|c d|e        edit: before [2, 4) became after [2, 3)
 * after    a b|X|e
 * </pre>
 */
public final class Edits {
    /** No difference. */
    public static final Edits NONE = new Edits();

    private static final int FIELDS = 4;

    /** Edits end to end: after start, after end, before start, before end. */
    private int[] spans = {};

    private int size;

    /** Adds a replaced stretch; stretches come in order and do not overlap. */
    public void add(int afterStart, int afterEnd, int beforeStart, int beforeEnd) {
        if (size == spans.length) {
            spans = Arrays.copyOf(spans, Math.max(4 * FIELDS, 2 * size));
        }
        spans[size] = afterStart;
        spans[size + 1] = afterEnd;
        spans[size + 2] = beforeStart;
        spans[size + 3] = beforeEnd;
        size += FIELDS;
    }

    /** Where the stretch before began that gave the unit at {@code after}. */
    public int startBefore(int after) {
        int edit = lastEdit(after);
        if (edit < 0) {
            return after;
        }
        return after < spans[edit + 1]
                ? spans[edit + 2]
                : after - spans[edit + 1] + spans[edit + 3];
    }

    /** Where the stretch before ended that gave the unit that ends at {@code after}. */
    public int endBefore(int after) {
        int edit = lastEdit(after - 1);
        if (edit < 0) {
            return after;
        }
        return after <= spans[edit + 1]
                ? spans[edit + 3]
                : after - spans[edit + 1] + spans[edit + 3];
    }

    /** The index of the last edit that begins at or before a position, or -1. */
    private int lastEdit(int after) {
        int low = 0;
        int high = size / FIELDS - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (spans[middle * FIELDS] <= after) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high * FIELDS;
    }
}
