/**
 * Estimators that are neither trees nor linear, and not made of others.
 *
 * <p>May import {@code format.sklearn.state} and {@code tabular}. Begin with {@link
 * dev.nightjar.engine.format.sklearn.estimator.SvmReader}.
 */
package dev.nightjar.engine.format.sklearn.estimator;
