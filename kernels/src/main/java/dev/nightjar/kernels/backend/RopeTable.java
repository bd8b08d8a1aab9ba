package dev.nightjar.kernels.backend;

/**
 * Precomputed rotations, one row per position.
 *
 * @param style which elements form a pair
 * @param rotaryDim R, elements of each head that are rotated; the rest of the head passes through
 * @param cos {@code [maxPositions, R/2]}
 * @param sin {@code [maxPositions, R/2]}
 */
public record RopeTable(RopeStyle style, int rotaryDim, Matrix cos, Matrix sin) {}
