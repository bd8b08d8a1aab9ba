package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;

/** Gated feed-forward (SwiGLU and its kin): {@code down(activation(gate(x)) * up(x))}. */
public final class FeedForward implements Mlp {

    private final Backend backend;
    private final Activation activation;
    private final Linear gateUpProj;
    private final Linear downProj;
    private final int size;

    /** From the fused projection {@code [2F, C]} and {@code [C, F]}; {@code size} is F. */
    public FeedForward(
            Backend backend, Activation activation, Linear gateUpProj, Linear downProj, int size) {
        this.backend = backend;
        this.activation = activation;
        this.gateUpProj = gateUpProj;
        this.downProj = downProj;
        this.size = size;
    }

    @Override
    public void forward(Matrix x, int T, Workspace space, Matrix out) {
        Matrix gateUp = space.gateUp(size);
        Matrix activated = space.activated(size);
        gateUpProj.forward(x, T, gateUp);
        backend.activateMultiply(activation, gateUp, T, activated);
        downProj.forward(activated, T, out);
    }
}
