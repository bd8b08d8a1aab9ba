/**
 * Operators that score rows: linear ones, support vectors, trees.
 *
 * <p>May import {@code tabular}, {@code tabular.tree} and {@code tabular.graph}. Begin with {@link
 * dev.nightjar.engine.tabular.graph.estimator.TreeScores}.
 */
package dev.nightjar.engine.tabular.graph.estimator;
