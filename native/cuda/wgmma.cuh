// What compute capability 9.0 has and no other (90a): products of whole warp groups from shared
// memory, and bulk copies whose arrival a barrier in shared memory counts. Twins in emulation.h.
#pragma once
#define NIGHTJAR_HAS_WGMMA

// A barrier of `count` arrivals per phase, by one thread; behind it fence_async_proxy and a barrier
// of the block.
__device__ __forceinline__ void init_barrier(uint64_t* barrier, int count) {
    asm volatile("mbarrier.init.shared::cta.b64 [%0], %1;" ::"r"(shared_address(barrier)),
                 "r"(count)
                 : "memory");
}

// Arrives, and makes the phase wait for so many bytes of bulk copies.
__device__ __forceinline__ void expect_bytes(uint64_t* barrier, int bytes) {
    asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(
                     shared_address(barrier)),
                 "r"(bytes)
                 : "memory");
}

// Begins to copy from global to shared memory; addresses and bytes are multiples of 16.
__device__ __forceinline__ void copy_bulk(void* to, const void* from, int bytes,
                                          uint64_t* barrier) {
    asm volatile(
        "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%0], [%1], %2, "
        "[%3];" ::"r"(shared_address(to)),
        "l"(__cvta_generic_to_global(from)), "r"(bytes), "r"(shared_address(barrier))
        : "memory");
}

// Waits until the phase of that parity, 0 for the first one, is complete.
__device__ __forceinline__ void wait_for_barrier(uint64_t* barrier, int parity) {
    uint32_t isDone = 0;
    while (!isDone) {
        asm volatile(
            "{ .reg .pred p; mbarrier.try_wait.parity.shared::cta.b64 p, [%1], %2; "
            "selp.u32 %0, 1, 0, p; }"
            : "=r"(isDone)
            : "r"(shared_address(barrier)), "r"(parity)
            : "memory");
    }
}

// What this thread wrote to shared memory is seen by bulk copies and products behind it.
__device__ __forceinline__ void fence_async_proxy() {
    asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
}

// Registers of sums are seen by the products that follow.
__device__ __forceinline__ void fence_products() {
    asm volatile("wgmma.fence.sync.aligned;" ::: "memory");
}

// Ends a group of products.
__device__ __forceinline__ void commit_products() {
    asm volatile("wgmma.commit_group.sync.aligned;" ::: "memory");
}

// Waits for all products; their sums may be read behind it.
template <int N>
__device__ __forceinline__ void wait_for_products(float (&d)[N]) {
    asm volatile("wgmma.wait_group.sync.aligned 0;" ::: "memory");
#pragma unroll
    for (int i = 0; i < N; i++) asm volatile("" : "+f"(d[i])::"memory");
}

#define NIGHTJAR_SUMS4(i) "+f"(d[i]), "+f"(d[i + 1]), "+f"(d[i + 2]), "+f"(d[i + 3])
#define NIGHTJAR_SUMS16(i) \
    NIGHTJAR_SUMS4(i), NIGHTJAR_SUMS4(i + 4), NIGHTJAR_SUMS4(i + 8), NIGHTJAR_SUMS4(i + 12)

// d += a * b of a warp group: a [64, 16] and b [2 * N, 16] of bf16 where the descriptors say. Warp w
// of the group has rows [16 w, 16 w + 16) of d, in as many fragments as mma_m16n8k16 has, by
// ascending columns.
__device__ __forceinline__ void multiply_async(float (&d)[4], uint64_t a, uint64_t b) {
    asm volatile(
        "{ .reg .pred p; setp.ne.b32 p, 1, 0; "
        "wgmma.mma_async.sync.aligned.m64n8k16.f32.bf16.bf16 "
        "{%0, %1, %2, %3}, "
        "%4, %5, p, 1, 1, 0, 0; }"
        : NIGHTJAR_SUMS4(0)
        : "l"(a), "l"(b));
}

__device__ __forceinline__ void multiply_async(float (&d)[64], uint64_t a, uint64_t b) {
    asm volatile(
        "{ .reg .pred p; setp.ne.b32 p, 1, 0; "
        "wgmma.mma_async.sync.aligned.m64n128k16.f32.bf16.bf16 "
        "{%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, %16, %17, "
        "%18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, %32, %33, "
        "%34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, %48, %49, "
        "%50, %51, %52, %53, %54, %55, %56, %57, %58, %59, %60, %61, %62, %63}, "
        "%64, %65, p, 1, 1, 0, 0; }"
        : NIGHTJAR_SUMS16(0),
          NIGHTJAR_SUMS16(16),
          NIGHTJAR_SUMS16(32),
          NIGHTJAR_SUMS16(48)
        : "l"(a), "l"(b));
}

__device__ __forceinline__ void multiply_async(float (&d)[128], uint64_t a, uint64_t b) {
    asm volatile(
        "{ .reg .pred p; setp.ne.b32 p, 1, 0; "
        "wgmma.mma_async.sync.aligned.m64n256k16.f32.bf16.bf16 "
        "{%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, %16, %17, "
        "%18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, %32, %33, "
        "%34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, %48, %49, "
        "%50, %51, %52, %53, %54, %55, %56, %57, %58, %59, %60, %61, %62, %63, %64, %65, "
        "%66, %67, %68, %69, %70, %71, %72, %73, %74, %75, %76, %77, %78, %79, %80, %81, "
        "%82, %83, %84, %85, %86, %87, %88, %89, %90, %91, %92, %93, %94, %95, %96, %97, "
        "%98, %99, %100, %101, %102, %103, %104, %105, %106, %107, %108, %109, %110, %111, "
        "%112, %113, %114, %115, %116, %117, %118, %119, %120, %121, %122, %123, %124, "
        "%125, %126, %127}, "
        "%128, %129, p, 1, 1, 0, 0; }"
        : NIGHTJAR_SUMS16(0),
          NIGHTJAR_SUMS16(16),
          NIGHTJAR_SUMS16(32),
          NIGHTJAR_SUMS16(48),
          NIGHTJAR_SUMS16(64),
          NIGHTJAR_SUMS16(80),
          NIGHTJAR_SUMS16(96),
          NIGHTJAR_SUMS16(112)
        : "l"(a), "l"(b));
}

#undef NIGHTJAR_SUMS4
#undef NIGHTJAR_SUMS16
