/**
 * Estimators that scikit-learn pickled, read as data: classes are names, nothing is called.
 *
 * <p>May import {@code format.pickle} and {@code tabular}. Begin with {@link
 * dev.nightjar.engine.format.sklearn.SklearnFile}.
 */
package dev.nightjar.engine.format.sklearn;
