/**
 * What is done to features that are numbers.
 *
 * <p>May import {@code tabular.transform} and {@code tabular.score}. Begin with {@link
 * dev.nightjar.engine.tabular.numeric.Elementwise}.
 */
package dev.nightjar.engine.tabular.numeric;
