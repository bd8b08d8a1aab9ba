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
// Before a loop over an array that must lie in registers: the compiler would leave some as loops,
// and the array in memory.
#define UNROLLED _Pragma("unroll")
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

// Two numbers rounded to bf16, to the nearest, ties to even; the first in the lower half.
__device__ __forceinline__ uint32_t bfloats_of(float first, float second) {
    uint32_t both;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(both) : "f"(second), "f"(first));
    return both;
}

// 16 bytes at a multiple of 16.
__device__ __forceinline__ void store_chunk(void* to, uint32_t a, uint32_t b, uint32_t c,
                                            uint32_t d) {
    *static_cast<uint4*>(to) = make_uint4(a, b, c, d);
}

// The address of shared memory as its own instructions count it.
__device__ __forceinline__ uint32_t shared_address(const void* p) {
    return (uint32_t)__cvta_generic_to_shared(p);
}

// Begins to copy 16 bytes from global to shared memory, both at multiples of 16; of `bytes` below
// 16 the others become 0 and are not read. This thread may read them behind wait_for_copies, others
// behind a barrier after that.
__device__ __forceinline__ void copy_async(void* to, const void* from, int bytes) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(shared_address(to)),
                 "l"(__cvta_generic_to_global(from)), "r"(bytes)
                 : "memory");
}

// Ends a group of this thread's copies.
__device__ __forceinline__ void commit_copies() {
    asm volatile("cp.async.commit_group;" ::: "memory");
}

// Waits for all groups but the LEFT latest.
template <int LEFT>
__device__ __forceinline__ void wait_for_copies() {
    asm volatile("cp.async.wait_group %0;" ::"n"(LEFT) : "memory");
}

// Four matrices of 8 rows of 16 bytes from shared memory as fragments of a warp: lane 8 i + r names
// row r of matrix i, and gets elements 2 (lane % 4) and the next one of row lane / 4 of each.
__device__ __forceinline__ void load_matrices(uint32_t (&d)[4], const void* row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(d[0]), "=r"(d[1]), "=r"(d[2]), "=r"(d[3])
                 : "r"(shared_address(row))
                 : "memory");
}

#ifdef __CUDA_ARCH_FEAT_SM90_ALL
#include "wgmma.cuh"
#endif
#endif
