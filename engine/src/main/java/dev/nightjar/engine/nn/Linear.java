package dev.nightjar.engine.nn;

import dev.nightjar.engine.format.HostVector;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A projection {@code y = (x · Wᵀ) * s + b}; the one place where plain and quantized weights meet.
 * Several matrices over the same input (query, key and value; gate and up) are fused into one
 * projection whose outputs stand side by side, each part in its own block format.
 */
public final class Linear {

    private final Backend backend;
    private final Weight weight;
    private final Optional<Weight> scale;
    private final Optional<Weight> bias;

    /**
     * One matrix of a projection.
     *
     * @param weight {@code [out, in]}
     * @param scale one factor {@code [1]} on all of its outputs, beside those of its blocks
     * @param bias {@code [out]}
     */
    public record Part(Tensor weight, Optional<Tensor> scale, Optional<Tensor> bias) {

        /** A part that is nothing but a matrix. */
        public static Part of(Tensor weight) {
            return new Part(weight, Optional.empty(), Optional.empty());
        }

        private int rows() {
            return (int) weight.shape().rows();
        }
    }

    private Linear(Backend backend, Weight weight, Optional<Weight> scale, Optional<Weight> bias) {
        this.backend = backend;
        this.weight = weight;
        this.scale = scale;
        this.bias = bias;
    }

    /** A projection whose outputs are those of the parts, side by side. */
    public static Linear of(Backend backend, List<Part> parts) {
        Weight weight =
                backend.prepare(WeightUse.MATMUL, parts.stream().map(Part::weight).toList());
        return new Linear(backend, weight, scales(backend, parts), biases(backend, parts));
    }

    private static Optional<Weight> scales(Backend backend, List<Part> parts) {
        if (parts.stream().allMatch(part -> part.scale.isEmpty())) {
            return Optional.empty();
        }
        float[] values = new float[parts.stream().mapToInt(Part::rows).sum()];
        int at = 0;
        for (Part part : parts) {
            float factor = part.scale.map(tensor -> HostVector.floats(tensor)[0]).orElse(1f);
            Arrays.fill(values, at, at + part.rows(), factor);
            at += part.rows();
        }
        return Optional.of(vector(backend, HostVector.tensor(values)));
    }

    private static Optional<Weight> biases(Backend backend, List<Part> parts) {
        if (parts.stream().allMatch(part -> part.bias.isEmpty())) {
            return Optional.empty();
        }
        float[] values = new float[parts.stream().mapToInt(Part::rows).sum()];
        int at = 0;
        for (Part part : parts) {
            if (part.bias.isPresent()) {
                System.arraycopy(HostVector.floats(part.bias.get()), 0, values, at, part.rows());
            }
            at += part.rows();
        }
        return Optional.of(vector(backend, HostVector.tensor(values)));
    }

    private static Weight vector(Backend backend, Tensor tensor) {
        return backend.prepare(WeightUse.VECTOR, List.of(tensor));
    }

    /** Device memory beyond the checkpoint's own. */
    public long extraBytes() {
        return weight.extraBytes();
    }

    /** out [T, out] from x [T, in]. */
    public void forward(Matrix x, int T, Matrix out) {
        if (bias.isPresent() && scale.isEmpty()) {
            backend.matmulBias(weight, bias.get(), x, T, out);
            return;
        }
        backend.matmul(weight, x, T, out);
        if (scale.isPresent()) {
            backend.multiply(out, scale.get(), T);
        }
        if (bias.isPresent()) {
            backend.addBias(out, bias.get(), T);
        }
    }

    /** out [T, out] = f(y) from x [T, in]. */
    public void forward(Matrix x, Activation function, int T, Matrix out) {
        if (bias.isPresent() && scale.isEmpty()) {
            backend.matmulActivate(weight, bias.get(), function, x, T, out);
            return;
        }
        forward(x, T, out);
        backend.activate(function, out, T);
    }
}
