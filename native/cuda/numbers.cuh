// Conversions and sums that many kernels share.
#pragma once
#include "platform.cuh"

constexpr unsigned ALL_LANES = 0xffffffffu;
constexpr int LANES = 32;

__device__ __forceinline__ float not_a_number() { return __uint_as_float(0x7fc00000u); }
__device__ __forceinline__ float minus_infinity() { return __uint_as_float(0xff800000u); }

__device__ __forceinline__ float bfloat_to_float(uint16_t b) {
    return __uint_as_float((uint32_t)b << 16);
}

// To the nearest, ties to even; a NaN stays one.
__device__ __forceinline__ uint16_t float_to_bfloat(float f) {
    uint32_t bits = __float_as_uint(f);
    if (f != f) return (uint16_t)(bits >> 16 | 64);
    return (uint16_t)((bits + 0x7fffu + (bits >> 16 & 1)) >> 16);
}

// The half at an address that need not be even.
__device__ __forceinline__ float half_at(const uint8_t* p) {
    return half_to_float((uint16_t)(p[0] | p[1] << 8));
}

// The sum over a warp, in every lane, always added in the same order.
__device__ __forceinline__ float warp_sum(float v) {
    for (int bits = LANES / 2; bits > 0; bits /= 2) v += __shfl_xor_sync(ALL_LANES, v, bits);
    return v;
}

__device__ __forceinline__ float warp_max(float v) {
    for (int bits = LANES / 2; bits > 0; bits /= 2) {
        float other = __shfl_xor_sync(ALL_LANES, v, bits);
        v = v > other ? v : other;
    }
    return v;
}

// The sum over a block of whole warps, in every thread. `scratch` has room for a float per warp;
// it may be used again after the next barrier.
__device__ __forceinline__ float block_sum(float v, float* scratch) {
    v = warp_sum(v);
    if (threadIdx.x % LANES == 0) scratch[threadIdx.x / LANES] = v;
    __syncthreads();
    float sum = 0;
    for (unsigned w = 0; w < blockDim.x / LANES; w++) sum += scratch[w];
    return sum;
}
