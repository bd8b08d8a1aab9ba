package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;

/** The half of a block in which tokens look at each other. */
public interface Mixer {

    /** out [T, C] from x [T, C]; stores what later tokens need of all T tokens. */
    void forward(Matrix x, ForwardBatch batch, KvStore kv, Workspace space, Matrix out);
}
