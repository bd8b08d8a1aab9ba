// out [T, rows] = x [T, cols] * weight^T with the wgmma of compute capability 9.0: both factors are
// read from shared memory, while the same threads dequantize what comes next. OFF unless
// -Dnightjar.cuda.wgmma=on: no hardware has run it.
//
// A block has 128 rows of the weight, 64 for each of its two warp groups, and TOKENS tokens; a step
// is 64 columns. Activations are tiles that pack_tiles made, each one bulk copy whose arrival an
// mbarrier counts; weights come as in matmul_pipelined.cu. Sums run over ascending columns, sixteen
// at a time, for every TOKENS, so that a row's result does not depend on its batch; whether the
// order inside of sixteen is that of mma is the hardware's to say, which is why all numbers of
// tokens take this kernel or none does.
// v1: this; not measured on hardware.
#include "tiles.cuh"
#ifdef NIGHTJAR_HAS_WGMMA

constexpr int WARPGROUP_THREADS = 128;
constexpr int WGMMA_THREADS = 2 * WARPGROUP_THREADS;
constexpr int WGMMA_ROWS = 128;

// The factor of a product that begins at an address of a tile: rows of 128 swizzled bytes, eight of
// them 1,024 bytes behind the eight before.
__device__ __forceinline__ uint64_t tile_descriptor(const uint8_t* tile) {
    uint64_t address = shared_address(tile) >> 4, eightRows = TILE_ALIGNMENT >> 4;
    return address | 1ull << 16 | eightRows << 32 | 1ull << 62;
}

template <class Product>
__device__ __forceinline__ void load_right_whole(const Product& product, int step,
                                                 uint64_t* arrived) {
    if (threadIdx.x != 0 || step >= product.steps) return;
    uint64_t* barrier = arrived + step % DEPTH;
    expect_bytes(barrier, Product::Memory::RIGHT_BYTES);
    copy_bulk(product.right(step), product.packed(step), Product::Memory::RIGHT_BYTES, barrier);
}

// Block x is TOKENS tokens, block y WGMMA_ROWS rows.
template <class Format, int TOKENS>
__device__ __forceinline__ void matmul_wgmma(const uint8_t* weight, long long rowBytes, int rows,
                                             int cols, const uint8_t* tiles, int tokens,
                                             float* out, long long outStride) {
    using Product = TileProduct<Format, WGMMA_ROWS, TOKENS, WGMMA_THREADS>;
    __shared__ __align__(8) uint64_t arrived[DEPTH];
    DYNAMIC_SHARED(uint8_t, shared);
    int steps = (cols + TILE_COLS - 1) / TILE_COLS, group = threadIdx.x / WARPGROUP_THREADS;
    long long before = (long long)blockIdx.x * steps * Product::Memory::RIGHT_BYTES;
    int firstRow = blockIdx.y * WGMMA_ROWS, firstToken = blockIdx.x * TOKENS;
    Product product = {{weight, rowBytes, firstRow, rows, cols}, tiles + before,
                       first_tile_of(shared), steps};
    float sum[TOKENS / 2];
    for (int i = 0; i < TOKENS / 2; i++) sum[i] = 0;
    if (threadIdx.x == 0) {
        for (int i = 0; i < DEPTH; i++) init_barrier(arrived + i, 1);
        fence_async_proxy();
    }
    __syncthreads();
    product.stage(0);
    for (int step = 0; step < DEPTH - 1; step++) {
        load_right_whole(product, step, arrived);
        product.stage(step + 1);
        product.load_left(step);
        commit_copies();
    }
    wait_for_copies<1>();
    __syncthreads();
    product.convert(0);
    for (int step = 0; step < steps; step++) {
        wait_for_copies<1>();
        // What this thread wrote, or has copied, of the tile on the left is now seen by wgmma.
        fence_async_proxy();
        wait_for_barrier(arrived + step % DEPTH, step / DEPTH % 2);
        __syncthreads();
        load_right_whole(product, step + DEPTH - 1, arrived);
        product.stage(step + DEPTH);
        product.load_left(step + DEPTH - 1);
        commit_copies();
        uint64_t left = tile_descriptor(product.left(step) + group * 64 * TILE_ROW_BYTES);
        uint64_t right = tile_descriptor(product.right(step));
        __syncwarp();  // lanes may have left their loops apart
        fence_products();
        // Sixteen columns are 32 bytes; the descriptor counts in 16.
        for (int k = 0; k < TILE_COLS / 16; k++) multiply_async(sum, left + 2 * k, right + 2 * k);
        commit_products();
        product.convert(step + 1);
        wait_for_products(sum);
    }
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    for (int i = 0; i < TOKENS / 2; i++) {
        int row = firstRow + warp * 16 + lane / 4 + i / 2 % 2 * 8;
        int token = firstToken + i / 4 * 8 + lane % 4 * 2 + i % 2;
        if (row < rows && token < tokens) out[token * outStride + row] = sum[i];
    }
}

#define KERNEL_OF(Format, suffix, TOKENS)                                                         \
    NIGHTJAR_KERNEL(WGMMA_THREADS, matmul_wgmma_##TOKENS##_##suffix, const uint8_t* weight,       \
                    long long rowBytes, int rows, int cols, const uint8_t* tiles, int tokens,     \
                    float* out, long long outStride) {                                            \
        matmul_wgmma<Format, TOKENS>(weight, rowBytes, rows, cols, tiles, tokens, out,            \
                                     outStride);                                                  \
    }
#define KERNEL(Format, suffix)                                                                    \
    KERNEL_OF(Format, suffix, 8) KERNEL_OF(Format, suffix, 128) KERNEL_OF(Format, suffix, 256)
KERNEL(BF16, bf16) KERNEL(F16, f16) KERNEL(Q8_0, q8_0) KERNEL(Q4_0, q4_0) KERNEL(Q4_K, q4_k)
KERNEL(Q6_K, q6_k)
#undef KERNEL
#undef KERNEL_OF
#endif
