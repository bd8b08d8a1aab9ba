// A tile of a product with a weight on tensor cores: 64 of its rows with up to TOKENS tokens, by
// one block. Weights are dequantized and activations rounded to bf16, sums are f32.
//
// The weight is the left factor (16 rows of a fragment), tokens are the right one (8 columns), so
// that one token costs what eight do and decoding needs no other kernel. A token's sum runs over
// ascending columns, sixteen at a time, whatever else is in the tile.
#pragma once
#include "formats.cuh"
#include "tensor.cuh"

constexpr int TENSOR_THREADS = 128;
constexpr int TENSOR_ROWS = 64;
constexpr int TENSOR_COLS = 32;
// Rows of a tile lie four banks apart, so that the eight rows of a fragment meet no bank twice.
constexpr int TENSOR_PITCH = TENSOR_COLS + 8;

// Rows [firstRow, firstRow + 64) of the weight [rows, cols]; warp w has rows [16 w, 16 w + 16).
// Token t of `tokens.count`, of which the first TOKENS are taken, is row tokens.from(t) of x and
// row tokens.to(t) of out. All threads of the block must see the same tokens.
template <class Format, int TOKENS, class Tokens>
__device__ __forceinline__ void multiply_tile(const uint8_t* weight, long long rowBytes, int rows,
                                              int cols, int firstRow, const float* x,
                                              long long xStride, const Tokens& tokens, float* out,
                                              long long outStride) {
    __shared__ __align__(16) uint16_t a[TENSOR_ROWS * TENSOR_PITCH];
    __shared__ __align__(16) uint16_t b[TOKENS * TENSOR_PITCH];
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    // Whole fragments of eight; those without a token are left out.
    int used = tokens.count < TOKENS ? (tokens.count + 7) / 8 * 8 : TOKENS;
    float sum[TOKENS / 8][4];
    for (int n = 0; n < TOKENS / 8; n++) {
        for (int i = 0; i < 4; i++) sum[n][i] = 0;
    }
    for (int k = 0; k < cols; k += TENSOR_COLS) {
        for (int i = threadIdx.x; i < TENSOR_ROWS * TENSOR_COLS / RUN; i += TENSOR_THREADS) {
            int r = i / (TENSOR_COLS / RUN), c = i % (TENSOR_COLS / RUN) * RUN;
            float w[RUN] = {};
            if (firstRow + r < rows && k + c < cols) {
                Format::run(weight + (firstRow + r) * rowBytes, k + c, cols, w);
            }
            for (int j = 0; j < RUN; j++) a[r * TENSOR_PITCH + c + j] = float_to_bfloat(w[j]);
        }
        for (int i = threadIdx.x; i < used * TENSOR_COLS; i += TENSOR_THREADS) {
            int t = i / TENSOR_COLS, c = i % TENSOR_COLS;
            bool inside = t < tokens.count && k + c < cols;
            float v = inside ? x[tokens.from(t) * xStride + k + c] : 0;
            b[t * TENSOR_PITCH + c] = float_to_bfloat(v);
        }
        __syncthreads();
        for (int step = 0; step < TENSOR_COLS; step += 16) {
            const uint16_t* left = a + (warp * 16 + lane / 4) * TENSOR_PITCH + step + lane % 4 * 2;
            uint32_t fa[4] = {pair(left), pair(left + 8 * TENSOR_PITCH), pair(left + 8),
                              pair(left + 8 * TENSOR_PITCH + 8)};
            for (int n = 0; n < TOKENS / 8; n++) {
                if (n * 8 >= used) break;
                const uint16_t* right = b + (n * 8 + lane / 4) * TENSOR_PITCH + step + lane % 4 * 2;
                uint32_t fb[2] = {pair(right), pair(right + 8)};
                mma_m16n8k16(sum[n], fa, fb);
            }
        }
        __syncthreads();
    }
    for (int n = 0; n < TOKENS / 8; n++) {
        for (int i = 0; i < 4; i++) {
            int row = firstRow + warp * 16 + lane / 4 + i / 2 * 8;
            int t = n * 8 + lane % 4 * 2 + i % 2;
            if (row < rows && t < tokens.count) out[tokens.to(t) * outStride + row] = sum[n][i];
        }
    }
}
