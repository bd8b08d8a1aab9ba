// Softmax attention of one query to a range of positions by one block of threads.
//
// Each warp takes every fourth group of 32 positions, a lane per position for the scores and a lane
// per element of the values, and keeps a running maximum, sum and result. The warps' states are
// merged in their order at the end. What a query gets depends on its own positions alone.
#pragma once
#include "numbers.cuh"

constexpr int ATTEND_THREADS = 128;
constexpr int ATTEND_WARPS = ATTEND_THREADS / LANES;
constexpr int MAX_VALUE_DIM = 512;
constexpr int VALUES_PER_LANE = MAX_VALUE_DIM / LANES;

// Where a block keeps its query [D], its warps' weights, and their states with results [Dv]; what
// spans before the current one gave [Dv].
struct AttendShared {
    float* query;
    float* weights;
    float* maxima;
    float* sums;
    float* results;
    float* before;

    __device__ __forceinline__ AttendShared(float* memory, int keyDim, int valueDim)
        : query(memory),
          weights(query + keyDim),
          maxima(weights + ATTEND_THREADS),
          sums(maxima + ATTEND_WARPS),
          results(sums + ATTEND_WARPS),
          before(results + ATTEND_WARPS * valueDim) {}
};

struct SoftmaxState {
    float max, sum;
};

// exp(from - to) where nothing seen yet has the maximum -infinity.
__device__ __forceinline__ float rescale(float from, float to) {
    return from == minus_infinity() ? 0 : expf(from - to);
}

// Positions [from, end) of `source`, which has score(query, p) and value(p, d). Afterwards every
// thread has the state, and results[0..Dv) hold the weighted sum that belongs to it.
template <class Source>
__device__ __forceinline__ SoftmaxState attend(const Source& source, const AttendShared& shared,
                                               int valueDim, int from, int end) {
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    float* weights = shared.weights + warp * LANES;
    float result[VALUES_PER_LANE];
    for (int i = 0; i < VALUES_PER_LANE; i++) result[i] = 0;
    SoftmaxState state = {minus_infinity(), 0};
    for (int first = from + warp * LANES; first < end; first += ATTEND_THREADS) {
        int p = first + lane;
        float score = p < end ? source.score(shared.query, p) : minus_infinity();
        float max = fmaxf(state.max, warp_max(score));
        float weight = p < end ? expf(score - max) : 0;
        float keep = rescale(state.max, max);
        state.sum = state.sum * keep + warp_sum(weight);
        state.max = max;
        weights[lane] = weight;
        __syncwarp();
        int count = end - first < LANES ? end - first : LANES;
        for (int i = 0; i * LANES < valueDim; i++) {
            int d = i * LANES + lane;
            float sum = result[i] * keep;
            if (d < valueDim) {
                for (int j = 0; j < count; j++) sum += weights[j] * source.value(first + j, d);
            }
            result[i] = sum;
        }
        __syncwarp();
    }
    if (lane == 0) {
        shared.maxima[warp] = state.max;
        shared.sums[warp] = state.sum;
    }
    for (int i = 0; i * LANES < valueDim; i++) {
        int d = i * LANES + lane;
        if (d < valueDim) shared.results[warp * valueDim + d] = result[i];
    }
    __syncthreads();
    SoftmaxState merged = {minus_infinity(), 0};
    for (int w = 0; w < ATTEND_WARPS; w++) merged.max = fmaxf(merged.max, shared.maxima[w]);
    for (int w = 0; w < ATTEND_WARPS; w++) {
        merged.sum += shared.sums[w] * rescale(shared.maxima[w], merged.max);
    }
    for (int d = threadIdx.x; d < valueDim; d += ATTEND_THREADS) {
        float sum = 0;
        for (int w = 0; w < ATTEND_WARPS; w++) {
            sum += shared.results[w * valueDim + d] * rescale(shared.maxima[w], merged.max);
        }
        shared.results[d] = sum;  // this thread alone reads element d of any warp
    }
    __syncthreads();
    return merged;
}
