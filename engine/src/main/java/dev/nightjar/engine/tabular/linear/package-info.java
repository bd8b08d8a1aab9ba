/**
 * Models whose scores are weighted sums of features.
 *
 * <p>May import package {@code tabular} and {@code request}. Begin with {@link
 * dev.nightjar.engine.tabular.linear.LinearModel}.
 */
package dev.nightjar.engine.tabular.linear;
