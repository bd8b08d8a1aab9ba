package dev.nightjar.tokenizer.jinja.value;

import java.util.AbstractList;
import java.util.List;

/**
 * The integers from {@code start} in steps of {@code step} before {@code stop}.
 *
 * @param start the first, if there is any
 * @param stop never reached
 * @param step not 0
 */
public record Range(long start, long stop, long step) implements Value {
    /** The most integers in a range, as in Python's sandbox. */
    public static final int MAX_SIZE = 100_000;

    /** Checks step and size. */
    public Range {
        if (step == 0) {
            throw JinjaException.type("range() arg 3 must not be zero");
        }
        if (size(start, stop, step) > MAX_SIZE) {
            throw JinjaException.limit("a range may have at most %d numbers".formatted(MAX_SIZE));
        }
    }

    private static long size(long start, long stop, long step) {
        boolean isEmpty = step > 0 ? start >= stop : start <= stop;
        return isEmpty ? 0 : (Math.abs(stop - start) - 1) / Math.abs(step) + 1;
    }

    /** The integers, made when they are asked for. */
    public List<Value> items() {
        int size = (int) size(start, stop, step);
        return new AbstractList<>() {
            @Override
            public Value get(int index) {
                return Int.of(start + index * step);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    @Override
    public String typeName() {
        return "range";
    }

    @Override
    public boolean isTrue() {
        return size(start, stop, step) > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Range range && range.items().equals(items());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(size(start, stop, step));
    }
}
