package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.Matrix;

/**
 * The activations of a forward pass, allocated once for the largest step and shared by all layers.
 */
public final class Workspace {

    private final Matrix hidden;
    private final Matrix normed;
    private final Matrix branch;
    private final Matrix qkv;
    private final Matrix q;
    private final Matrix k;
    private final Matrix v;
    private final Matrix attended;
    private final Matrix gateUp;
    private final Matrix activated;
    private final Matrix lastHidden;
    private final Matrix logits;

    /**
     * The widths of a model's activations.
     *
     * @param hiddenSize C
     * @param queryWidth H * D
     * @param keyWidth K * D
     * @param intermediateSize F
     * @param vocabSize V
     */
    public record Widths(
            int hiddenSize, int queryWidth, int keyWidth, int intermediateSize, int vocabSize) {

        private long floatsPerToken() {
            return 3L * hiddenSize + 2L * queryWidth + 2L * keyWidth + 3L * intermediateSize;
        }

        /** Bytes for steps of {@code maxTokens} tokens and {@code maxLogitRows} rows of logits. */
        public long bytes(int maxTokens, int maxLogitRows) {
            long rows = (long) maxLogitRows * (hiddenSize + vocabSize);
            return Float.BYTES * (maxTokens * floatsPerToken() + rows);
        }
    }

    /** Allocates for steps of at most {@code maxTokens} tokens and {@code maxLogitRows} rows. */
    public Workspace(Backend backend, Widths widths, int maxTokens, int maxLogitRows) {
        int qkvWidth = widths.queryWidth + 2 * widths.keyWidth;
        hidden = matrix(backend, maxTokens, widths.hiddenSize);
        normed = matrix(backend, maxTokens, widths.hiddenSize);
        branch = matrix(backend, maxTokens, widths.hiddenSize);
        qkv = matrix(backend, maxTokens, qkvWidth);
        q = qkv.columns(0, widths.queryWidth);
        k = qkv.columns(widths.queryWidth, widths.keyWidth);
        v = qkv.columns(widths.queryWidth + widths.keyWidth, widths.keyWidth);
        attended = matrix(backend, maxTokens, widths.queryWidth);
        gateUp = matrix(backend, maxTokens, 2 * widths.intermediateSize);
        activated = matrix(backend, maxTokens, widths.intermediateSize);
        lastHidden = matrix(backend, maxLogitRows, widths.hiddenSize);
        logits = matrix(backend, maxLogitRows, widths.vocabSize);
    }

    private static Matrix matrix(Backend backend, int rows, int cols) {
        DeviceBuffer buffer = backend.allocate((long) rows * cols);
        return Matrix.of(buffer, cols);
    }

    /** The residual stream {@code [T, C]}. */
    public Matrix hidden() {
        return hidden;
    }

    /** Input of a branch {@code [T, C]}. */
    public Matrix normed() {
        return normed;
    }

    /** Output of a branch {@code [T, C]}, not yet added. */
    public Matrix branch() {
        return branch;
    }

    /** Fused projection {@code [T, (H + 2K) * D]}. */
    public Matrix qkv() {
        return qkv;
    }

    /** Queries {@code [T, H * D]}. */
    public Matrix q() {
        return q;
    }

    /** Keys {@code [T, K * D]}. */
    public Matrix k() {
        return k;
    }

    /** Values {@code [T, K * D]}. */
    public Matrix v() {
        return v;
    }

    /** Attention output {@code [T, H * D]}. */
    public Matrix attended() {
        return attended;
    }

    /** Fused gate and up projection {@code [T, 2F]}. */
    public Matrix gateUp() {
        return gateUp;
    }

    /** Gated activations {@code [T, F]}. */
    public Matrix activated() {
        return activated;
    }

    /** Hidden states whose logits are wanted. */
    public Matrix lastHidden() {
        return lastHidden;
    }

    /** Logits {@code [rows, V]}. */
    public Matrix logits() {
        return logits;
    }
}
