/**
 * Operators of the domain {@code ai.onnx}, as far as exporters of classical models use them.
 *
 * <p>May import {@code format.onnx.proto} and {@code tabular.graph.*}. Begin with {@link
 * dev.nightjar.engine.format.onnx.plain.PlainOperators}.
 */
package dev.nightjar.engine.format.onnx.plain;
