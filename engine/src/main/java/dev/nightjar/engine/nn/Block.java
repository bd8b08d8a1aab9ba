package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.KvStore;

/** One layer of a decoder: changes the residual stream of the workspace. */
public interface Block {

    /** Adds to {@link Workspace#hidden} what this layer contributes for all T tokens. */
    void forward(ForwardBatch batch, KvStore kv, Workspace space);
}
