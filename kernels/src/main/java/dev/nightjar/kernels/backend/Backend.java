package dev.nightjar.kernels.backend;

import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;

/**
 * The op set that architectures are written in. One instance drives one device; ops are called from
 * one thread and run in call order. Arguments {@code T} (rows in use) never exceed the rows of the
 * matrices. No op allocates, and none reads a device value on the host.
 *
 * <p>Batch invariance is part of the contract: the result for a row depends on that row alone,
 * never on {@code T}, on its neighbours, on how a sequence was cut into steps, or on the thread
 * count.
 *
 * <p>The scalar backend is the reference of every op. Fused ops are {@code default} methods written
 * as their decomposition; a backend overrides them where that is faster.
 */
public interface Backend extends AutoCloseable {

    /** Short name for logs: {@code scalar}, {@code vector-512}. */
    String name();

    /** Threads that kernels run on. */
    int threads();

    /**
     * Prepares weights once, at load. The parts, matrices of equal row length, become one weight,
     * one below the other ({@code EMBEDDING} and {@code VECTOR} take exactly one part). The memory
     * of the parts must stay valid for the backend's life, as it may be used in place.
     *
     * @throws UnsupportedDTypeException if the type cannot be computed with
     */
    Weight prepare(WeightUse use, List<Tensor> parts);

    /** Zeroed memory for {@code numElements} floats, owned by the backend. */
    DeviceBuffer allocate(long numElements);

    /** A host-filled int array of that capacity, owned by the backend. */
    IndexBuffer allocateIndex(int capacity);

    /** A KV pool; the caller closes it. */
    KvStore allocateKv(KvSpec spec);

    /** out [T, C] = rows {@code ids[0..T)} of table [V, C]. */
    void embed(Weight table, IndexBuffer ids, int T, Matrix out);

    /** out [T, C] = x / sqrt(mean(x²) + eps) * weight, row by row; out may be x. */
    void rmsNorm(Matrix x, Weight weight, float eps, int T, Matrix out);

    /** x [T, C] += residual [T, C], then out = rmsNorm(x); the step between two layers' halves. */
    default void addRmsNorm(
            Matrix x, Matrix residual, Weight weight, float eps, int T, Matrix out) {
        add(x, residual, T);
        rmsNorm(x, weight, eps, T, out);
    }

    /** out [T, rows] = x [T, cols] · weightᵀ, for all T rows at once; out must not overlap x. */
    void matmul(Weight weight, Matrix x, int T, Matrix out);

    /** x [T, C] += bias [C]. */
    void addBias(Matrix x, Weight bias, int T);

    /** x [T, C] += y [T, C]. */
    void add(Matrix x, Matrix y, int T);

    /** x [T, heads * D]: rotates each head of row t by the angles of {@code positions[t]}. */
    void rope(Matrix x, int numHeads, RopeTable table, IndexBuffer positions, int T);

    /** Stores row t of k and v, both [T, K * D], at slot {@code slots[t]} of the layer's cache. */
    void writeKv(KvStore store, int layer, Matrix k, Matrix v, IndexBuffer slots, int T);

    /** Copies the first {@code numTokens} tokens of a block to another one, in all layers. */
    void copyKv(KvStore store, int fromBlock, int toBlock, int numTokens);

    /**
     * Causal attention over the paged cache: out [T, H * D] from q [T, H * D]; keys and values of
     * this step's rows must already be written.
     */
    void attention(
            Matrix q,
            KvStore store,
            int layer,
            AttentionShape shape,
            AttentionMetadata metadata,
            int T,
            Matrix out);

    /** out [T, F] = silu(gateUp[:, 0..F)) * gateUp[:, F..2F). */
    void siluMultiply(Matrix gateUp, int T, Matrix out);

    /** out [n, C] = rows {@code rows[0..n)} of x. */
    void gatherRows(Matrix x, IndexBuffer rows, int n, Matrix out);

    /** x [T, C] *= factor. */
    void scale(Matrix x, float factor, int T);

    /**
     * Chooses a token per row of logits [S, V]; may overwrite the logits. A row that cannot be
     * sampled (it holds NaN or +infinity, or every token is forbidden) yields token -1 and logprob
     * NaN, so that the engine can fail that request alone.
     */
    void sample(Matrix logits, int S, SamplingBatch batch);

    /** Stops the threads and releases what the backend owns. */
    @Override
    void close();
}
