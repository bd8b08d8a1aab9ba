/**
 * Linear estimators.
 *
 * <p>May import {@code format.sklearn.state} and {@code tabular}. Begin with {@link
 * dev.nightjar.engine.format.sklearn.linear.LinearReader}.
 */
package dev.nightjar.engine.format.sklearn.linear;
