package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.Weight;

/**
 * Multi-head latent attention (DeepSeek-V2, arXiv 2405.04434) in its absorbed form: the cache keeps
 * one latent vector and one rotated key part per token, all heads read it as a single KV head, and
 * the projections from the latent to keys and to values are applied to queries and to results.
 *
 * <p>With L the latent width, N and R the plain and the rotated elements of a head: {@code q_h =
 * [k_b_h · qN_h | rope(qR_h)]} of L + R elements against {@code k = [norm(c) | rope(kR)]}, values
 * are the first L elements, and head h's result is {@code v_b_h · attended_h}.
 */
public final class LatentAttentionLayer implements Mixer {

    private final Backend backend;
    private final int layer;
    private final AttentionSpec spec;
    private final RopeTable rope;
    private final RopeTable queryRope;
    private final Weights weights;
    private final IndexBuffer heads;

    /**
     * What the layer multiplies with.
     *
     * @param query projection to {@code [T, H * (N + R)]}
     * @param latent projection to {@code [T, L + R]}
     * @param latentNorm over the first L of those
     * @param keyUp per head {@code [L, N]}, prepared as experts
     * @param valueUp per head {@code [Dv, L]}, prepared as experts
     * @param output projection from {@code [T, H * Dv]}
     */
    public record Weights(
            Query query,
            Linear latent,
            RmsNorm latentNorm,
            Weight keyUp,
            Weight valueUp,
            Linear output) {}

    /** How queries are made of the layer's input. */
    public interface Query {

        /** Fills {@link Workspace.Latent#query} from x [T, C]. */
        void forward(Matrix x, int T, Workspace space);
    }

    /**
     * Takes the layer's weights.
     *
     * @param layer index of the layer's cache
     * @param spec H heads, one KV head, keys of L + R and values of L elements
     * @param rope of R elements at offset 0
     * @param plainDim N, where the rotated part of a query head begins
     * @param heads at least {@code maxTokens * H} entries, entry i = i % H
     */
    public LatentAttentionLayer(
            Backend backend,
            int layer,
            AttentionSpec spec,
            RopeTable rope,
            int plainDim,
            Weights weights,
            IndexBuffer heads) {
        this.backend = backend;
        this.layer = layer;
        this.spec = spec;
        this.rope = rope;
        this.queryRope = rope.at(plainDim);
        this.weights = weights;
        this.heads = heads;
    }

    @Override
    public void forward(Matrix x, ForwardBatch batch, KvStore kv, Workspace space, Matrix out) {
        int T = batch.numTokens();
        int rows = T * spec.numHeads();
        Workspace.Latent latent = space.latent();
        weights.query.forward(x, T, space);
        backend.rope(latent.query(), spec.numHeads(), queryRope, batch.positions(), T);
        backend.expertMatmul(
                weights.keyUp, heads, 1, latent.queryPlain(), rows, latent.absorbedPlain());
        backend.copy(latent.queryRotated(), rows, latent.absorbedRotated());
        weights.latent.forward(x, T, latent.keys());
        weights.latentNorm.forward(latent.keysPlain(), T, latent.keysPlain());
        backend.rope(latent.keysRotated(), 1, rope, batch.positions(), T);
        backend.writeKv(kv, layer, latent.keys(), latent.keysPlain(), batch.slots(), T);
        backend.attention(latent.absorbed(), kv, layer, spec, batch.attention(), T, latent.mixed());
        backend.expertMatmul(
                weights.valueUp, heads, 1, latent.mixedHeads(), rows, latent.valueHeads());
        weights.output.forward(latent.values(), T, out);
    }
}
