// Causal attention over the paged cache on tensor cores, see attend_tensor.cuh for the tiles and
// what is rounded (relative error 1e-2). The rules are those of attention.cu, which computes
// exactly; a row that sees a value that is infinite or NaN is NaN in all elements of the head.
//
// A block has 64 pairs of (token, query head) of one sequence and one KV head (block y), so that
// the heads of a group share what is loaded; sequences take their blocks x one after the other.
//
// Results of spans are folded as attention.cu does, by the one block (through `out`), or by
// merge_spans after block z has computed span z. Decoding takes the same way, or the bits would
// tell where a prompt was cut.
// v1: one stage, warps without a row wait, values are transposed by plain stores (four-way
// conflicts of banks). v2: values that are no numbers reach no row that does not see them, for a
// vote of a warp per position. v3: loops over sums and weights are unrolled by order, or the
// compiler kept both in memory (600 bytes a thread for values of 256, now none). No hardware has
// run them, and nothing was measured.
#include "attend_tensor.cuh"
#include "paged.cuh"

// A KV head of a sequence.
template <class Type>
struct PagedHead {
    const uint8_t* keys;
    const uint8_t* values;
    long long keyBytes, valueBytes;
    const int* table;
    int blockSize, kvHeads, head, keyDim, valueDim, context;

    __device__ __forceinline__ bool has(int p) const { return p < context; }

    __device__ __forceinline__ long long row(int p) const {
        return paged_row(table, blockSize, kvHeads, head, p);
    }

    __device__ __forceinline__ float key(long long at, int d) const {
        return Type::at(keys + at * keyBytes, d, keyDim);
    }

    __device__ __forceinline__ float value(long long at, int d) const {
        return Type::at(values + at * valueBytes, d, valueDim);
    }
};

// Pairs of token and query head from `first` on, of a group of heads.
struct PairsOfGroup {
    const float* q;
    long long stride;
    int first, group, firstToken, firstHead, keyDim;

    __device__ __forceinline__ int token(int r) const { return firstToken + (first + r) / group; }
    __device__ __forceinline__ int head(int r) const { return firstHead + (first + r) % group; }
    __device__ __forceinline__ const float* query(int r) const {
        return q + token(r) * stride + head(r) * keyDim;
    }
};

// A row of a warp's fragments that this lane holds.
struct TileRow {
    int token, head, position, visible;  // position -1: there is no such row
    float slope;
    SoftmaxState all;  // of the spans so far

    __device__ __forceinline__ bool sees(int p) const { return p <= position && p >= visible; }
};

struct CausalRules {
    TileRow row[2];
    float scale, softCap;

    __device__ __forceinline__ float score(int j, float dot, int p) const {
        if (!row[j].sees(p)) return minus_infinity();
        float score = dot * scale;
        if (softCap != 0) score = softCap * tanhf(score / softCap);
        return score + row[j].slope * (p - row[j].position);
    }
};

// VALUES: a multiple of 8 that is at least valueDim. span is a multiple of TILE_POSITIONS.
template <class Type, int VALUES>
__device__ __forceinline__ void attention_tensor(
    const float* q, long long qStride, const uint8_t* keys, long long keyBytes,
    const uint8_t* values, long long valueBytes, const int* queryStart, const int* contextLength,
    int numSequences, const int* blockTables, int maxBlocks, int blockSize, int heads, int kvHeads,
    int keyDim, int valueDim, float scale, int window, float softCap, const float* slopes,
    const float* sinks, int span, float* states, float* partial, float* out, long long outStride) {
    DYNAMIC_SHARED(uint16_t, memory);
    AttendTiles tiles(memory, keyDim, valueDim);
    int group = heads / kvHeads, kvHead = blockIdx.y;
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    int s = sequence_of_tile(queryStart, numSequences, group, blockIdx.x);
    int numTokens = queryStart[s + 1] - queryStart[s];
    int first = (blockIdx.x - first_tile(queryStart, group, s)) * TILE_ROWS;
    int numRows = numTokens * group - first;
    if (numRows <= 0) return;
    if (numRows > TILE_ROWS) numRows = TILE_ROWS;
    int context = contextLength[s], firstPosition = context - numTokens;
    PairsOfGroup pairs = {q, qStride, first, group, queryStart[s], kvHead * group, keyDim};
    load_queries(pairs, tiles, numRows);
    PagedHead<Type> source = {keys, values, keyBytes, valueBytes,
                              blockTables + s * (long long)maxBlocks, blockSize, kvHeads, kvHead,
                              keyDim, valueDim, context};
    CausalRules rules;
    rules.scale = scale;
    rules.softCap = softCap;
    UNROLLED
    for (int j = 0; j < 2; j++) {
        int r = warp * 16 + lane / 4 + j * 8;
        TileRow& row = rules.row[j];
        row.token = pairs.token(r);
        row.head = pairs.head(r);
        row.position = r < numRows ? firstPosition + (first + r) / group : -1;
        row.visible = window == 0 || row.position < window ? 0 : row.position - window + 1;
        row.slope = slopes && r < numRows ? slopes[row.head] : 0;
        row.all = {minus_infinity(), 0};
    }
    // Positions that the block sees, and whether this warp has a row at all.
    int lowest = firstPosition + first / group;
    int from = window == 0 || lowest < window ? 0 : lowest - window + 1;
    int end = firstPosition + (first + numRows - 1) / group + 1;
    bool isBusy = warp * 16 < numRows;

    int spanFrom = from / span * span, spanEnd = end;
    if (gridDim.z > 1) {
        spanFrom = blockIdx.z * span;
        spanEnd = spanFrom + 1;
    }
    for (int z = spanFrom; z < spanEnd; z += span) {
        TileState<VALUES> state;
        state.clear();
        int tile = z > from ? z : from / TILE_POSITIONS * TILE_POSITIONS;
        int last = z + span < end ? z + span : end;
        for (; tile < last; tile += TILE_POSITIONS) {
            uint32_t lost = load_tile(source, tiles, tile);
            if (isBusy) attend_tile(tiles, rules, tile, lost, state);
        }
        UNROLLED
        for (int j = 0; j < 2; j++) {
            TileRow& row = rules.row[j];
            if (row.position < 0) continue;
            SoftmaxState next = {state.max[j], state.total[2 * j]};
            if (gridDim.z > 1) {
                long long at =
                    ((long long)row.token * heads + row.head) * gridDim.z + blockIdx.z;
                if (lane % 4 == 0) {
                    states[2 * at] = next.max;
                    states[2 * at + 1] = next.sum;
                }
                UNROLLED
                for (int n = 0; n < VALUES / 8; n++) {
                    UNROLLED
                    for (int i = 0; i < 2; i++) {
                        int d = n * 8 + lane % 4 * 2 + i;
                        if (d < valueDim) partial[at * valueDim + d] = state.sum[n][2 * j + i];
                    }
                }
                continue;
            }
            float max = fmaxf(row.all.max, next.max);
            float before = rescale(row.all.max, max), add = rescale(next.max, max);
            row.all = {max, fold(row.all.sum, before, next.sum, add)};
            float factor = 1, divisor = 1;
            if (z + span >= end) {
                with_sink(row.all, sinks ? sinks[row.head] : minus_infinity(), &factor, &divisor);
            }
            // This lane alone reads and writes these elements, so that they need no barrier.
            float* to = out + row.token * outStride + row.head * valueDim;
            UNROLLED
            for (int n = 0; n < VALUES / 8; n++) {
                UNROLLED
                for (int i = 0; i < 2; i++) {
                    int d = n * 8 + lane % 4 * 2 + i;
                    if (d >= valueDim) continue;
                    float was = z == spanFrom ? 0 : to[d];
                    to[d] = fold(was, before, state.sum[n][2 * j + i], add) * factor / divisor;
                }
            }
        }
    }
}

#define KERNEL_OF(Type, suffix, VALUES)                                                           \
    NIGHTJAR_KERNEL(ATTEND_THREADS, attention_tensor_##VALUES##_##suffix, const float* q,         \
                    long long qStride, const uint8_t* keys, long long keyBytes,                   \
                    const uint8_t* values, long long valueBytes, const int* queryStart,           \
                    const int* contextLength, int numSequences, const int* blockTables,           \
                    int maxBlocks, int blockSize, int heads, int kvHeads, int keyDim,             \
                    int valueDim, float scale, int window, float softCap, const float* slopes,    \
                    const float* sinks, int span, float* states, float* partial, float* out,      \
                    long long outStride) {                                                        \
        attention_tensor<Type, VALUES>(q, qStride, keys, keyBytes, values, valueBytes,            \
                                       queryStart, contextLength, numSequences, blockTables,      \
                                       maxBlocks, blockSize, heads, kvHeads, keyDim, valueDim,    \
                                       scale, window, softCap, slopes, sinks, span, states,       \
                                       partial, out, outStride);                                  \
    }
#define KERNEL(Type, suffix)                                                                      \
    KERNEL_OF(Type, suffix, 64) KERNEL_OF(Type, suffix, 128) KERNEL_OF(Type, suffix, 256)
FOR_EACH_KV_TYPE(KERNEL)
#undef KERNEL
#undef KERNEL_OF
