/**
 * Where rows leave the upper levels of decision trees: the layout of those levels, the reference,
 * and the choice of a faster kernel.
 *
 * <p>Imports nothing of the kernels. Begin with {@link dev.nightjar.kernels.tree.TreeTops}.
 */
package dev.nightjar.kernels.tree;
