// What kernels are written in: CUDA C++ on a GPU, the emulation elsewhere. All inline PTX stands
// here, each piece beside its twin in emulation.h.
#pragma once
#ifdef NIGHTJAR_EMULATION
#include "emulation.h"
#else
#include <cstddef>
#include <cstdint>

// NIGHTJAR_KERNEL(256, name, parameters...) { body }: blocks have at most so many threads.
#define NIGHTJAR_KERNEL(threads, name, ...) \
    extern "C" __global__ void __launch_bounds__(threads) name(__VA_ARGS__)
extern __shared__ __align__(16) unsigned char dynamicBytes[];
#define DYNAMIC_SHARED(type, name) type* name = reinterpret_cast<type*>(dynamicBytes)

__device__ __forceinline__ float half_to_float(uint16_t half) {
    float f;
    asm("cvt.f32.f16 %0, %1;" : "=f"(f) : "h"(half));
    return f;
}

// To the nearest, ties to even.
__device__ __forceinline__ uint16_t float_to_half(float f) {
    uint16_t half;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(half) : "f"(f));
    return half;
}

// d += a * b with a [16, 16] and b [16, 8] in fragments of a warp.
__device__ __forceinline__ void mma_m16n8k16(float (&d)[4], const uint32_t (&a)[4],
                                             const uint32_t (&b)[2]) {
    asm volatile(
        "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 "
        "{%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}
#endif
