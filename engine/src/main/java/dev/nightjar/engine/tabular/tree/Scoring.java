package dev.nightjar.engine.tabular.tree;

import dev.nightjar.engine.tabular.Precision;

/**
 * The arithmetic that turns leaves into raw scores.
 *
 * @param base scores to begin with, one an output
 * @param aggregation of the leaves
 * @param input precision that features are rounded to before they are compared
 * @param sum precision that leaves are added in
 */
public record Scoring(double[] base, Aggregation aggregation, Precision input, Precision sum) {}
