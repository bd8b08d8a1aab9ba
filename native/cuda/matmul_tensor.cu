// out [T, rows] = x [T, cols] * weight^T on tensor cores: weights are dequantized and activations
// rounded to bf16, sums are f32. See matmul_tile.cuh for what a block does.
// v1: tiles of 64 rows and 8 or 64 tokens through shared memory, one stage; not measured on
// hardware.
#include "matmul_tile.cuh"

// Tokens as they lie.
struct TokensInOrder {
    int first, count;

    __device__ __forceinline__ int from(int t) const { return first + t; }
    __device__ __forceinline__ int to(int t) const { return first + t; }
};

// Block x is 64 rows of the weight, block y TOKENS tokens.
template <class Format, int TOKENS>
__device__ __forceinline__ void matmul_tensor(const uint8_t* weight, long long rowBytes, int rows,
                                              int cols, const float* x, long long xStride,
                                              int tokens, float* out, long long outStride) {
    int first = blockIdx.y * TOKENS;
    TokensInOrder inOrder = {first, tokens - first};
    multiply_tile<Format, TOKENS>(weight, rowBytes, rows, cols, blockIdx.x * TENSOR_ROWS, x,
                                  xStride, inOrder, out, outStride);
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
