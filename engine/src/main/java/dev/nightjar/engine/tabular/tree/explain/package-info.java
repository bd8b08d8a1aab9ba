/**
 * What each feature contributed to a score.
 *
 * <p>May import package {@code tabular.tree} and what it may. Begin with {@link
 * dev.nightjar.engine.tabular.tree.explain.TreeShap}.
 */
package dev.nightjar.engine.tabular.tree.explain;
