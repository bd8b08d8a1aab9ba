/**
 * What operators compute on arrays: element by element, along an axis, products, movements.
 *
 * <p>May import {@code tabular.graph}. Begin with {@link
 * dev.nightjar.engine.tabular.graph.math.Broadcast}.
 */
package dev.nightjar.engine.tabular.graph.math;
