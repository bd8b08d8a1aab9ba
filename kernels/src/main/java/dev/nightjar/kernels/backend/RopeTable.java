package dev.nightjar.kernels.backend;

/**
 * Precomputed rotations, one row per position.
 *
 * @param style which elements form a pair
 * @param offset first element of each head that is rotated, usually 0
 * @param rotaryDim R, elements of each head that are rotated; the rest of the head passes through
 * @param cos {@code [maxPositions, R/2]}
 * @param sin {@code [maxPositions, R/2]}
 */
public record RopeTable(RopeStyle style, int offset, int rotaryDim, Matrix cos, Matrix sin) {

    /** Rotates the leading elements of each head. */
    public RopeTable(RopeStyle style, int rotaryDim, Matrix cos, Matrix sin) {
        this(style, 0, rotaryDim, cos, sin);
    }

    /** The same rotations of elements that begin at {@code newOffset} of each head. */
    public RopeTable at(int newOffset) {
        return new RopeTable(style, newOffset, rotaryDim, cos, sin);
    }
}
