/**
 * Values and operators of a model that is a graph, and the graph as a model of rows.
 *
 * <p>May import {@code tabular} and {@code format}. Begin with {@link
 * dev.nightjar.engine.tabular.graph.Graph}.
 */
package dev.nightjar.engine.tabular.graph;
