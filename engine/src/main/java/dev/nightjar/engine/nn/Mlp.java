package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Matrix;

/** The half of a block that treats each token alone. */
public interface Mlp {

    /** out [T, C] from x [T, C]. */
    void forward(Matrix x, int T, Workspace space, Matrix out);
}
