package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;

/** Root-mean-square normalization with a learned scale. */
public final class RmsNorm implements Norm {

    private final Backend backend;
    private final Weight weight;
    private final float eps;

    /** Over the last dimension of {@code weight [C]}. */
    public RmsNorm(Backend backend, Tensor weight, float eps) {
        this.backend = backend;
        this.weight = backend.prepare(WeightUse.VECTOR, List.of(weight));
        this.eps = eps;
    }

    @Override
    public void forward(Matrix x, int T, Matrix out) {
        backend.rmsNorm(x, weight, eps, T, out);
    }

    @Override
    public void addAndForward(Matrix x, Matrix residual, int T, Matrix out) {
        backend.addRmsNorm(x, residual, weight, eps, T, out);
    }
}
