package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.nn.Linear;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import java.util.Optional;

/**
 * {@code output(norm(f(dense(x))))}.
 *
 * @param dense {@code [C, C]}
 * @param activation f; tanh when empty
 * @param norm of what comes out of f
 * @param output {@code [scores, C]}
 */
record ClassifierHead(
        Backend backend,
        Linear dense,
        Optional<Activation> activation,
        Optional<Norm> norm,
        Linear output) {

    /** {@code space.scores} [S, scores] from {@code space.pooled} [S, C]. */
    Matrix forward(int S, EncoderSpace space) {
        dense.forward(space.pooled, S, space.head);
        if (activation.isPresent()) {
            backend.activate(activation.get(), space.head, S);
        } else {
            backend.softCap(space.head, 1, S); // tanh
        }
        if (norm.isPresent()) {
            norm.get().forward(space.head, S, space.head);
        }
        output.forward(space.head, S, space.scores);
        return space.scores;
    }
}
