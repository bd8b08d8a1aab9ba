// out [T, rows] = x [T, cols] * weight^T on tensor cores: weights are dequantized and activations
// rounded to bf16, sums are f32.
//
// The weight is the left factor (16 rows of a fragment), tokens are the right one (8 columns), so
// that one token costs what eight do and decoding needs no other kernel. A token's sum runs over
// ascending columns, sixteen at a time, whatever else is in the batch.
// v1: tiles of 64 rows and 8 or 64 tokens through shared memory, one stage; not measured on
// hardware.
#include "formats.cuh"
#include "tensor.cuh"

constexpr int TENSOR_THREADS = 128;
constexpr int TENSOR_ROWS = 64;
constexpr int TENSOR_COLS = 32;
// Rows of a tile lie four banks apart, so that the eight rows of a fragment meet no bank twice.
constexpr int TENSOR_PITCH = TENSOR_COLS + 8;

// Block x is 64 rows of the weight, block y TOKENS tokens; warp w has rows [16 w, 16 w + 16).
template <class Format, int TOKENS>
__device__ __forceinline__ void matmul_tensor(const uint8_t* weight, long long rowBytes, int rows,
                                              int cols, const float* x, long long xStride,
                                              int tokens, float* out, long long outStride) {
    __shared__ __align__(16) uint16_t a[TENSOR_ROWS * TENSOR_PITCH];
    __shared__ __align__(16) uint16_t b[TOKENS * TENSOR_PITCH];
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
    int firstRow = blockIdx.x * TENSOR_ROWS, firstToken = blockIdx.y * TOKENS;
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
        for (int i = threadIdx.x; i < TOKENS * TENSOR_COLS; i += TENSOR_THREADS) {
            int t = i / TENSOR_COLS, c = i % TENSOR_COLS;
            bool inside = firstToken + t < tokens && k + c < cols;
            float v = inside ? x[(firstToken + t) * xStride + k + c] : 0;
            b[t * TENSOR_PITCH + c] = float_to_bfloat(v);
        }
        __syncthreads();
        for (int step = 0; step < TENSOR_COLS; step += 16) {
            const uint16_t* left = a + (warp * 16 + lane / 4) * TENSOR_PITCH + step + lane % 4 * 2;
            uint32_t fa[4] = {pair(left), pair(left + 8 * TENSOR_PITCH), pair(left + 8),
                              pair(left + 8 * TENSOR_PITCH + 8)};
            for (int n = 0; n < TOKENS / 8; n++) {
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
            int token = firstToken + n * 8 + lane % 4 * 2 + i % 2;
            if (row < rows && token < tokens) out[token * outStride + row] = sum[n][i];
        }
    }
}

#define KERNEL(Format, suffix)                                                                    \
    NIGHTJAR_KERNEL(TENSOR_THREADS, matmul_tensor_8_##suffix, const uint8_t* weight,              \
                    long long rowBytes, int rows, int cols, const float* x, long long xStride,    \
                    int tokens, float* out, long long outStride) {                                \
        matmul_tensor<Format, 8>(weight, rowBytes, rows, cols, x, xStride, tokens, out,           \
                                 outStride);                                                      \
    }                                                                                             \
    NIGHTJAR_KERNEL(TENSOR_THREADS, matmul_tensor_64_##suffix, const uint8_t* weight,             \
                    long long rowBytes, int rows, int cols, const float* x, long long xStride,    \
                    int tokens, float* out, long long outStride) {                                \
        matmul_tensor<Format, 64>(weight, rowBytes, rows, cols, x, xStride, tokens, out,          \
                                  outStride);                                                     \
    }
FOR_EACH_FORMAT(KERNEL)
#undef KERNEL
