/**
 * The messages of an ONNX file as records.
 *
 * <p>May import {@code format.protobuf} and the arrays of {@code tabular.graph}. Begin with {@link
 * dev.nightjar.engine.format.onnx.proto.ModelReader}.
 */
package dev.nightjar.engine.format.onnx.proto;
