package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;

/** A norm of queries or keys, in place, before they are rotated. */
public interface HeadNorm {

    /** x [T, heads * D]. */
    void forward(Matrix x, int T);

    /** RMSNorm of each head; weight {@code [D]}. */
    static HeadNorm rms(Backend backend, Tensor weight, int numHeads, float eps) {
        Weight prepared = backend.prepare(WeightUse.VECTOR, List.of(weight));
        return (x, T) -> backend.rmsNormHeads(x, numHeads, prepared, eps, T);
    }

    /** RMSNorm of all heads together; weight {@code [heads * D]}. */
    static HeadNorm wholeRms(Backend backend, Tensor weight, float eps) {
        Weight prepared = backend.prepare(WeightUse.VECTOR, List.of(weight));
        return (x, T) -> backend.rmsNorm(x, prepared, eps, T, x);
    }

    /** Layer norm of each head without a bias; weight {@code [heads, D]}. */
    static HeadNorm layer(Backend backend, Tensor weight, int numHeads, float eps) {
        Weight prepared = backend.prepare(WeightUse.VECTOR, List.of(weight));
        return (x, T) -> backend.layerNormHeads(x, numHeads, prepared, eps, T);
    }
}
