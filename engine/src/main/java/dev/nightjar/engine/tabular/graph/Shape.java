package dev.nightjar.engine.tabular.graph;

import dev.nightjar.engine.format.ModelFormatException;
import java.util.Arrays;

/**
 * Sizes of an array's dimensions, the last one contiguous. Not to be changed.
 *
 * @param sizes one a dimension
 */
public record Shape(int... sizes) {
    /** The greatest number of elements. */
    public static final int MAX_COUNT = 1 << 28;

    private static final int MAX_RANK = 16;

    /** Checks rank, sizes and their product. */
    public Shape {
        long count = 1;
        for (int size : sizes) {
            if (size < 0) {
                throw new ModelFormatException(
                        "expected sizes of at least 0, found " + Arrays.toString(sizes));
            }
            count *= Math.max(1, size);
            if (count > MAX_COUNT) {
                throw new ModelFormatException(
                        "expected an array of at most %d elements, found shape %s"
                                .formatted(MAX_COUNT, Arrays.toString(sizes)));
            }
        }
        if (sizes.length > MAX_RANK) {
            throw new ModelFormatException(
                    "expected at most %d dimensions, found %d".formatted(MAX_RANK, sizes.length));
        }
    }

    /** A shape of sizes from a file or an array. */
    public static Shape ofLongs(long... sizes) {
        int[] narrow = new int[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] < 0 || sizes[i] > MAX_COUNT) {
                throw new ModelFormatException(
                        "expected sizes of 0 to %d, found %s"
                                .formatted(MAX_COUNT, Arrays.toString(sizes)));
            }
            narrow[i] = (int) sizes[i];
        }
        return new Shape(narrow);
    }

    /** How many dimensions. */
    public int rank() {
        return sizes.length;
    }

    /** How many elements. */
    public int count() {
        return count(0, sizes.length);
    }

    /** The product of the sizes of some dimensions. */
    public int count(int from, int to) {
        int count = 1;
        for (int i = from; i < to; i++) {
            count *= sizes[i];
        }
        return count;
    }

    /** The size of a dimension. */
    public int size(int axis) {
        return sizes[axis];
    }

    /** The size of the last dimension; 1 if there is none. */
    public int lastSize() {
        return sizes.length == 0 ? 1 : sizes[sizes.length - 1];
    }

    /** An axis counted from 0, of one that may be counted from the end. */
    public int axis(long axis) {
        return axis(axis, rank());
    }

    /** An axis counted from 0 in an array of some rank. */
    public static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new ModelFormatException(
                    "expected an axis of %d dimensions, found %d".formatted(rank, axis));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** This shape with another size of one dimension. */
    public Shape with(int axis, int size) {
        int[] changed = sizes.clone();
        changed[axis] = size;
        return new Shape(changed);
    }

    /** By how many elements a step along each dimension moves. */
    public int[] strides() {
        int[] strides = new int[sizes.length];
        int step = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= sizes[i];
        }
        return strides;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape(int[] others) && Arrays.equals(sizes, others);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
