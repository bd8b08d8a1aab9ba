package dev.nightjar.engine.quantize;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;

/**
 * What became of one tensor.
 *
 * @param name of the tensor
 * @param shape of the tensor
 * @param from its type in the source
 * @param to its type in the target
 * @param bytes its size in the target
 * @param rmse root of the mean squared difference between target and source
 * @param maxError the largest difference
 */
public record TensorReport(
        String name, Shape shape, DType from, DType to, long bytes, double rmse, double maxError) {}
