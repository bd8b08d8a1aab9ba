/**
 * From a file of any kind to a model of rows in service.
 *
 * <p>May import {@code tabular}, {@code format}, {@code request} and {@code metrics}. Begin with
 * {@link dev.nightjar.engine.predict.Predictor}; {@link dev.nightjar.engine.predict.RowModel} is
 * one that many ask.
 */
package dev.nightjar.engine.predict;
