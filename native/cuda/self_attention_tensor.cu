// Attention of the rows of a sequence to each other on tensor cores, see attend_tensor.cuh for the
// tiles and what is rounded. The rules are those of self_attention.cu, which computes exactly.
//
// Block x has 64 rows of one sequence, block y is a head; sequences take their blocks one after the
// other. Rows and tiles are counted from the sequence's first row, so that its results do not
// depend on what it is packed with.
// v1: one stage, values transposed by plain stores; no hardware has run it, and nothing was
// measured.
#include "attend_tensor.cuh"

// A head of a sequence of `count` rows.
struct SequenceHead {
    const float* k;
    const float* v;
    long long kStride, vStride;
    int count;

    __device__ __forceinline__ bool has(int p) const { return p < count; }
    __device__ __forceinline__ long long row(int p) const { return p; }
    __device__ __forceinline__ float key(long long at, int d) const { return k[at * kStride + d]; }
    __device__ __forceinline__ float value(long long at, int d) const {
        return v[at * vStride + d];
    }
};

struct RowsOfHead {
    const float* q;
    long long stride;

    __device__ __forceinline__ const float* query(int r) const { return q + r * stride; }
};

struct BothWays {
    const float* bias;
    int reach, window, count, first;
    float scale;

    __device__ __forceinline__ float score(int j, float dot, int p) const {
        int away = p - (first + j * 8);
        int distance = away < 0 ? -away : away;
        if (p >= count || (window != 0 && distance > window)) return minus_infinity();
        int limited = away > reach ? reach : away < -reach ? -reach : away;
        return dot * scale + (bias ? bias[reach + limited] : 0);
    }
};

// VALUES: a multiple of 8 that is at least dim.
template <int VALUES>
__device__ __forceinline__ void self_attention_tensor(
    const float* q, long long qStride, const float* k, long long kStride, const float* v,
    long long vStride, const int* starts, int numSequences, int dim, float scale, int window,
    const float* bias, long long biasStride, int reach, float* out, long long outStride) {
    DYNAMIC_SHARED(uint16_t, memory);
    AttendTiles tiles(memory, dim, dim);
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES, h = blockIdx.y;
    int s = sequence_of_tile(starts, numSequences, 1, blockIdx.x);
    int start = starts[s], count = starts[s + 1] - start;
    int first = (blockIdx.x - first_tile(starts, 1, s)) * TILE_ROWS;
    int numRows = count - first;
    if (numRows <= 0) return;
    if (numRows > TILE_ROWS) numRows = TILE_ROWS;
    RowsOfHead rows = {q + (start + first) * qStride + h * dim, qStride};
    load_queries(rows, tiles, numRows);
    SequenceHead source = {k + start * kStride + h * dim, v + start * vStride + h * dim, kStride,
                           vStride, count};
    BothWays rules = {bias ? bias + h * biasStride : bias, reach, window, count,
                      first + warp * 16 + lane / 4, scale};
    int from = window == 0 || first < window ? 0 : first - window;
    int end = window == 0 || first + numRows + window > count ? count : first + numRows + window;
    TileState<VALUES> state;
    state.clear();
    for (int tile = from / TILE_POSITIONS * TILE_POSITIONS; tile < end; tile += TILE_POSITIONS) {
        uint32_t lost = load_tile(source, tiles, tile);
        if (warp * 16 < numRows) attend_tile(tiles, rules, tile, lost, state);
    }
    UNROLLED
    for (int j = 0; j < 2; j++) {
        int r = warp * 16 + lane / 4 + j * 8;
        if (r >= numRows) continue;
        float* to = out + (start + first + r) * outStride + h * dim;
        UNROLLED
        for (int n = 0; n < VALUES / 8; n++) {
            UNROLLED
            for (int i = 0; i < 2; i++) {
                int d = n * 8 + lane % 4 * 2 + i;
                if (d < dim) to[d] = state.sum[n][2 * j + i] / state.total[2 * j];
            }
        }
    }
}

#define KERNEL(VALUES)                                                                            \
    NIGHTJAR_KERNEL(ATTEND_THREADS, self_attention_tensor_##VALUES, const float* q,               \
                    long long qStride, const float* k, long long kStride, const float* v,         \
                    long long vStride, const int* starts, int numSequences, int dim, float scale, \
                    int window, const float* bias, long long biasStride, int reach, float* out,   \
                    long long outStride) {                                                        \
        self_attention_tensor<VALUES>(q, qStride, k, kStride, v, vStride, starts, numSequences,   \
                                      dim, scale, window, bias, biasStride, reach, out,           \
                                      outStride);                                                 \
    }
KERNEL(64)
KERNEL(128)
KERNEL(256)
#undef KERNEL
