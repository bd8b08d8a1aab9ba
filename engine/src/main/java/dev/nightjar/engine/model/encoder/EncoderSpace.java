package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;

/** The activations of a forward pass, shared by all layers; sized for a largest step. */
final class EncoderSpace {

    private final int maxTokens;

    /** {@code [T, C]}. */
    final Matrix hidden;

    /** Output of a branch {@code [T, C]}, not yet added. */
    final Matrix branch;

    /** Fused projection {@code [T, 3C]}, and its parts {@code [T, C]}. */
    final Matrix qkv;

    final Matrix q;
    final Matrix k;
    final Matrix v;

    /** {@code [T, C]}. */
    final Matrix attended;

    /**
     * Input of a branch {@code [T, C]}, in the memory of attended: it is read before that fills.
     */
    final Matrix normed;

    /** Gate and up projection {@code [T, 2F]}, or up projection {@code [T, F]}. */
    final Matrix gateUp;

    /** {@code [T, F]}, the left half of gateUp. */
    final Matrix activated;

    /** {@code [S, C]}. */
    final Matrix pooled;

    /** First layer of the head {@code [S, C]}. */
    final Matrix head;

    /** {@code [S, scores]}. */
    final Matrix scores;

    EncoderSpace(Backend backend, EncoderConfig config, int maxTokens) {
        this.maxTokens = maxTokens;
        int C = config.hiddenSize();
        int F = config.intermediateSize();
        int headRows = config.pooling() == Pooling.RANK ? maxTokens : 1;
        hidden = matrix(backend, maxTokens, C);
        branch = matrix(backend, maxTokens, C);
        qkv = matrix(backend, maxTokens, 3 * C);
        q = qkv.columns(0, C);
        k = qkv.columns(C, C);
        v = qkv.columns(2 * C, C);
        attended = matrix(backend, maxTokens, C);
        normed = attended;
        gateUp = matrix(backend, maxTokens, config.isGated() ? 2 * F : F);
        activated = gateUp.columns(0, F);
        pooled = matrix(backend, maxTokens, C);
        head = matrix(backend, headRows, C);
        scores = matrix(backend, headRows, Math.max(1, config.numScores()));
    }

    /** Most tokens, and so sequences, of a step. */
    int maxTokens() {
        return maxTokens;
    }

    private static Matrix matrix(Backend backend, int rows, int cols) {
        return Matrix.of(backend.allocate((long) rows * cols), cols);
    }
}
