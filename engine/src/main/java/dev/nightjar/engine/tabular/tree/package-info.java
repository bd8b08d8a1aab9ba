/**
 * Ensembles of decision trees as flat arrays: the walk that defines what they mean, the fast one,
 * and the explanation of a prediction.
 *
 * <p>May import package {@code tabular}, {@code format} and {@code request}. Begin with {@link
 * dev.nightjar.engine.tabular.tree.TreeEnsemble}.
 */
package dev.nightjar.engine.tabular.tree;
