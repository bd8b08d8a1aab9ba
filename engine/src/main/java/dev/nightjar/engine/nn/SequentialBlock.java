package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;

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
     * @param pre norm of its input
     * @param layer what it computes
     * @param post norm of its result
     */
    public record Half<L>(BranchNorm pre, L layer, BranchNorm post) {}

    /** A norm that may be absent. */
    public interface BranchNorm {

        /** Neither changes nor copies anything. */
        BranchNorm NONE = (x, T, out) -> x;

        /** Returns norm(x) [T, C], in {@code out} or x itself. */
        Matrix forward(Matrix x, int T, Matrix out);

        /** A norm as it is. */
        static BranchNorm of(Norm norm) {
            return (x, T, out) -> {
                norm.forward(x, T, out);
                return out;
            };
        }
    }

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
        Matrix branch = space.branch();
        Matrix input = attention.pre.forward(hidden, T, space.normed());
        attention.layer.forward(input, batch, kv, space, branch);
        add(hidden, attention.post.forward(branch, T, branch), T);
        input = feedForward.pre.forward(hidden, T, space.normed());
        feedForward.layer.forward(input, T, space, branch);
        add(hidden, feedForward.post.forward(branch, T, branch), T);
    }

    private void add(Matrix hidden, Matrix branch, int T) {
        if (residualScale != 1) {
            backend.scale(branch, residualScale, T);
        }
        backend.add(hidden, branch, T);
    }
}
