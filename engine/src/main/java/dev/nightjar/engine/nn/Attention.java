package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeTable;
import java.util.Optional;

/** Causal self-attention of one layer over the paged cache, with grouped query heads. */
public final class Attention implements Mixer {

    private final Backend backend;
    private final int layer;
    private final AttentionSpec spec;
    private final Optional<RopeTable> rope;
    private final Linear qkvProj;
    private final Linear oProj;
    private final Optional<HeadNorm> qNorm;
    private final Optional<HeadNorm> kNorm;

    /**
     * Takes the layer's weights.
     *
     * @param layer index of the layer's cache
     * @param rope rotations of queries and keys, if the layer has positions
     * @param qkvProj fused projection to {@code [T, (H + 2K) * D]}
     * @param oProj projection from {@code [T, H * D]}
     */
    public Attention(
            Backend backend,
            int layer,
            AttentionSpec spec,
            Optional<RopeTable> rope,
            Linear qkvProj,
            Linear oProj) {
        this(backend, layer, spec, rope, qkvProj, oProj, Optional.empty(), Optional.empty());
    }

    private Attention(
            Backend backend,
            int layer,
            AttentionSpec spec,
            Optional<RopeTable> rope,
            Linear qkvProj,
            Linear oProj,
            Optional<HeadNorm> qNorm,
            Optional<HeadNorm> kNorm) {
        this.backend = backend;
        this.layer = layer;
        this.spec = spec;
        this.rope = rope;
        this.qkvProj = qkvProj;
        this.oProj = oProj;
        this.qNorm = qNorm;
        this.kNorm = kNorm;
    }

    /** This attention with norms of queries and keys. */
    public Attention withNorms(HeadNorm queries, HeadNorm keys) {
        return new Attention(
                backend,
                layer,
                spec,
                rope,
                qkvProj,
                oProj,
                Optional.of(queries),
                Optional.of(keys));
    }

    @Override
    public void forward(Matrix x, ForwardBatch batch, KvStore kv, Workspace space, Matrix out) {
        int T = batch.numTokens();
        qkvProj.forward(x, T, space.qkv());
        if (qNorm.isPresent()) {
            qNorm.get().forward(space.q(), T);
        }
        if (kNorm.isPresent()) {
            kNorm.get().forward(space.k(), T);
        }
        if (rope.isPresent()) {
            backend.rope(space.q(), spec.numHeads(), rope.get(), batch.positions(), T);
            backend.rope(space.k(), spec.numKvHeads(), rope.get(), batch.positions(), T);
        }
        backend.writeKv(kv, layer, space.k(), space.v(), batch.slots(), T);
        backend.attention(space.q(), kv, layer, spec, batch.attention(), T, space.attended());
        oProj.forward(space.attended(), T, out);
    }
}
