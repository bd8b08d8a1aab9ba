package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Matrix;

/** A normalization of rows with learned weights. */
public sealed interface Norm permits RmsNorm, LayerNorm {

    /** out [T, C] = norm(x [T, C]); out may be x. */
    void forward(Matrix x, int T, Matrix out);

    /** x += residual, then out = norm(x). */
    void addAndForward(Matrix x, Matrix residual, int T, Matrix out);
}
