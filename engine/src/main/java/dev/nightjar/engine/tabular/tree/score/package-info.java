/**
 * Raw scores of rows: by the definition, and fast.
 *
 * <p>May import package {@code tabular.tree} and what it may. Begin with {@link
 * dev.nightjar.engine.tabular.tree.score.Scorer}.
 */
package dev.nightjar.engine.tabular.tree.score;
