package dev.nightjar.engine.grammar.automaton;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** A set of symbols as ascending ranges that do not touch. Immutable. */
public final class RangeSet {

    /** The largest code point. */
    public static final int MAX_CODE_POINT = Character.MAX_CODE_POINT;

    /** No symbol. */
    public static final RangeSet EMPTY = new RangeSet(new int[0]);

    /** Every code point that text can have: all but the surrogates. */
    public static final RangeSet SCALARS =
            of(0, Character.MIN_SURROGATE - 1).union(of(0xE000, MAX_CODE_POINT));

    /** First and last symbol of each range, {@code [2 n]}. */
    private final int[] bounds;

    private RangeSet(int[] bounds) {
        this.bounds = bounds;
    }

    /** The symbols from {@code first} to {@code last}. */
    public static RangeSet of(int first, int last) {
        return new RangeSet(new int[] {first, last});
    }

    /** One symbol. */
    public static RangeSet of(int symbol) {
        return of(symbol, symbol);
    }

    /** The symbols of a text, each a code point. */
    public static RangeSet ofText(String text) {
        return text.codePoints().mapToObj(RangeSet::of).reduce(EMPTY, RangeSet::union);
    }

    /** The code points with some property; asks for each of them. */
    public static RangeSet where(IntPredicate isIncluded) {
        int[] bounds = new int[16];
        int size = 0;
        for (int i = 0; i <= MAX_CODE_POINT; i++) {
            if (!isIncluded.test(i)) {
                continue;
            }
            if (size > 0 && bounds[size - 1] == i - 1) {
                bounds[size - 1] = i;
            } else {
                bounds = size + 2 > bounds.length ? Arrays.copyOf(bounds, 2 * size) : bounds;
                bounds[size++] = i;
                bounds[size++] = i;
            }
        }
        return new RangeSet(Arrays.copyOf(bounds, size));
    }

    /** The number of ranges. */
    public int numRanges() {
        return bounds.length / 2;
    }

    /** The first symbol of a range. */
    public int first(int range) {
        return bounds[2 * range];
    }

    /** The last symbol of a range. */
    public int last(int range) {
        return bounds[2 * range + 1];
    }

    /** Whether there is no symbol in it. */
    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** Whether a symbol is in it. */
    public boolean contains(int symbol) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (symbol >= bounds[i] && symbol <= bounds[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** What is in this set, in the other, or in both. */
    public RangeSet union(RangeSet other) {
        int[][] ranges = new int[numRanges() + other.numRanges()][];
        for (int i = 0; i < ranges.length; i++) {
            RangeSet from = i < numRanges() ? this : other;
            int at = i < numRanges() ? i : i - numRanges();
            ranges[i] = new int[] {from.first(at), from.last(at)};
        }
        Arrays.sort(ranges, (a, b) -> Integer.compare(a[0], b[0]));
        int[] merged = new int[2 * ranges.length];
        int size = 0;
        for (int[] range : ranges) {
            if (size > 0 && range[0] <= merged[size - 1] + 1) {
                merged[size - 1] = Math.max(merged[size - 1], range[1]);
            } else {
                merged[size++] = range[0];
                merged[size++] = range[1];
            }
        }
        return new RangeSet(Arrays.copyOf(merged, size));
    }

    /** What is in both sets. */
    public RangeSet intersect(RangeSet other) {
        int[] shared = new int[2 * (numRanges() + other.numRanges())];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < numRanges() && j < other.numRanges()) {
            int first = Math.max(first(i), other.first(j));
            int last = Math.min(last(i), other.last(j));
            if (first <= last) {
                shared[size++] = first;
                shared[size++] = last;
            }
            if (last(i) < other.last(j)) {
                i++;
            } else {
                j++;
            }
        }
        return new RangeSet(Arrays.copyOf(shared, size));
    }

    /** What is in this set and not in the other, of code points. */
    public RangeSet minus(RangeSet other) {
        return intersect(other.complement());
    }

    private RangeSet complement() {
        int[] gaps = new int[bounds.length + 2];
        int size = 0;
        int next = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] > next) {
                gaps[size++] = next;
                gaps[size++] = bounds[i] - 1;
            }
            next = bounds[i + 1] + 1;
        }
        if (next <= MAX_CODE_POINT) {
            gaps[size++] = next;
            gaps[size++] = MAX_CODE_POINT;
        }
        return new RangeSet(Arrays.copyOf(gaps, size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeSet set && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
