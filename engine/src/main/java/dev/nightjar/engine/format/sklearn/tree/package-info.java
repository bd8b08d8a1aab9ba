/**
 * Trees and what is made of them.
 *
 * <p>May import {@code format.sklearn.state} and {@code tabular}. Begin with {@link
 * dev.nightjar.engine.format.sklearn.tree.TreeState}.
 */
package dev.nightjar.engine.format.sklearn.tree;
