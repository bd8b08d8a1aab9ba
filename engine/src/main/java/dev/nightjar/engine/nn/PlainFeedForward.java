package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Matrix;

/** Feed-forward without a gate: {@code down(activation(up(x)))}. */
public final class PlainFeedForward implements Mlp {

    private final Activation activation;
    private final Linear upProj;
    private final Linear downProj;
    private final int size;

    /** From {@code [F, C]} and {@code [C, F]}; {@code size} is F. */
    public PlainFeedForward(Activation activation, Linear upProj, Linear downProj, int size) {
        this.activation = activation;
        this.upProj = upProj;
        this.downProj = downProj;
        this.size = size;
    }

    @Override
    public void forward(Matrix x, int T, Workspace space, Matrix out) {
        Matrix activated = space.activated(size);
        upProj.forward(x, activation, T, activated);
        downProj.forward(activated, T, out);
    }
}
