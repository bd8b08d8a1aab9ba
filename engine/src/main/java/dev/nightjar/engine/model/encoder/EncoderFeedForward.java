package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.nn.Linear;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;

/**
 * {@code down(f(up(x)))}, or {@code down(f(gate(x)) * up(x))}.
 *
 * @param isGated whether there is a gate
 * @param activation f
 * @param upProj {@code [F, C]}, or gate and up {@code [2F, C]}
 * @param downProj {@code [C, F]}
 */
record EncoderFeedForward(
        Backend backend, boolean isGated, Activation activation, Linear upProj, Linear downProj) {

    /** out [T, C] from x [T, C]. */
    void forward(Matrix x, int T, EncoderSpace space, Matrix out) {
        if (isGated) {
            upProj.forward(x, T, space.gateUp);
            backend.activateMultiply(activation, space.gateUp, T, space.activated);
        } else {
            upProj.forward(x, activation, T, space.activated);
        }
        downProj.forward(space.activated, T, out);
    }

    long extraBytes() {
        return upProj.extraBytes() + downProj.extraBytes();
    }
}
