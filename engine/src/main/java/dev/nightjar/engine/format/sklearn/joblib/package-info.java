/**
 * Files of joblib: pickles with arrays beside them, compressed or not.
 *
 * <p>May import {@code format.pickle}. Begin with {@link
 * dev.nightjar.engine.format.sklearn.joblib.JoblibFile}.
 */
package dev.nightjar.engine.format.sklearn.joblib;
