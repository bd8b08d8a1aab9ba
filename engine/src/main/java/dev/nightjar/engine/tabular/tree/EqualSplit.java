package dev.nightjar.engine.tabular.tree;

/**
 * A split by equality: {@code x == value} goes left.
 *
 * @param feature index
 * @param value to equal
 * @param isDefaultLeft where NaN goes
 */
public record EqualSplit(int feature, double value, boolean isDefaultLeft) {}
