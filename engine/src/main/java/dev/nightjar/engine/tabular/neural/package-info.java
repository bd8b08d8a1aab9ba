/**
 * Multi-layer perceptrons.
 *
 * <p>May import {@code tabular.score}. Begin with {@link
 * dev.nightjar.engine.tabular.neural.Perceptron}.
 */
package dev.nightjar.engine.tabular.neural;
