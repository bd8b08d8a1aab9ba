/**
 * ONNX files as models of rows.
 *
 * <p>May import {@code format.onnx.*}, {@code tabular} and {@code tabular.graph}. Begin with {@link
 * dev.nightjar.engine.format.onnx.OnnxFile}.
 */
package dev.nightjar.engine.format.onnx;
