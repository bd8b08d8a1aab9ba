package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A projection {@code y = x · Wᵀ + b}; the one place where plain and quantized weights meet.
 * Several matrices over the same input (query, key and value; gate and up) are fused into one
 * projection whose outputs stand side by side, each part in its own block format.
 */
public final class Linear {

    private final Backend backend;
    private final Weight weight;
    private final Optional<Weight> bias;

    private Linear(Backend backend, Weight weight, Optional<Weight> bias) {
        this.backend = backend;
        this.weight = weight;
        this.bias = bias;
    }

    /** A projection without bias; parts are {@code [out_i, in]}. */
    public static Linear of(Backend backend, Tensor... parts) {
        Weight weight = backend.prepare(WeightUse.MATMUL, List.of(parts));
        return new Linear(backend, weight, Optional.empty());
    }

    /** This projection with a bias {@code [out]}. */
    public Linear withBias(Tensor vector) {
        Weight prepared = backend.prepare(WeightUse.VECTOR, List.of(vector));
        return new Linear(backend, weight, Optional.of(prepared));
    }

    /** Device memory beyond the checkpoint's own. */
    public long extraBytes() {
        return weight.extraBytes();
    }

    /** out [T, out] from x [T, in]. */
    public void forward(Matrix x, int T, Matrix out) {
        backend.matmul(weight, x, T, out);
        if (bias.isPresent()) {
            backend.addBias(out, bias.get(), T);
        }
    }
}
