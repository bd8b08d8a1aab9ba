package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;

/** Gated feed-forward (SwiGLU): {@code down(silu(gate(x)) * up(x))}. */
public final class FeedForward {

    private final Backend backend;
    private final Linear gateUpProj;
    private final Linear downProj;

    /** From the fused projection {@code [2F, C]} and {@code [C, F]}. */
    public FeedForward(Backend backend, Linear gateUpProj, Linear downProj) {
        this.backend = backend;
        this.gateUpProj = gateUpProj;
        this.downProj = downProj;
    }

    /** out [T, C] from x [T, C]. */
    public void forward(Matrix x, int T, Workspace space, Matrix out) {
        gateUpProj.forward(x, T, space.gateUp());
        backend.activateMultiply(Activation.SILU, space.gateUp(), T, space.activated());
        downProj.forward(space.activated(), T, out);
    }
}
