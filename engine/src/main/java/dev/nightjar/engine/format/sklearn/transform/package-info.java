/**
 * Estimators that make features of features.
 *
 * <p>May import {@code format.sklearn.state} and {@code tabular}. Begin with {@link
 * dev.nightjar.engine.format.sklearn.transform.ColumnsReader}.
 */
package dev.nightjar.engine.format.sklearn.transform;
