// out [T, rows] = x [T, cols] * weight^T on tensor cores for many tokens. The same sums in the same
// order as matmul_tensor.cu, and so the same bits: sixteen ascending columns at a time.
//
// A block has 128 rows of the weight and 128 tokens, a step 64 columns. While it multiplies one
// step, blocks of the weight and activations of the next ones are on their way to shared memory
// (cp.async), and what has come is dequantized to a tile of bf16; weights of bf16 are copied as they
// are. Activations come as tiles that pack_tiles made. One barrier per step: what it separates from
// reading a stage is written into another one.
// v1: this; not measured on hardware. Before it, matmul_tensor.cu (64 x 64, one stage) did all.
#include "tiles.cuh"

constexpr int PIPED_THREADS = 256;
constexpr int PIPED_ROWS = 128;
constexpr int PIPED_TOKENS = 128;
// A warp has 64 rows and 32 tokens, in fragments of 16 and 8.
constexpr int PIPED_LEFT = 4, PIPED_RIGHT = 4;

__device__ __forceinline__ void multiply_tiles(const uint8_t* left, const uint8_t* right,
                                               float (&sum)[PIPED_LEFT][PIPED_RIGHT][4]) {
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    int row = warp % 2 * 64 + lane % 16, token = warp / 2 * 32 + lane % 8 + lane / 16 * 8;
    for (int c = 0; c < TILE_CHUNKS; c += 2) {
        uint32_t a[PIPED_LEFT][4], b[PIPED_RIGHT][2];
        for (int m = 0; m < PIPED_LEFT; m++) {
            load_matrices(a[m], left + tile_chunk(row + m * 16, c + lane / 16));
        }
        for (int n = 0; n < PIPED_RIGHT; n += 2) {
            uint32_t both[4];
            load_matrices(both, right + tile_chunk(token + n * 8, c + lane / 8 % 2));
            for (int i = 0; i < 4; i++) b[n + i / 2][i % 2] = both[i];
        }
        for (int m = 0; m < PIPED_LEFT; m++) {
            for (int n = 0; n < PIPED_RIGHT; n++) mma_m16n8k16(sum[m][n], a[m], b[n]);
        }
    }
}

// Block x is PIPED_TOKENS tokens, so that neighbours share a weight; block y PIPED_ROWS rows.
template <class Format>
__device__ __forceinline__ void matmul_pipelined(const uint8_t* weight, long long rowBytes,
                                                 int rows, int cols, const uint8_t* tiles,
                                                 int tokens, float* out, long long outStride) {
    using Product = TileProduct<Format, PIPED_ROWS, PIPED_TOKENS, PIPED_THREADS>;
    DYNAMIC_SHARED(uint8_t, shared);
    int steps = (cols + TILE_COLS - 1) / TILE_COLS;
    long long before = (long long)blockIdx.x * steps * Product::Memory::RIGHT_BYTES;
    int firstRow = blockIdx.y * PIPED_ROWS, firstToken = blockIdx.x * PIPED_TOKENS;
    Product product = {{weight, rowBytes, firstRow, rows, cols}, tiles + before,
                       first_tile_of(shared), steps};
    float sum[PIPED_LEFT][PIPED_RIGHT][4];
    for (int m = 0; m < PIPED_LEFT; m++) {
        for (int n = 0; n < PIPED_RIGHT; n++) {
            for (int i = 0; i < 4; i++) sum[m][n][i] = 0;
        }
    }
    product.stage(0);
    for (int step = 0; step < DEPTH - 1; step++) {
        product.stage(step + 1);
        product.load_left(step);
        product.load_right(step);
        commit_copies();
    }
    wait_for_copies<1>();
    __syncthreads();
    product.convert(0);
    for (int step = 0; step < steps; step++) {
        wait_for_copies<1>();
        __syncthreads();
        product.stage(step + DEPTH);
        product.load_left(step + DEPTH - 1);
        product.load_right(step + DEPTH - 1);
        commit_copies();
        __syncwarp();  // lanes may have left their loops apart
        multiply_tiles(product.left(step), product.right(step), sum);
        product.convert(step + 1);
    }
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    for (int m = 0; m < PIPED_LEFT; m++) {
        for (int n = 0; n < PIPED_RIGHT; n++) {
            for (int i = 0; i < 4; i++) {
                int row = firstRow + warp % 2 * 64 + m * 16 + lane / 4 + i / 2 * 8;
                int token = firstToken + warp / 2 * 32 + n * 8 + lane % 4 * 2 + i % 2;
                if (row < rows && token < tokens) out[token * outStride + row] = sum[m][n][i];
            }
        }
    }
}

#define KERNEL(Format, suffix)                                                                    \
    NIGHTJAR_KERNEL(PIPED_THREADS, matmul_pipelined_##suffix, const uint8_t* weight,              \
                    long long rowBytes, int rows, int cols, const uint8_t* tiles, int tokens,     \
                    float* out, long long outStride) {                                            \
        matmul_pipelined<Format>(weight, rowBytes, rows, cols, tiles, tokens, out, outStride);    \
    }
FOR_EACH_FORMAT(KERNEL)
#undef KERNEL
