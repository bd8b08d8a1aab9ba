package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import java.util.Optional;

/**
 * Attention, then feed-forward, each on the residual stream as the former left it: {@code x +=
 * scale * post(mixer(pre(x)))}, then the same with the feed-forward.
 */
public final class SequentialBlock implements Block {

    private final Backend backend;
    private final Half<Mixer> attention;
    private final Half<Mlp> feedForward;
    private final float residualScale;

    /**
     * One half of the block.
     *
     * @param pre norm of its input, if it has one
     * @param layer what it computes
     * @param post norm of its result, if it has one
     */
    public record Half<L>(Optional<Norm> pre, L layer, Optional<Norm> post) {}

    /** Takes the halves; {@code residualScale} multiplies what each adds. */
    public SequentialBlock(
            Backend backend, Half<Mixer> attention, Half<Mlp> feedForward, float residualScale) {
        this.backend = backend;
        this.attention = attention;
        this.feedForward = feedForward;
        this.residualScale = residualScale;
    }

    @Override
    public void forward(ForwardBatch batch, KvStore kv, Workspace space) {
        int T = batch.numTokens();
        Matrix hidden = space.hidden();
        Matrix normed = space.normed();
        Matrix branch = space.branch();
        if (attention.pre.isPresent()) {
            attention.pre.get().forward(hidden, T, normed);
        }
        Matrix input = attention.pre.isPresent() ? normed : hidden;
        attention.layer.forward(input, batch, kv, space, branch);
        finish(attention, branch, T);
        if (feedForward.pre.isPresent()) {
            feedForward.pre.get().addAndForward(hidden, branch, T, normed);
        } else {
            backend.add(hidden, branch, T);
        }
        input = feedForward.pre.isPresent() ? normed : hidden;
        feedForward.layer.forward(input, T, space, branch);
        finish(feedForward, branch, T);
        backend.add(hidden, branch, T);
    }

    /** What is left to do with the result of a half before it is added. */
    private void finish(Half<?> half, Matrix branch, int T) {
        if (half.post.isPresent()) {
            half.post.get().forward(branch, T, branch);
        }
        if (residualScale != 1) {
            backend.scale(branch, residualScale, T);
        }
    }
}
