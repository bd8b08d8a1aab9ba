package dev.nightjar.engine.format;

import dev.nightjar.kernels.backend.Activation;
import java.util.Objects;
import java.util.Optional;

/**
 * The head of a classifier: {@code output(norm(f(dense(x))))}.
 *
 * @param input the vector that it takes: {@link Pooling#CLS} or {@link Pooling#MEAN}
 * @param activation f; tanh when empty
 * @param hasNorm whether there is a norm behind the activation
 */
public record ScoreHead(Pooling input, Optional<Activation> activation, boolean hasNorm) {

    /** On the first hidden state, with tanh: BERT's and RoBERTa's. */
    public static final ScoreHead TANH = new ScoreHead(Pooling.CLS, Optional.empty(), false);

    /** On the first hidden state, with ReLU: DistilBERT's. */
    public static final ScoreHead RELU =
            new ScoreHead(Pooling.CLS, Optional.of(Activation.RELU), false);

    /** Requires the objects. */
    public ScoreHead {
        Objects.requireNonNull(activation, "activation");
        if (input != Pooling.CLS && input != Pooling.MEAN) {
            throw new IllegalArgumentException("expected CLS or MEAN, found " + input);
        }
    }
}
