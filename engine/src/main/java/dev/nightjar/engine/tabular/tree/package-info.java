/**
 * Ensembles of decision trees as flat arrays, put together from the trees of a file, and the walk
 * that defines what they mean.
 *
 * <p>May import package {@code tabular}, {@code format} and {@code request}. Begin with {@link
 * dev.nightjar.engine.tabular.tree.TreeEnsemble}.
 */
package dev.nightjar.engine.tabular.tree;
