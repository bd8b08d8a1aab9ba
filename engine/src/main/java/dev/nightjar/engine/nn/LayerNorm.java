package dev.nightjar.engine.nn;

import dev.nightjar.engine.format.HostVector;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Normalization to mean 0 and variance 1 with a learned scale and shift. */
public final class LayerNorm implements Norm {

    private final Backend backend;
    private final Weight weight;
    private final Weight bias;
    private final float eps;

    /** From {@code weight [C]} and {@code bias [C]}; without a bias it is zero. */
    public LayerNorm(Backend backend, Tensor weight, Optional<Tensor> bias, float eps) {
        this.backend = backend;
        this.weight = backend.prepare(WeightUse.VECTOR, List.of(weight));
        Tensor shift =
                bias.orElseGet(
                        () -> HostVector.tensor(new float[(int) weight.shape().numElements()]));
        this.bias = backend.prepare(WeightUse.VECTOR, List.of(shift));
        this.eps = eps;
    }

    @Override
    public void forward(Matrix x, int T, Matrix out) {
        backend.layerNorm(x, weight, bias, eps, T, out);
    }

    @Override
    public void addAndForward(Matrix x, Matrix residual, int T, Matrix out) {
        backend.add(x, residual, T);
        backend.layerNorm(x, weight, bias, eps, T, out);
    }
}
