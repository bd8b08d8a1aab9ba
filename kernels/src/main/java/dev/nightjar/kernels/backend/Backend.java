package dev.nightjar.kernels.backend;

import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** What it computes on, in a word for clients: {@code cpu}. */
    String device();

    /** Threads that kernels run on. */
    int threads();

    /** Bytes of the device's own memory; empty if it computes in that of the machine. */
    default OptionalLong memoryBytes() {
        return OptionalLong.empty();
    }

    /**
     * What this backend holds of the device's own memory, of {@link #forModel} what its model does;
     * empty if it computes in that of the machine. Any thread.
     */
    default Optional<DeviceUse> deviceUse() {
        return Optional.empty();
    }

    /**
     * The same device, threads and ops, with memory of its own for the weights it prepares: one for
     * each model. Closing it frees that memory and stops nothing; none of those weights may be used
     * afterwards. Its ops belong to the thread of this backend, weights are prepared on any.
     */
    Backend forModel();

    /**
     * Prepares weights once, at load. The parts, matrices of equal row length, become one weight,
     * one below the other ({@code EMBEDDING} and {@code VECTOR} take exactly one part). The memory
     * of the parts must stay valid for the backend's life, as it may be used in place.
     *
     * @throws UnsupportedDTypeException if the type cannot be computed with
     */
    Weight prepare(WeightUse use, List<Tensor> parts);

    /**
     * Prepares the matrices of a mixture of experts, as {@link #prepare} does for one matrix: the
     * parts of an expert become one weight, one below the other. All experts have the same shapes.
     *
     * @param experts parts {@code [rows_i, cols]} of each expert, by index
     * @throws UnsupportedDTypeException if a type cannot be computed with
     */
    Weight prepareExperts(List<List<Tensor>> experts);

    /** Zeroed memory for {@code numElements} floats, owned by the backend. */
    DeviceBuffer allocate(long numElements);

    /** A host-filled int array of that capacity, owned by the backend. */
    IndexBuffer allocateIndex(int capacity);

    /** A KV pool; the caller closes it. */
    KvStore allocateKv(KvSpec spec);

    /**
     * Computes steps of decoding for one model whose ops have fixed arguments; the caller closes it
     * before it frees what those use.
     */
    default StepReplay stepReplay() {
        return StepReplay.DIRECT;
    }

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

    /**
     * out [T, C] = (x - mean(x)) / sqrt(var(x) + eps) * weight + bias, row by row; out may be x.
     */
    void layerNorm(Matrix x, Weight weight, Weight bias, float eps, int T, Matrix out);

    /** x [T, heads * D]: {@link #rmsNorm} of each head; weight is [D], or [heads * D]. */
    void rmsNormHeads(Matrix x, int numHeads, Weight weight, float eps, int T);

    /** x [T, heads * D]: layer norm of each head without bias; weight is [D], or [heads * D]. */
    void layerNormHeads(Matrix x, int numHeads, Weight weight, float eps, int T);

    /** out [T, rows] = x [T, cols] · weightᵀ, for all T rows at once; out must not overlap x. */
    void matmul(Weight weight, Matrix x, int T, Matrix out);

    /** {@link #matmul}, then {@link #addBias}, with the same bits. */
    default void matmulBias(Weight weight, Weight bias, Matrix x, int T, Matrix out) {
        matmul(weight, x, T, out);
        addBias(out, bias, T);
    }

    /** {@link #matmulBias}, then {@link #activate}, with the same bits. */
    default void matmulActivate(
            Weight weight, Weight bias, Activation function, Matrix x, int T, Matrix out) {
        matmulBias(weight, bias, x, T, out);
        activate(function, out, T);
    }

    /** x [T, C] += bias [C]. */
    void addBias(Matrix x, Weight bias, int T);

    /** x [T, C] += y [T, C]. */
    void add(Matrix x, Matrix y, int T);

    /** x [T, C] *= weight [C], column by column. */
    void multiply(Matrix x, Weight weight, int T);

    /** to [T, C] = from [T, C]. */
    void copy(Matrix from, int T, Matrix to);

    /** x [T, heads * D]: rotates each head of row t by the angles of {@code positions[t]}. */
    void rope(Matrix x, int numHeads, RopeTable table, IndexBuffer positions, int T);

    /**
     * Stores row t of k and v, both [T, K * D], at slot {@code slots[t]} of the layer's cache; rows
     * that pad a step have {@link StepReplay#NO_SLOT}.
     */
    void writeKv(KvStore store, int layer, Matrix k, Matrix v, IndexBuffer slots, int T);

    /**
     * {@link #rope} of k, then {@link #writeKv}, with the same bits in the cache; what k holds
     * afterwards is undefined.
     */
    default void ropeWriteKv(
            KvStore store,
            int layer,
            Matrix k,
            RopeTable table,
            IndexBuffer positions,
            Matrix v,
            IndexBuffer slots,
            int T) {
        rope(k, store.spec().layers().get(layer).numKvHeads(), table, positions, T);
        writeKv(store, layer, k, v, slots, T);
    }

    /** Copies the first {@code numTokens} tokens of a block to another one, in all layers. */
    void copyKv(KvStore store, int fromBlock, int toBlock, int numTokens);

    /**
     * Causal attention over the paged cache: out [T, H * valueDim] from q [T, H * D]; keys and
     * values of this step's rows must already be written. See {@link AttentionSpec}.
     */
    void attention(
            Matrix q,
            KvStore store,
            int layer,
            AttentionSpec spec,
            AttentionMetadata metadata,
            int T,
            Matrix out);

    /**
     * Attention in both directions without a cache: out [T, H * D] from q, k and v, each [T, H *
     * D]. Sequence {@code s} owns rows {@code [starts[s], starts[s + 1])}, and a row attends to the
     * rows of its own sequence, see {@link SelfAttentionSpec}. out must not overlap k or v.
     *
     * @param starts {@code [numSequences + 1]}, ascending from 0 to T
     */
    void selfAttention(
            Matrix q,
            Matrix k,
            Matrix v,
            SelfAttentionSpec spec,
            IndexBuffer starts,
            int numSequences,
            int T,
            Matrix out);

    /** x [T, F] = activation(x). */
    void activate(Activation activation, Matrix x, int T);

    /** out [T, F] = activation(gateUp[:, 0..F)) * gateUp[:, F..2F); out may be half of gateUp. */
    void activateMultiply(Activation activation, Matrix gateUp, int T, Matrix out);

    /**
     * out [T, F] = g * sigmoid(alpha * g) * (u + 1), where g = min(gateUp[:, 0..F), limit) and u =
     * clamp(gateUp[:, F..2F), -limit, limit): the gate of gpt-oss. out may be half of gateUp.
     */
    void clampedGate(Matrix gateUp, float alpha, float limit, int T, Matrix out);

    /** x [T, C] *= sigmoid(gate [T, 1]), row by row. */
    void sigmoidGate(Matrix x, Matrix gate, int T);

    /** x [T, C] = min(max(x, -limit), limit). */
    void clamp(Matrix x, float limit, int T);

    /** x [T, C] = cap * tanh(x / cap). */
    void softCap(Matrix x, float cap, int T);

    /**
     * Chooses experts per row of logits [T, E]: entries {@code [t * k, (t + 1) * k)} of experts and
     * row t of weights [T, k]. The logits may be overwritten.
     *
     * @param selectionBias [E], added to the scores for the choice only
     */
    void routeExperts(
            Matrix logits,
            ExpertRouting routing,
            Optional<Weight> selectionBias,
            int T,
            IndexBuffer experts,
            Matrix weights);

    /**
     * out [n, rows] where row i = row {@code i / fanOut} of x [n / fanOut, cols] times the
     * transposed matrix of expert {@code experts[i]}. With a fan-out of k each token goes to its k
     * experts, with 1 each row has its own.
     */
    void expertMatmul(Weight weight, IndexBuffer experts, int fanOut, Matrix x, int n, Matrix out);

    /** x [n, C]: row i += row {@code experts[i]} of bias [E, C], prepared as an embedding. */
    void addExpertBias(Matrix x, Weight bias, IndexBuffer experts, int n);

    /** out [T, C]: row t = sum over j of weights[t, j] * x[t * k + j], in order of j. */
    void combineExperts(Matrix x, Matrix weights, int T, Matrix out);

    /** out [n, C] = rows {@code rows[0..n)} of x. */
    void gatherRows(Matrix x, IndexBuffer rows, int n, Matrix out);

    /**
     * out [numSequences, C]: row s is the mean of rows {@code [starts[s], starts[s + 1])} of x [T,
     * C]; zero for a sequence without rows.
     *
     * @param starts {@code [numSequences + 1]}, ascending from 0 to T
     */
    void meanRows(Matrix x, IndexBuffer starts, int numSequences, int T, Matrix out);

    /**
     * out [numSequences, C]: row s is what {@code how} makes of rows {@code [starts[s] +
     * skipped[s], starts[s + 1])} of x [T, C]; zero for a sequence without such rows.
     *
     * @param starts {@code [numSequences + 1]}, ascending from 0 to T
     * @param skipped rows at the beginning of each sequence that are left out; those beyond its
     *     length do not count
     */
    void poolRows(
            RowPooling how,
            Matrix x,
            IndexBuffer starts,
            IndexBuffer skipped,
            int numSequences,
            int T,
            Matrix out);

    /** x [T, C] *= factor. */
    void scale(Matrix x, float factor, int T);

    /**
     * Chooses a token per row of logits [S, V], or takes the given one, and reports how likely it
     * and the likeliest tokens are; may overwrite the logits. A row that cannot be sampled (it
     * holds NaN or +infinity, or every token is forbidden) yields token -1 and logprob NaN, so that
     * the engine can fail that request alone.
     */
    void sample(Matrix logits, int S, SamplingBatch batch);

    /** Stops the threads and releases what the backend owns; the second call does nothing. */
    @Override
    void close();
}
