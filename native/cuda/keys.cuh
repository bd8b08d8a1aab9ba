// The order of a row's tokens that all kernels of sampling share.
#pragma once
#include "numbers.cuh"

constexpr int SAMPLE_THREADS = 256;
constexpr int SAMPLE_WARPS = SAMPLE_THREADS / LANES;

// Ascends as the logit descends: the upper half of SamplingRules.key, made unsigned.
__device__ __forceinline__ uint32_t rank_of(float logit) {
    int bits = (int)__float_as_uint(logit + 0.0f);
    int ascending = bits ^ (bits >> 31 & 0x7fffffff);
    return (uint32_t)~ascending ^ 0x80000000u;
}

__device__ __forceinline__ float logit_of(uint32_t rank) {
    int ascending = ~(int)(rank ^ 0x80000000u);
    return __uint_as_float((uint32_t)(ascending ^ (ascending >> 31 & 0x7fffffff)));
}

// Sorts by descending logit, then by ascending token.
__device__ __forceinline__ unsigned long long key_of(float logit, int token) {
    return (unsigned long long)rank_of(logit) << 32 | (uint32_t)token;
}

constexpr unsigned long long NO_KEY = ~0ull;

__device__ __forceinline__ unsigned long long block_min(unsigned long long v,
                                                        unsigned long long* scratch) {
    for (int bits = LANES / 2; bits > 0; bits /= 2) {
        unsigned long long other = __shfl_xor_sync(ALL_LANES, v, bits);
        v = other < v ? other : v;
    }
    __syncthreads();
    if (threadIdx.x % LANES == 0) scratch[threadIdx.x / LANES] = v;
    __syncthreads();
    v = scratch[0];
    for (int w = 1; w < SAMPLE_WARPS; w++) v = scratch[w] < v ? scratch[w] : v;
    return v;
}
