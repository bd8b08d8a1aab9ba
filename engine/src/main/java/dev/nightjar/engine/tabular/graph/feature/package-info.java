/**
 * What operators do to features: scaling, filling in, encoding.
 *
 * <p>May import {@code tabular.graph}. Begin with {@link
 * dev.nightjar.engine.tabular.graph.feature.Features}.
 */
package dev.nightjar.engine.tabular.graph.feature;
