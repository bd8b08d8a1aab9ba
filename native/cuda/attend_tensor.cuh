// Softmax attention on tensor cores, over the paged cache and over whole sequences alike: queries,
// keys, values and the weights of the softmax are rounded to bf16, sums, maxima and exponentials
// are f32.
//
// A block has 64 rows of queries, warp w rows [16 w, 16 w + 16), and takes the positions in tiles
// of 32, converted while they are loaded: keys as they lie, values transposed. Scores become
// weights in the registers that are the left factor of the second product; a column of ones gives
// their sum. Tiles begin at multiples of 32 and one of which a row sees nothing changes nothing, so
// that a row's bits depend on what it sees alone.
//
// Shared, in elements of bf16, with d and v the elements of a head's key and value rounded up to 16
// and 8: queries [64, d + 8], keys [32, d + 8], values [v, 32 + 8]; 36,352 bytes for 128 and 128.
#pragma once
#include "attend.cuh"
#include "tensor.cuh"

constexpr int TILE_ROWS = 64;
constexpr int TILE_POSITIONS = 32;
constexpr int POSITION_PITCH = TILE_POSITIONS + 8;
constexpr int TILE_WARPS = TILE_ROWS / 16;
constexpr uint32_t TWO_ONES = 0x3f803f80u;

struct AttendTiles {
    int keyDim, valueDim, keyCols, valueCols, keyPitch;
    uint16_t* queries;
    uint16_t* keys;
    uint16_t* values;

    __device__ __forceinline__ AttendTiles(uint16_t* memory, int keyElements, int valueElements)
        : keyDim(keyElements),
          valueDim(valueElements),
          keyCols((keyElements + 15) / 16 * 16),
          valueCols((valueElements + 7) / 8 * 8),
          keyPitch(keyCols + 8),
          queries(memory),
          keys(queries + TILE_ROWS * keyPitch),
          values(keys + TILE_POSITIONS * keyPitch) {}
};

// What a warp's fragments hold of its rows: the lane's two rows are lane / 4 and lane / 4 + 8.
template <int VALUES>
struct TileState {
    float sum[VALUES / 8][4], total[4], max[2];

    __device__ __forceinline__ void clear() {
        UNROLLED
        for (int n = 0; n < VALUES / 8; n++) {
            UNROLLED
            for (int i = 0; i < 4; i++) sum[n][i] = 0;
        }
        UNROLLED
        for (int i = 0; i < 4; i++) total[i] = 0;
        max[0] = max[1] = minus_infinity();
    }
};

// The block x with which a sequence begins that has `group` rows per token: at least as many as it
// needs lie before the next one's.
__device__ __forceinline__ int first_tile(const int* starts, int group, int s) {
    return (int)((long long)starts[s] * group / TILE_ROWS) + s;
}

__device__ __forceinline__ int sequence_of_tile(const int* starts, int numSequences, int group,
                                                int tile) {
    int low = 0, high = numSequences - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (first_tile(starts, group, middle) <= tile) low = middle;
        else high = middle - 1;
    }
    return low;
}

// Over the four lanes that hold a row.
__device__ __forceinline__ float quad_max(float v) {
    v = fmaxf(v, __shfl_xor_sync(ALL_LANES, v, 1));
    return fmaxf(v, __shfl_xor_sync(ALL_LANES, v, 2));
}

// Row r is rows.query(r), or 0 behind the first numRows.
template <class Rows>
__device__ __forceinline__ void load_queries(const Rows& rows, const AttendTiles& tiles,
                                             int numRows) {
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    for (int r = warp; r < TILE_ROWS; r += TILE_WARPS) {
        const float* from = r < numRows ? rows.query(r) : nullptr;
        for (int d = lane; d < tiles.keyCols; d += LANES) {
            float v = from && d < tiles.keyDim ? from[d] : 0;
            tiles.queries[r * tiles.keyPitch + d] = float_to_bfloat(v);
        }
    }
}

// Positions [tile, tile + 32) of `source`, which has has(p), row(p), key(row, d) and value(row, d);
// one that it does not have is 0. Returns a bit for each position with a value that is infinite or
// NaN, in every thread. Such values become 0, or they would reach rows whose weight for them is 0.
template <class Source>
__device__ __forceinline__ uint32_t load_tile(const Source& source, const AttendTiles& tiles,
                                              int tile) {
    __shared__ uint32_t lostOfWarps[TILE_WARPS];
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    uint32_t lost = 0;
    __syncthreads();
    for (int p = warp; p < TILE_POSITIONS; p += TILE_WARPS) {
        bool isThere = source.has(tile + p), isLost = false;
        long long at = isThere ? source.row(tile + p) : 0;
        for (int d = lane; d < tiles.keyCols; d += LANES) {
            float v = isThere && d < tiles.keyDim ? source.key(at, d) : 0;
            tiles.keys[p * tiles.keyPitch + d] = float_to_bfloat(v);
        }
        for (int d = lane; d < tiles.valueCols; d += LANES) {
            float v = isThere && d < tiles.valueDim ? source.value(at, d) : 0;
            uint16_t bits = float_to_bfloat(v);
            bool isNumber = (bits & 0x7f80) != 0x7f80;
            isLost |= !isNumber;
            tiles.values[d * POSITION_PITCH + p] = isNumber ? bits : 0;
        }
        if (__ballot_sync(ALL_LANES, isLost) != 0) lost |= 1u << p;
    }
    if (lane == 0) lostOfWarps[warp] = lost;
    __syncthreads();
    for (int w = 0; w < TILE_WARPS; w++) lost |= lostOfWarps[w];
    return lost;
}

// Adds the loaded tile to what a warp's rows have seen. rules.score(j, dot, p) is what becomes of
// the dot product of the lane's row j with position p: -infinity where it does not see it. A row
// that sees a lost position is NaN.
template <int VALUES, class Rules>
__device__ __forceinline__ void attend_tile(const AttendTiles& tiles, const Rules& rules, int tile,
                                            uint32_t lost, TileState<VALUES>& state) {
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES, pitch = tiles.keyPitch;
    float score[TILE_POSITIONS / 8][4] = {};
    for (int c = 0; c < tiles.keyCols; c += 16) {
        const uint16_t* left = tiles.queries + (warp * 16 + lane / 4) * pitch + c + lane % 4 * 2;
        uint32_t fa[4] = {pair(left), pair(left + 8 * pitch), pair(left + 8),
                          pair(left + 8 * pitch + 8)};
        UNROLLED
        for (int n = 0; n < TILE_POSITIONS / 8; n++) {
            const uint16_t* right = tiles.keys + (n * 8 + lane / 4) * pitch + c + lane % 4 * 2;
            uint32_t fb[2] = {pair(right), pair(right + 8)};
            mma_m16n8k16(score[n], fa, fb);
        }
    }
    float keep[2];
    UNROLLED
    for (int j = 0; j < 2; j++) {
        float max = state.max[j];
        UNROLLED
        for (int n = 0; n < TILE_POSITIONS / 8; n++) {
            UNROLLED
            for (int i = 2 * j; i < 2 * j + 2; i++) {
                int p = n * 8 + lane % 4 * 2 + i % 2;
                float s = rules.score(j, score[n][i], tile + p);
                if (lost >> p & 1 && s != minus_infinity()) s = not_a_number();
                score[n][i] = s;
                max = fmaxf(max, s);
            }
        }
        max = quad_max(max);
        keep[j] = rescale(state.max[j], max);
        state.max[j] = max;
    }
    uint32_t weight[TILE_POSITIONS / 8][2];
    UNROLLED
    for (int n = 0; n < TILE_POSITIONS / 8; n++) {
        UNROLLED
        for (int j = 0; j < 2; j++) {
            weight[n][j] = pair_of(rescale(score[n][2 * j], state.max[j]),
                                   rescale(score[n][2 * j + 1], state.max[j]));
        }
    }
    UNROLLED
    for (int i = 0; i < 4; i++) state.total[i] *= keep[i / 2];
    UNROLLED
    for (int n = 0; n < VALUES / 8; n++) {
        UNROLLED
        for (int i = 0; i < 4; i++) state.sum[n][i] *= keep[i / 2];
    }
    UNROLLED
    for (int k = 0; k < TILE_POSITIONS / 16; k++) {
        uint32_t fa[4] = {weight[2 * k][0], weight[2 * k][1], weight[2 * k + 1][0],
                          weight[2 * k + 1][1]};
        uint32_t ones[2] = {TWO_ONES, TWO_ONES};
        mma_m16n8k16(state.total, fa, ones);
        UNROLLED
        for (int n = 0; n < VALUES / 8; n++) {
            if (n * 8 < tiles.valueDim) {
                const uint16_t* right =
                    tiles.values + (n * 8 + lane / 4) * POSITION_PITCH + k * 16 + lane % 4 * 2;
                uint32_t fb[2] = {pair(right), pair(right + 8)};
                mma_m16n8k16(state.sum[n], fa, fb);
            }
        }
    }
}
