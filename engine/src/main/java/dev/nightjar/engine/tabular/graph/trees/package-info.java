/**
 * Tree ensembles as operators.
 *
 * <p>May import {@code tabular}, {@code tabular.tree.*}, {@code tabular.graph} and {@code
 * tabular.graph.estimator}. Begin with {@link dev.nightjar.engine.tabular.graph.trees.TreeScores}.
 */
package dev.nightjar.engine.tabular.graph.trees;
