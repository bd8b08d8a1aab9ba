package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeTable;

/** Causal self-attention of one layer over the paged cache, with rotary positions and GQA. */
public final class Attention {

    private final Backend backend;
    private final int layer;
    private final AttentionSpec shape;
    private final RopeTable rope;
    private final Linear qkvProj;
    private final Linear oProj;

    /**
     * Takes the layer's weights.
     *
     * @param layer index of the layer's cache
     * @param qkvProj fused projection to {@code [T, (H + 2K) * D]}
     * @param oProj projection from {@code [T, H * D]}
     */
    public Attention(
            Backend backend,
            int layer,
            AttentionSpec shape,
            RopeTable rope,
            Linear qkvProj,
            Linear oProj) {
        this.backend = backend;
        this.layer = layer;
        this.shape = shape;
        this.rope = rope;
        this.qkvProj = qkvProj;
        this.oProj = oProj;
    }

    /** out [T, C] from x [T, C]; stores the keys and values of all T tokens. */
    public void forward(Matrix x, ForwardBatch batch, KvStore kv, Workspace space, Matrix out) {
        int T = batch.numTokens();
        qkvProj.forward(x, T, space.qkv());
        backend.rope(space.q(), shape.numHeads(), rope, batch.positions(), T);
        backend.rope(space.k(), shape.numKvHeads(), rope, batch.positions(), T);
        backend.writeKv(kv, layer, space.k(), space.v(), batch.slots(), T);
        backend.attention(space.q(), kv, layer, shape, batch.attention(), T, space.attended());
        oProj.forward(space.attended(), T, out);
    }
}
