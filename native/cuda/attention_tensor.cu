// Causal attention over the paged cache on tensor cores: queries, keys, values and the weights of
// the softmax are rounded to bf16 (relative error 1e-2), sums, maxima and exponentials are f32. The
// rules are those of attention.cu, which computes exactly; no element of a key or of a value may be
// infinite or NaN, or rows of its sequence that do not see it may be NaN.
//
// A block has 64 pairs of (token, query head) of one sequence and one KV head (block y), so that
// the heads of a group share what is loaded; sequences take their blocks x one after the other. Warp
// w has pairs [16 w, 16 w + 16). Tiles of 32 positions are converted while they are loaded: keys as
// they lie, values transposed. Scores become weights in the registers that are the left factor of
// the second product; a column of ones gives their sum.
//
// A row's bits depend on its own positions alone: tiles begin at multiples of 32 and a tile of which
// a row sees nothing changes nothing. Results of spans are folded as attention.cu does, by the one
// block (through `out`), or by merge_spans after block z has computed span z. Decoding takes the
// same way, or the bits would tell where a prompt was cut.
//
// Shared, in elements of bf16, with d and v the elements of a head's key and value rounded up to 16
// and 8: queries [64, d + 8], keys [32, d + 8], values [v, 32 + 8]; 36,352 bytes for 128 and 128.
// v1: one stage, warps without a row wait, values are transposed by plain stores (four-way
// conflicts of banks); no hardware has run it, and nothing was measured.
#include "paged.cuh"
#include "tensor.cuh"

constexpr int TILE_ROWS = 64;
constexpr int TILE_POSITIONS = 32;
constexpr int POSITION_PITCH = TILE_POSITIONS + 8;
constexpr int TILE_WARPS = TILE_ROWS / 16;
constexpr uint32_t TWO_ONES = 0x3f803f80u;

// The block x with which a sequence begins: at least as many as it needs lie before the next one's.
__device__ __forceinline__ int first_tile(const int* queryStart, int group, int s) {
    return (int)((long long)queryStart[s] * group / TILE_ROWS) + s;
}

__device__ __forceinline__ int sequence_of_tile(const int* queryStart, int numSequences, int group,
                                                int tile) {
    int low = 0, high = numSequences - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (first_tile(queryStart, group, middle) <= tile) low = middle;
        else high = middle - 1;
    }
    return low;
}

// A row of a warp's fragments that this lane holds.
struct TileRow {
    int token, head, position, visible;  // position -1: there is no such row
    float slope;
    SoftmaxState all;
    float max;  // of the current span

    __device__ __forceinline__ bool sees(int p) const { return p <= position && p >= visible; }
};

// The score that the rules make of a dot product.
__device__ __forceinline__ float ruled(const TileRow& row, float dot, float scale, float softCap,
                                       int p) {
    if (!row.sees(p)) return minus_infinity();
    float score = dot * scale;
    if (softCap != 0) score = softCap * tanhf(score / softCap);
    return score + row.slope * (p - row.position);
}

// Over the four lanes that hold a row.
__device__ __forceinline__ float quad_max(float v) {
    v = fmaxf(v, __shfl_xor_sync(ALL_LANES, v, 1));
    return fmaxf(v, __shfl_xor_sync(ALL_LANES, v, 2));
}

// VALUES: a multiple of 8 that is at least valueDim. span is a multiple of TILE_POSITIONS.
template <class Type, int VALUES>
__device__ __forceinline__ void attention_tensor(
    const float* q, long long qStride, const uint8_t* keys, long long keyBytes,
    const uint8_t* values, long long valueBytes, const int* queryStart, const int* contextLength,
    int numSequences, const int* blockTables, int maxBlocks, int blockSize, int heads, int kvHeads,
    int keyDim, int valueDim, float scale, int window, float softCap, const float* slopes,
    const float* sinks, int span, float* states, float* partial, float* out, long long outStride) {
    DYNAMIC_SHARED(uint16_t, queryTile);
    int group = heads / kvHeads, kvHead = blockIdx.y;
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    int s = sequence_of_tile(queryStart, numSequences, group, blockIdx.x);
    int numTokens = queryStart[s + 1] - queryStart[s];
    int first = (blockIdx.x - first_tile(queryStart, group, s)) * TILE_ROWS;
    int numRows = numTokens * group - first;
    if (numRows <= 0) return;
    if (numRows > TILE_ROWS) numRows = TILE_ROWS;
    int context = contextLength[s], firstPosition = context - numTokens;
    int keyCols = (keyDim + 15) / 16 * 16, keyPitch = keyCols + 8;
    uint16_t* keyTile = queryTile + TILE_ROWS * keyPitch;
    uint16_t* valueTile = keyTile + TILE_POSITIONS * keyPitch;
    int valueCols = (valueDim + 7) / 8 * 8;

    for (int r = warp; r < TILE_ROWS; r += TILE_WARPS) {
        int pairIndex = first + r;
        int t = queryStart[s] + pairIndex / group, h = kvHead * group + pairIndex % group;
        for (int d = lane; d < keyCols; d += LANES) {
            float v = r < numRows && d < keyDim ? q[t * qStride + h * keyDim + d] : 0;
            queryTile[r * keyPitch + d] = float_to_bfloat(v);
        }
    }
    TileRow row[2];
    for (int j = 0; j < 2; j++) {
        int r = warp * 16 + lane / 4 + j * 8, pairIndex = first + r;
        row[j].token = queryStart[s] + pairIndex / group;
        row[j].head = kvHead * group + pairIndex % group;
        row[j].position = r < numRows ? firstPosition + pairIndex / group : -1;
        row[j].visible = window == 0 || row[j].position < window ? 0 : row[j].position - window + 1;
        row[j].slope = slopes && r < numRows ? slopes[row[j].head] : 0;
        row[j].all = {minus_infinity(), 0};
    }
    // Positions that the block sees, and whether this warp has a row at all.
    int lowest = firstPosition + first / group;
    int from = window == 0 || lowest < window ? 0 : lowest - window + 1;
    int end = firstPosition + (first + numRows - 1) / group + 1;
    bool isBusy = warp * 16 < numRows;

    const int* table = blockTables + s * (long long)maxBlocks;
    int spanFrom = from / span * span, spanEnd = end;
    if (gridDim.z > 1) {
        spanFrom = blockIdx.z * span;
        spanEnd = spanFrom + 1;
    }
    for (int z = spanFrom; z < spanEnd; z += span) {
        float sum[VALUES / 8][4], total[4] = {0, 0, 0, 0};
        for (int n = 0; n < VALUES / 8; n++) {
            for (int i = 0; i < 4; i++) sum[n][i] = 0;
        }
        row[0].max = row[1].max = minus_infinity();
        int tile = z > from ? z : from / TILE_POSITIONS * TILE_POSITIONS;
        int last = z + span < end ? z + span : end;
        for (; tile < last; tile += TILE_POSITIONS) {
            __syncthreads();
            for (int p = warp; p < TILE_POSITIONS; p += TILE_WARPS) {
                bool isThere = tile + p < context;
                long long at = isThere ? paged_row(table, blockSize, kvHeads, kvHead, tile + p) : 0;
                for (int d = lane; d < keyCols; d += LANES) {
                    float v = isThere && d < keyDim ? Type::at(keys + at * keyBytes, d, keyDim) : 0;
                    keyTile[p * keyPitch + d] = float_to_bfloat(v);
                }
                for (int d = lane; d < valueCols; d += LANES) {
                    bool isElement = isThere && d < valueDim;
                    float v = isElement ? Type::at(values + at * valueBytes, d, valueDim) : 0;
                    valueTile[d * POSITION_PITCH + p] = float_to_bfloat(v);
                }
            }
            __syncthreads();
            if (!isBusy) continue;
            float score[TILE_POSITIONS / 8][4] = {};
            for (int c = 0; c < keyCols; c += 16) {
                const uint16_t* left =
                    queryTile + (warp * 16 + lane / 4) * keyPitch + c + lane % 4 * 2;
                uint32_t fa[4] = {pair(left), pair(left + 8 * keyPitch), pair(left + 8),
                                  pair(left + 8 * keyPitch + 8)};
                for (int n = 0; n < TILE_POSITIONS / 8; n++) {
                    const uint16_t* right =
                        keyTile + (n * 8 + lane / 4) * keyPitch + c + lane % 4 * 2;
                    uint32_t fb[2] = {pair(right), pair(right + 8)};
                    mma_m16n8k16(score[n], fa, fb);
                }
            }
            float keep[2];
            for (int j = 0; j < 2; j++) {
                float max = row[j].max;
                for (int n = 0; n < TILE_POSITIONS / 8; n++) {
                    for (int i = 2 * j; i < 2 * j + 2; i++) {
                        int p = tile + n * 8 + lane % 4 * 2 + i % 2;
                        score[n][i] = ruled(row[j], score[n][i], scale, softCap, p);
                        max = fmaxf(max, score[n][i]);
                    }
                }
                max = quad_max(max);
                keep[j] = rescale(row[j].max, max);
                row[j].max = max;
            }
            uint32_t weight[TILE_POSITIONS / 8][2];
            for (int n = 0; n < TILE_POSITIONS / 8; n++) {
                for (int j = 0; j < 2; j++) {
                    weight[n][j] = pair_of(rescale(score[n][2 * j], row[j].max),
                                           rescale(score[n][2 * j + 1], row[j].max));
                }
            }
            for (int i = 0; i < 4; i++) total[i] *= keep[i / 2];
            for (int n = 0; n < VALUES / 8; n++) {
                for (int i = 0; i < 4; i++) sum[n][i] *= keep[i / 2];
            }
            for (int k = 0; k < TILE_POSITIONS / 16; k++) {
                uint32_t fa[4] = {weight[2 * k][0], weight[2 * k][1], weight[2 * k + 1][0],
                                  weight[2 * k + 1][1]};
                uint32_t ones[2] = {TWO_ONES, TWO_ONES};
                mma_m16n8k16(total, fa, ones);
                for (int n = 0; n < VALUES / 8; n++) {
                    if (n * 8 >= valueDim) break;
                    const uint16_t* right = valueTile + (n * 8 + lane / 4) * POSITION_PITCH +
                                            k * 16 + lane % 4 * 2;
                    uint32_t fb[2] = {pair(right), pair(right + 8)};
                    mma_m16n8k16(sum[n], fa, fb);
                }
            }
        }
        for (int j = 0; j < 2; j++) {
            if (row[j].position < 0) continue;
            SoftmaxState next = {row[j].max, total[2 * j]};
            if (gridDim.z > 1) {
                long long at =
                    ((long long)row[j].token * heads + row[j].head) * gridDim.z + blockIdx.z;
                if (lane % 4 == 0) {
                    states[2 * at] = next.max;
                    states[2 * at + 1] = next.sum;
                }
                for (int n = 0; n < VALUES / 8; n++) {
                    for (int i = 0; i < 2; i++) {
                        int d = n * 8 + lane % 4 * 2 + i;
                        if (d < valueDim) partial[at * valueDim + d] = sum[n][2 * j + i];
                    }
                }
                continue;
            }
            float max = fmaxf(row[j].all.max, next.max);
            float before = rescale(row[j].all.max, max), add = rescale(next.max, max);
            row[j].all = {max, fold(row[j].all.sum, before, next.sum, add)};
            float factor = 1, divisor = 1;
            if (z + span >= end) {
                with_sink(row[j].all, sinks ? sinks[row[j].head] : minus_infinity(), &factor,
                          &divisor);
            }
            // This lane alone reads and writes these elements, so that they need no barrier.
            float* to = out + row[j].token * outStride + row[j].head * valueDim;
            for (int n = 0; n < VALUES / 8; n++) {
                for (int i = 0; i < 2; i++) {
                    int d = n * 8 + lane % 4 * 2 + i;
                    if (d >= valueDim) continue;
                    float was = z == spanFrom ? 0 : to[d];
                    to[d] = fold(was, before, sum[n][2 * j + i], add) * factor / divisor;
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
#define KERNEL(Type, suffix) KERNEL_OF(Type, suffix, 128) KERNEL_OF(Type, suffix, 256)
FOR_EACH_KV_TYPE(KERNEL)
#undef KERNEL
#undef KERNEL_OF
