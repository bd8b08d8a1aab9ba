/**
 * Operators of the domain {@code ai.onnx.ml}.
 *
 * <p>May import {@code format.onnx.proto}, {@code tabular.tree} and {@code tabular.graph.*}. Begin
 * with {@link dev.nightjar.engine.format.onnx.ml.MlOperators}.
 */
package dev.nightjar.engine.format.onnx.ml;
