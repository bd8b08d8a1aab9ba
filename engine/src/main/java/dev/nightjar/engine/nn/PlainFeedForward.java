package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;

/** Feed-forward without a gate: {@code down(activation(up(x)))}. */
public final class PlainFeedForward implements Mlp {

    private final Backend backend;
    private final Activation activation;
    private final Linear upProj;
    private final Linear downProj;
    private final int size;

    /** From {@code [F, C]} and {@code [C, F]}; {@code size} is F. */
    public PlainFeedForward(
            Backend backend, Activation activation, Linear upProj, Linear downProj, int size) {
        this.backend = backend;
        this.activation = activation;
        this.upProj = upProj;
        this.downProj = downProj;
        this.size = size;
    }

    @Override
    public void forward(Matrix x, int T, Workspace space, Matrix out) {
        Matrix activated = space.activated(size);
        upProj.forward(x, T, activated);
        backend.activate(activation, activated, T);
        downProj.forward(activated, T, out);
    }
}
