/**
 * Operators that score rows by weighted sums and by support vectors.
 *
 * <p>May import {@code tabular} and {@code tabular.graph}. Begin with {@link
 * dev.nightjar.engine.tabular.graph.estimator.LinearScores}.
 */
package dev.nightjar.engine.tabular.graph.estimator;
