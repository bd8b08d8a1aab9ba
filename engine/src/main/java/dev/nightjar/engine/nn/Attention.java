package dev.nightjar.engine.nn;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeTable;
import java.util.Optional;

/** Causal self-attention of one layer over the paged cache, with grouped query heads. */
public final class Attention implements Mixer {

    private final Backend backend;
    private final int layer;
    private final AttentionSpec spec;
    private final Optional<Rotation> rotation;
    private final Projections projections;
    private final HeadNorms norms;

    /**
     * The projections around attention.
     *
     * @param qkv fused, to {@code [T, (H + 2K) * D]}
     * @param clamp bound of its results; 0 for none
     * @param output from {@code [T, H * D]}
     */
    public record Projections(Linear qkv, float clamp, Linear output) {}

    /** Rotations of queries and of keys; tables differ where queries have a temperature. */
    public record Rotation(RopeTable queries, RopeTable keys) {}

    /** Norms of query and key heads. */
    public record HeadNorms(Optional<HeadNorm> queries, Optional<HeadNorm> keys, Place place) {

        /** Where they stand. */
        public enum Place {
            BEFORE_ROTATION,
            AFTER_ROTATION
        }

        private static final HeadNorms NONE =
                new HeadNorms(Optional.empty(), Optional.empty(), Place.BEFORE_ROTATION);
    }

    /**
     * Takes the layer's weights.
     *
     * @param layer index of the layer's cache
     * @param rotation of queries and keys, if the layer has positions
     */
    public Attention(
            Backend backend,
            int layer,
            AttentionSpec spec,
            Optional<Rotation> rotation,
            Projections projections) {
        this(backend, layer, spec, rotation, projections, HeadNorms.NONE);
    }

    private Attention(
            Backend backend,
            int layer,
            AttentionSpec spec,
            Optional<Rotation> rotation,
            Projections projections,
            HeadNorms norms) {
        this.backend = backend;
        this.layer = layer;
        this.spec = spec;
        this.rotation = rotation;
        this.projections = projections;
        this.norms = norms;
    }

    /** This attention with norms of queries and keys. */
    public Attention withNorms(HeadNorms newNorms) {
        return new Attention(backend, layer, spec, rotation, projections, newNorms);
    }

    @Override
    public void forward(Matrix x, ForwardBatch batch, KvStore kv, Workspace space, Matrix out) {
        int T = batch.numTokens();
        projections.qkv.forward(x, T, space.qkv());
        if (projections.clamp != 0) {
            backend.clamp(space.qkv(), projections.clamp, T);
        }
        normalize(HeadNorms.Place.BEFORE_ROTATION, space, T);
        rotateAndStore(batch, kv, space, T);
        backend.attention(space.q(), kv, layer, spec, batch.attention(), T, space.attended());
        projections.output.forward(space.attended(), T, out);
    }

    /** A norm behind the rotation keeps it apart from the write. */
    private void rotateAndStore(ForwardBatch batch, KvStore kv, Workspace space, int T) {
        IndexBuffer positions = batch.positions();
        if (rotation.isPresent()) {
            Rotation tables = rotation.get();
            backend.rope(space.q(), spec.numHeads(), tables.queries, positions, T);
            if (norms.place != HeadNorms.Place.AFTER_ROTATION) {
                backend.ropeWriteKv(
                        kv, layer, space.k(), tables.keys, positions, space.v(), batch.slots(), T);
                return;
            }
            backend.rope(space.k(), spec.numKvHeads(), tables.keys, positions, T);
        }
        normalize(HeadNorms.Place.AFTER_ROTATION, space, T);
        backend.writeKv(kv, layer, space.k(), space.v(), batch.slots(), T);
    }

    private void normalize(HeadNorms.Place place, Workspace space, int T) {
        if (norms.place != place) {
            return;
        }
        if (norms.queries.isPresent()) {
            norms.queries.get().forward(space.q(), T);
        }
        if (norms.keys.isPresent()) {
            norms.keys.get().forward(space.k(), T);
        }
    }
}
