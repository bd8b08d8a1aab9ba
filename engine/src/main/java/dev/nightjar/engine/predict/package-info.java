/**
 * From a file of any kind to a model of rows in service.
 *
 * <p>May import {@code tabular} and {@code format}. Begin with {@link
 * dev.nightjar.engine.predict.Predictor}.
 */
package dev.nightjar.engine.predict;
