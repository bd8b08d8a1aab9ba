// What kernels on tensor cores share: pairs of bf16 as fragments hold them.
#pragma once
#include "numbers.cuh"

// Two elements in a row at an even address.
__device__ __forceinline__ uint32_t pair(const uint16_t* p) {
    return *reinterpret_cast<const uint32_t*>(p);
}

// The first of two lies in the lower half.
__device__ __forceinline__ uint32_t pair_of(float first, float second) {
    return bfloats_of(first, second);
}
