// Causal attention over the paged cache, for decoding and prefill alike: window, soft cap, ALiBi,
// sinks. Block x is a query row, block y a query head. Positions are taken in spans that begin at
// multiples of `span` and are folded in their order: by one block, or, where rows are few and
// contexts long, by merge_spans after a block z has computed each. The bits are the same.
// v1: a block of four warps per row and head; each query reads its keys for itself, so that prefill
// is bound by the cache's bandwidth; not measured on hardware.
#include "paged.cuh"

template <class Type>
struct Paged {
    const uint8_t* keys;
    const uint8_t* values;
    long long keyBytes, valueBytes;
    const int* table;
    int blockSize, kvHeads, head, keyDim, valueDim, position;
    float scale, softCap, slope;

    __device__ __forceinline__ long long row(int p) const {
        return paged_row(table, blockSize, kvHeads, head, p);
    }

    __device__ __forceinline__ float score(const float* query, int p) const {
        const uint8_t* key = keys + row(p) * keyBytes;
        float dot = 0;
        for (int d = 0; d < keyDim; d++) dot += query[d] * Type::at(key, d, keyDim);
        float score = dot * scale;
        if (softCap != 0) score = softCap * tanhf(score / softCap);
        return score + slope * (p - position);
    }

    __device__ __forceinline__ float value(int p, int d) const {
        return Type::at(values + row(p) * valueBytes, d, valueDim);
    }
};

// The sequence that owns a row: the last one that starts at or before it.
__device__ __forceinline__ int sequence_of(const int* queryStart, int numSequences, int row) {
    int low = 0, high = numSequences - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (queryStart[middle] <= row) low = middle;
        else high = middle - 1;
    }
    return low;
}

// Partial results of span z of row t and head h lie at (t * H + h) * spans + z: maximum and sum in
// `states`, the weighted values in `partial` [.., Dv]. With one block z the result goes to `out`.
template <class Type>
__device__ __forceinline__ void attention(
    const float* q, long long qStride, const uint8_t* keys, long long keyBytes,
    const uint8_t* values, long long valueBytes, const int* queryStart, const int* contextLength,
    int numSequences, const int* blockTables, int maxBlocks, int blockSize, int heads, int kvHeads,
    int keyDim, int valueDim, float scale, int window, float softCap, const float* slopes,
    const float* sinks, int span, float* states, float* partial, float* out, long long outStride) {
    DYNAMIC_SHARED(float, memory);
    AttendShared shared(memory, keyDim, valueDim);
    int t = blockIdx.x, h = blockIdx.y, z = blockIdx.z;
    int s = sequence_of(queryStart, numSequences, t);
    int position = contextLength[s] - (queryStart[s + 1] - t);
    int visible = window == 0 || position < window ? 0 : position - window + 1;
    for (int d = threadIdx.x; d < keyDim; d += ATTEND_THREADS) {
        shared.query[d] = q[t * qStride + h * keyDim + d];
    }
    __syncthreads();
    Paged<Type> source = {keys, values, keyBytes, valueBytes, blockTables + s * (long long)maxBlocks,
                          blockSize, kvHeads, h / (heads / kvHeads), keyDim, valueDim, position,
                          scale, softCap, slopes ? slopes[h] : 0};
    if (gridDim.z > 1) {
        int from = z * span > visible ? z * span : visible;
        int end = (z + 1) * span < position + 1 ? (z + 1) * span : position + 1;
        SoftmaxState state = attend(source, shared, valueDim, from, end);
        long long at = ((long long)t * heads + h) * gridDim.z + z;
        if (threadIdx.x == 0) {
            states[2 * at] = state.max;
            states[2 * at + 1] = state.sum;
        }
        for (int d = threadIdx.x; d < valueDim; d += ATTEND_THREADS) {
            partial[at * valueDim + d] = shared.results[d];
        }
        return;
    }
    SoftmaxState all = {minus_infinity(), 0};
    for (int d = threadIdx.x; d < valueDim; d += ATTEND_THREADS) shared.before[d] = 0;
    for (int first = visible / span * span; first <= position; first += span) {
        int from = first > visible ? first : visible;
        int end = first + span < position + 1 ? first + span : position + 1;
        SoftmaxState next = attend(source, shared, valueDim, from, end);
        float max = fmaxf(all.max, next.max);
        float keep = rescale(all.max, max), add = rescale(next.max, max);
        for (int d = threadIdx.x; d < valueDim; d += ATTEND_THREADS) {
            shared.before[d] = fold(shared.before[d], keep, shared.results[d], add);
        }
        all = {max, fold(all.sum, keep, next.sum, add)};
        __syncthreads();
    }
    float factor, total;
    with_sink(all, sinks ? sinks[h] : minus_infinity(), &factor, &total);
    for (int d = threadIdx.x; d < valueDim; d += ATTEND_THREADS) {
        out[t * outStride + h * valueDim + d] = shared.before[d] * factor / total;
    }
}

#define KERNEL(Type, suffix)                                                                      \
    NIGHTJAR_KERNEL(ATTEND_THREADS, attention_##suffix, const float* q, long long qStride,        \
                    const uint8_t* keys, long long keyBytes, const uint8_t* values,               \
                    long long valueBytes, const int* queryStart, const int* contextLength,        \
                    int numSequences, const int* blockTables, int maxBlocks, int blockSize,       \
                    int heads, int kvHeads, int keyDim, int valueDim, float scale, int window,    \
                    float softCap, const float* slopes, const float* sinks, int span,             \
                    float* states, float* partial, float* out, long long outStride) {             \
        attention<Type>(q, qStride, keys, keyBytes, values, valueBytes, queryStart,               \
                        contextLength, numSequences, blockTables, maxBlocks, blockSize, heads,    \
                        kvHeads, keyDim, valueDim, scale, window, softCap, slopes, sinks, span,   \
                        states, partial, out, outStride);                                         \
    }
FOR_EACH_KV_TYPE(KERNEL)
#undef KERNEL

// Merges the spans of a row (block x) and head (block y) in their order; empty ones change nothing.
NIGHTJAR_KERNEL(ATTEND_THREADS, merge_spans, const float* states, const float* partial, int spans,
                int heads, int valueDim, const float* sinks, float* out, long long outStride) {
    int t = blockIdx.x, h = blockIdx.y;
    long long at = ((long long)t * heads + h) * spans;
    for (int d = threadIdx.x; d < valueDim; d += blockDim.x) {
        SoftmaxState all = {minus_infinity(), 0};
        float sum = 0;
        for (int z = 0; z < spans; z++) {
            SoftmaxState next = {states[2 * (at + z)], states[2 * (at + z) + 1]};
            float max = fmaxf(all.max, next.max);
            float keep = rescale(all.max, max), add = rescale(next.max, max);
            sum = fold(sum, keep, partial[(at + z) * valueDim + d], add);
            all = {max, fold(all.sum, keep, next.sum, add)};
        }
        float factor, total;
        with_sink(all, sinks ? sinks[h] : minus_infinity(), &factor, &total);
        out[t * outStride + h * valueDim + d] = sum * factor / total;
    }
}
