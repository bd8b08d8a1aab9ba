/**
 * Models that know how likely a row is in each class.
 *
 * <p>May import {@code tabular.score} and {@code request}. Begin with {@link
 * dev.nightjar.engine.tabular.bayes.GaussianClasses}.
 */
package dev.nightjar.engine.tabular.bayes;
