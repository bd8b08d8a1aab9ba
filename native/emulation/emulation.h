// The CUDA execution model on the processor, as kernels see it: what native/cuda/platform.cuh
// includes in place of the compiler's own words when NIGHTJAR_EMULATION is defined.
//
// Each thread of a block is a fiber. A block runs alone, on one thread of the system: a fiber runs
// until it waits (__syncthreads, __syncwarp, a shuffle), then the next one does. Blocks run one
// after another, so shared variables are plain statics.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#define __device__
#define __host__
#define __constant__ static
#define __shared__ static
#define __forceinline__ inline
#define __restrict__ __restrict
#define __align__(n) __attribute__((aligned(n)))

namespace emulation {

constexpr int WARP = 32;

struct Index {
    unsigned x, y, z;
};

// What a warp's fibers hand to each other between two barriers.
struct Warp {
    uint64_t slot[WARP];
    uint32_t fragment[WARP][6];
};

// The running thread: read by every use of threadIdx, so it is a plain global, not a call.
struct State {
    Index thread, block, blockSize, gridSize;
    int lane;
    Warp* warp;
    unsigned char* dynamicShared;
};

extern State state;

// Waits for the threads of the block, or for those lanes of the warp.
void waitForBlock();
void waitForWarp(unsigned mask);

// What the hardware would not do, or do wrong: the launch fails with error 719 and this line.
void fault(const char* what);

// Copies and products that a thread begins and waits for in groups. They are done when it waits, as
// late as the hardware may, or at once where a seed is set, as early as it may: what is read before
// it has come, and what is written over while it is in use, shows in results. A thread that ends
// without having waited is a fault.
void copyLater(void* to, const void* from, int bytes);
void commitCopies();
void waitForCopies(int groupsLeft);
void multiplyLater(float* sum, int columns, uint64_t left, uint64_t right);
void commitProducts();
void waitForProducts();

// A barrier in shared memory that counts arrivals and bytes of bulk copies.
void initBarrier(uint64_t* barrier, int count);
void arriveExpecting(uint64_t* barrier, int bytes);
void copyBulk(void* to, const void* from, int bytes, uint64_t* barrier);
void waitForBarrier(uint64_t* barrier, int parity);

// Where dynamic shared memory begins, as its own instructions count: no multiple of more than 16.
constexpr uint32_t SHARED_BASE = 1040;

// A kernel as the driver calls find it by its name.
struct Kernel {
    const char* name;
    unsigned maxThreads;
    size_t numParameters;
    const size_t* parameterBytes;
    void (*run)(void* function, void** parameters);
    void* function;
};

void registerKernel(const Kernel* kernel);

template <class T>
T exchange(unsigned mask, T value, int source) {
    static_assert(sizeof(T) <= 8, "a lane hands over at most eight bytes");
    Warp* warp = state.warp;
    uint64_t raw = 0;
    std::memcpy(&raw, &value, sizeof(T));
    warp->slot[state.lane] = raw;
    waitForWarp(mask);
    T result;
    std::memcpy(&result, &warp->slot[source & (WARP - 1)], sizeof(T));
    waitForWarp(mask);
    return result;
}

template <class... A>
struct Call {
    static const size_t* sizes() {
        static const size_t bytes[sizeof...(A) + 1] = {sizeof(A)..., 0};
        return bytes;
    }

    template <size_t... I>
    static void apply(void (*f)(A...), void** p, std::index_sequence<I...>) {
        f(*static_cast<std::remove_cv_t<A>*>(p[I])...);
    }

    static void run(void* function, void** parameters) {
        apply(reinterpret_cast<void (*)(A...)>(function), parameters,
              std::index_sequence_for<A...>{});
    }
};

template <class... A>
struct Registration {
    Kernel kernel;
    Registration(const char* name, unsigned maxThreads, void (*f)(A...))
        : kernel{name, maxThreads, sizeof...(A), Call<A...>::sizes(), &Call<A...>::run,
                 reinterpret_cast<void*>(f)} {
        registerKernel(&kernel);
    }
};

template <class... A>
Registration<A...> registered(const char* name, unsigned maxThreads, void (*f)(A...)) {
    return Registration<A...>(name, maxThreads, f);
}

}  // namespace emulation

// NIGHTJAR_KERNEL(256, name, parameters...) { body }
#define NIGHTJAR_KERNEL(threads, name, ...)                                             \
    static void name(__VA_ARGS__);                                                      \
    static auto& emulated_##name = *new auto(emulation::registered(#name, threads, &name)); \
    static void name(__VA_ARGS__)
#define DYNAMIC_SHARED(type, name) \
    type* name = reinterpret_cast<type*>(emulation::state.dynamicShared)

#define UNROLLED

#define threadIdx (emulation::state.thread)
#define blockIdx (emulation::state.block)
#define blockDim (emulation::state.blockSize)
#define gridDim (emulation::state.gridSize)

inline void __syncthreads() { emulation::waitForBlock(); }
inline void __syncwarp(unsigned mask = 0xffffffffu) { emulation::waitForWarp(mask); }

template <class T>
T __shfl_sync(unsigned mask, T value, int source) {
    return emulation::exchange(mask, value, source);
}

template <class T>
T __shfl_xor_sync(unsigned mask, T value, int bits) {
    return emulation::exchange(mask, value, emulation::state.lane ^ bits);
}

inline unsigned __ballot_sync(unsigned mask, int predicate) {
    emulation::Warp* warp = emulation::state.warp;
    warp->slot[emulation::state.lane] = predicate != 0;
    emulation::waitForWarp(mask);
    unsigned result = 0;
    for (int lane = 0; lane < emulation::WARP; lane++) {
        if (mask >> lane & 1) result |= (unsigned)warp->slot[lane] << lane;
    }
    emulation::waitForWarp(mask);
    return result;
}

inline int __popc(unsigned bits) { return __builtin_popcount(bits); }

// Loaded and stored at multiples of its size.
struct alignas(16) float4 {
    float x, y, z, w;
};

// Blocks and fibers take turns, so that nothing comes between the load and the store.
template <class T>
T atomicAdd(T* address, T value) {
    T old = *address;
    *address = old + value;
    return old;
}

// Products and sums that the compiler must not fuse.
inline float __fmul_rn(float a, float b) { return a * b; }
inline float __fadd_rn(float a, float b) { return a + b; }
inline double __dmul_rn(double a, double b) { return a * b; }
inline double __dadd_rn(double a, double b) { return a + b; }

inline uint32_t __float_as_uint(float f) {
    uint32_t bits;
    std::memcpy(&bits, &f, 4);
    return bits;
}

inline float __uint_as_float(uint32_t bits) {
    float f;
    std::memcpy(&f, &bits, 4);
    return f;
}

inline float half_to_float(uint16_t half) {
    uint32_t sign = (uint32_t)(half & 0x8000) << 16;
    uint32_t exponent = half >> 10 & 31, fraction = half & 1023;
    if (exponent == 31) return __uint_as_float(sign | 0x7f800000u | fraction << 13);
    if (exponent == 0) {
        float magnitude = std::ldexp((float)fraction, -24);
        return sign ? -magnitude : magnitude;
    }
    return __uint_as_float(sign | (exponent + 112) << 23 | fraction << 13);
}

// To the nearest, ties to even.
inline uint16_t float_to_half(float f) {
    uint32_t bits = __float_as_uint(f);
    uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
    float magnitude = std::fabs(f);
    if (f != f) return sign | 0x7e00;
    if (magnitude >= 65520.0f) return sign | 0x7c00;
    if (magnitude < 6.103515625e-5f) return sign | (uint16_t)std::nearbyint(std::ldexp(magnitude, 24));
    uint32_t rounded = (bits & 0x7fffffffu) + 0xfffu + (bits >> 13 & 1);
    return sign | (uint16_t)((rounded >> 13) - (112u << 10));
}

// Two numbers rounded to bf16, to the nearest, ties to even; the first in the lower half.
inline uint32_t bfloats_of(float first, float second) {
    uint32_t half[2];
    for (int i = 0; i < 2; i++) {
        float f = i ? second : first;
        uint32_t bits = __float_as_uint(f);
        half[i] = f != f ? 0x7fff : (bits + 0x7fffu + (bits >> 16 & 1)) >> 16;
    }
    return half[0] | half[1] << 16;
}

inline void store_chunk(void* to, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    if (reinterpret_cast<uintptr_t>(to) % 16) emulation::fault("16 bytes are stored misaligned");
    uint32_t all[4] = {a, b, c, d};
    std::memcpy(to, all, sizeof(all));
}

// Dynamic shared memory alone has such addresses here.
inline uint32_t shared_address(const void* p) {
    return (uint32_t)(static_cast<const unsigned char*>(p) - emulation::state.dynamicShared) +
           emulation::SHARED_BASE;
}

inline void copy_async(void* to, const void* from, int bytes) {
    emulation::copyLater(to, from, bytes);
}
inline void commit_copies() { emulation::commitCopies(); }
template <int LEFT>
void wait_for_copies() {
    emulation::waitForCopies(LEFT);
}

// ldmatrix.x4: lane 8 i + r names row r of matrix i.
inline void load_matrices(uint32_t (&d)[4], const void* row) {
    if (reinterpret_cast<uintptr_t>(row) % 16) emulation::fault("a row of ldmatrix is misaligned");
    emulation::Warp* warp = emulation::state.warp;
    int lane = emulation::state.lane;
    warp->slot[lane] = reinterpret_cast<uint64_t>(row);
    emulation::waitForWarp(0xffffffffu);
    for (int i = 0; i < 4; i++) {
        std::memcpy(&d[i], reinterpret_cast<const char*>(warp->slot[8 * i + lane / 4]) + lane % 4 * 4, 4);
    }
    emulation::waitForWarp(0xffffffffu);
}

// What 90a has and others do not; see wgmma.cuh.
#define NIGHTJAR_HAS_WGMMA
inline void init_barrier(uint64_t* barrier, int count) { emulation::initBarrier(barrier, count); }
inline void expect_bytes(uint64_t* barrier, int bytes) { emulation::arriveExpecting(barrier, bytes); }
inline void copy_bulk(void* to, const void* from, int bytes, uint64_t* barrier) {
    emulation::copyBulk(to, from, bytes, barrier);
}
inline void wait_for_barrier(uint64_t* barrier, int parity) {
    emulation::waitForBarrier(barrier, parity);
}
inline void fence_async_proxy() {}
inline void fence_products() {}
inline void commit_products() { emulation::commitProducts(); }

// m64nNk16 with N = 2 * SUMS: both factors are read through their descriptors, when the product is
// done.
template <int SUMS>
void multiply_async(float (&d)[SUMS], uint64_t a, uint64_t b) {
    emulation::multiplyLater(d, 2 * SUMS, a, b);
}
template <int SUMS>
void wait_for_products(float (&)[SUMS]) {
    emulation::waitForProducts();
}

// d += a * b of mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32, lane by lane as the PTX
// manual lays the fragments out: a holds rows lane / 4 (+ 8) and columns 2 (lane % 4) (+ 1, + 8),
// b the same columns of row lane / 4, d columns 2 (lane % 4) (+ 1) of rows lane / 4 (+ 8).
inline void mma_m16n8k16(float (&d)[4], const uint32_t (&a)[4], const uint32_t (&b)[2]) {
    emulation::Warp* warp = emulation::state.warp;
    int lane = emulation::state.lane;
    for (int i = 0; i < 4; i++) warp->fragment[lane][i] = a[i];
    for (int i = 0; i < 2; i++) warp->fragment[lane][4 + i] = b[i];
    emulation::waitForWarp(0xffffffffu);
    for (int i = 0; i < 4; i++) {
        int row = lane / 4 + i / 2 * 8, col = lane % 4 * 2 + (i & 1);
        float sum = d[i];
        for (int pair = 0; pair < 8; pair++) {
            uint32_t x = warp->fragment[row % 8 * 4 + pair % 4][pair / 4 * 2 + row / 8];
            uint32_t y = warp->fragment[col * 4 + pair % 4][4 + pair / 4];
            sum += __uint_as_float(x << 16) * __uint_as_float(y << 16);
            sum += __uint_as_float(x & 0xffff0000u) * __uint_as_float(y & 0xffff0000u);
        }
        d[i] = sum;
    }
    emulation::waitForWarp(0xffffffffu);
}
