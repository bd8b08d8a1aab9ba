package dev.nightjar.engine.nn;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.engine.format.LatentAttention;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import java.util.Optional;

/**
 * The activations of a forward pass, allocated once for the largest step and shared by all layers.
 * What a model has no layer for is not allocated.
 */
public final class Workspace {

    private final Matrix hidden;
    private final Matrix normed;
    private final Matrix branch;
    private final Matrix secondBranch;
    private final Matrix qkv;
    private final Matrix q;
    private final Matrix k;
    private final Matrix v;
    private final Matrix attended;
    private final int intermediateSize;
    private final Matrix gateUp;
    private final Matrix activated;
    private final Matrix lastHidden;
    private final Matrix logits;
    private final Optional<Experts> experts;
    private final Optional<Latent> latent;

    /**
     * Activations of a mixture of experts; n = T * k rows, those of a token together.
     *
     * @param scores router logits {@code [T, E]}
     * @param chosen experts {@code [n]}
     * @param weights of the chosen experts {@code [T, k]}
     * @param gateUp {@code [n, 2F]}
     * @param activated {@code [n, F]}, the left half of gateUp
     * @param results {@code [n, C]}
     * @param sharedGateUp {@code [T, 2F']} of the shared expert
     * @param sharedActivated {@code [T, F']}, the left half of sharedGateUp
     * @param shared result of the shared expert {@code [T, C]}
     * @param sharedGate {@code [T, 1]}
     */
    public record Experts(
            Matrix scores,
            IndexBuffer chosen,
            Matrix weights,
            Matrix gateUp,
            Matrix activated,
            Matrix results,
            Matrix sharedGateUp,
            Matrix sharedActivated,
            Matrix shared,
            Matrix sharedGate) {}

    /**
     * Activations of latent attention, see {@link LatentAttentionLayer}; views of T * H rows treat
     * each head of each token as a row.
     *
     * @param queryLatent {@code [T, rank]}
     * @param query {@code [T, H * (N + R)]}
     * @param queryPlain {@code [T * H, N]}, a view on query
     * @param queryRotated {@code [T * H, R]}, a view on query
     * @param absorbed {@code [T, H * (L + R)]}
     * @param absorbedPlain {@code [T * H, L]}, a view on absorbed
     * @param absorbedRotated {@code [T * H, R]}, a view on absorbed
     * @param keys {@code [T, L + R]}
     * @param keysPlain {@code [T, L]}, a view on keys
     * @param keysRotated {@code [T, R]}, a view on keys
     * @param mixed {@code [T, H * L]}
     * @param mixedHeads {@code [T * H, L]}, a view on mixed
     * @param values {@code [T, H * Dv]}
     * @param valueHeads {@code [T * H, Dv]}, a view on values
     */
    public record Latent(
            Matrix queryLatent,
            Matrix query,
            Matrix queryPlain,
            Matrix queryRotated,
            Matrix absorbed,
            Matrix absorbedPlain,
            Matrix absorbedRotated,
            Matrix keys,
            Matrix keysPlain,
            Matrix keysRotated,
            Matrix mixed,
            Matrix mixedHeads,
            Matrix values,
            Matrix valueHeads) {}

    /** Allocates for steps of at most {@code maxTokens} tokens and {@code maxLogitRows} rows. */
    public Workspace(Backend backend, ModelConfig config, int maxTokens, int maxLogitRows) {
        this(new Allocator(Optional.of(backend)), config, maxTokens, maxLogitRows);
    }

    private Workspace(Allocator memory, ModelConfig config, int maxTokens, int maxLogitRows) {
        int hiddenSize = config.hiddenSize();
        int queries = config.numHeads() * config.headDim();
        int keys = config.numKvHeads() * config.headDim();
        boolean plain = config.latentAttention().isEmpty();
        hidden = memory.matrix(maxTokens, hiddenSize);
        normed = memory.matrix(maxTokens, hiddenSize);
        branch = memory.matrix(maxTokens, hiddenSize);
        secondBranch = memory.matrix(maxTokens, hiddenSize);
        qkv = memory.matrix(plain ? maxTokens : 1, queries + 2 * keys);
        q = qkv.columns(0, queries);
        k = qkv.columns(queries, keys);
        v = qkv.columns(queries + keys, keys);
        attended = memory.matrix(plain ? maxTokens : 1, queries);
        intermediateSize = config.intermediateSize();
        gateUp = memory.matrix(maxTokens, 2 * intermediateSize);
        activated = gateUp.columns(0, intermediateSize); // in place: fewer lines of cache to move
        lastHidden = memory.matrix(maxLogitRows, hiddenSize);
        logits = memory.matrix(maxLogitRows, config.vocabSize());
        experts = config.experts().map(e -> experts(memory, e, hiddenSize, maxTokens));
        latent = config.latentAttention().map(l -> latent(memory, l, config.numHeads(), maxTokens));
    }

    /** Bytes that a workspace of this size takes. */
    public static long bytes(ModelConfig config, int maxTokens, int maxLogitRows) {
        Allocator counter = new Allocator(Optional.empty());
        new Workspace(counter, config, maxTokens, maxLogitRows);
        return Float.BYTES * counter.numElements;
    }

    private static Experts experts(Allocator memory, ExpertsConfig config, int hiddenSize, int T) {
        int k = config.routing().numUsed();
        int shared = Math.max(1, config.sharedSize());
        int sharedRows = config.sharedSize() == 0 ? 1 : T;
        Matrix gateUp = memory.matrix(T * k, 2 * config.expertSize());
        Matrix sharedGateUp = memory.matrix(sharedRows, 2 * shared);
        return new Experts(
                memory.matrix(T, config.routing().numExperts()),
                memory.index(T * k),
                memory.matrix(T, k),
                gateUp,
                gateUp.columns(0, config.expertSize()),
                memory.matrix(T * k, hiddenSize),
                sharedGateUp,
                sharedGateUp.columns(0, shared),
                memory.matrix(sharedRows, hiddenSize),
                memory.matrix(sharedRows, 1));
    }

    private static Latent latent(Allocator memory, LatentAttention config, int H, int T) {
        int L = config.kvRank();
        int N = config.nopeHeadDim();
        int R = config.ropeHeadDim();
        Matrix query = memory.matrix(T, H * (N + R));
        Matrix absorbed = memory.matrix(T, H * (L + R));
        Matrix keys = memory.matrix(T, L + R);
        Matrix mixed = memory.matrix(T, H * L);
        Matrix values = memory.matrix(T, H * config.valueHeadDim());
        Matrix queryHeads = Matrix.of(query.buffer(), N + R);
        Matrix absorbedHeads = Matrix.of(absorbed.buffer(), L + R);
        return new Latent(
                memory.matrix(T, Math.max(1, config.queryRank())),
                query,
                queryHeads.columns(0, N),
                queryHeads.columns(N, R),
                absorbed,
                absorbedHeads.columns(0, L),
                absorbedHeads.columns(L, R),
                keys,
                keys.columns(0, L),
                keys.columns(L, R),
                mixed,
                Matrix.of(mixed.buffer(), L),
                values,
                Matrix.of(values.buffer(), config.valueHeadDim()));
    }

    /** Allocates, or only counts if there is no backend. */
    private static final class Allocator {
        private final Optional<Backend> backend;
        private long numElements;

        Allocator(Optional<Backend> backend) {
            this.backend = backend;
        }

        Matrix matrix(int rows, int cols) {
            numElements += (long) rows * cols;
            return Matrix.of(backend.map(b -> b.allocate((long) rows * cols)).orElse(null), cols);
        }

        IndexBuffer index(int capacity) {
            numElements += capacity;
            return backend.map(b -> b.allocateIndex(capacity)).orElse(null);
        }
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

    /** A further one {@code [T, C]}, for branches side by side. */
    public Matrix secondBranch() {
        return secondBranch;
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

    /** Gate and up projection {@code [T, 2 * size]} of the feed-forward or the shared expert. */
    public Matrix gateUp(int size) {
        return size == intermediateSize ? gateUp : experts().sharedGateUp();
    }

    /** Activations {@code [T, size]} of the feed-forward or the shared expert; half of gateUp. */
    public Matrix activated(int size) {
        return size == intermediateSize ? activated : experts().sharedActivated();
    }

    /** Hidden states whose logits are wanted. */
    public Matrix lastHidden() {
        return lastHidden;
    }

    /** Logits {@code [rows, V]}. */
    public Matrix logits() {
        return logits;
    }

    /** Of a model with a mixture of experts. */
    public Experts experts() {
        return experts.orElseThrow();
    }

    /** Of a model with latent attention. */
    public Latent latent() {
        return latent.orElseThrow();
    }
}
