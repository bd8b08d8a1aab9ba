// out [T, rows] = x [T, cols] * weight^T in single precision, for every block format.
//
// A warp computes one row of the weight for up to eight tokens: its lanes take runs of eight
// columns in turn, and their sums meet in one fixed tree. A token's result is the same in every
// batch, because neither the order of its columns nor that of the tree depends on the others.
// v1: weights straight from memory, activations through the cache; not measured on hardware.
#include "formats.cuh"

constexpr int MATMUL_THREADS = 128;
constexpr int MATMUL_WARPS = MATMUL_THREADS / LANES;
constexpr int MATMUL_TOKENS = 8;

// Rows of x from `x` on, `tokens` of them at most MATMUL_TOKENS.
template <class Format>
__device__ __forceinline__ void multiply_row(const uint8_t* row, int cols, const float* x,
                                             long long xStride, int tokens, float* out,
                                             long long outStride) {
    int lane = threadIdx.x % LANES;
    float sum[MATMUL_TOKENS];
    for (int t = 0; t < MATMUL_TOKENS; t++) sum[t] = 0;
    for (int k = lane * RUN; k < cols; k += LANES * RUN) {
        float w[RUN];
        Format::run(row, k, cols, w);
        int count = cols - k < RUN ? cols - k : RUN;
        for (int t = 0; t < MATMUL_TOKENS && t < tokens; t++) {
            const float* in = x + t * xStride + k;
            for (int i = 0; i < count; i++) sum[t] += w[i] * in[i];
        }
    }
    for (int t = 0; t < MATMUL_TOKENS && t < tokens; t++) {
        float total = warp_sum(sum[t]);
        if (lane == 0) out[t * outStride] = total;
    }
}

// Block x is four rows of the weight, block y eight tokens.
#define KERNEL(Format, suffix)                                                                    \
    NIGHTJAR_KERNEL(MATMUL_THREADS, matmul_##suffix, const uint8_t* weight, long long rowBytes,   \
                    int rows, int cols, const float* x, long long xStride, int tokens,            \
                    float* out, long long outStride) {                                            \
        int row = blockIdx.x * MATMUL_WARPS + threadIdx.x / LANES;                                \
        int first = blockIdx.y * MATMUL_TOKENS;                                                   \
        if (row >= rows) return;                                                                  \
        multiply_row<Format>(weight + row * rowBytes, cols, x + first * xStride, xStride,         \
                             tokens - first, out + first * outStride + row, outStride);           \
    }
FOR_EACH_FORMAT(KERNEL)
#undef KERNEL

// Mixture of experts: row i (block y) of out is row i / fanOut of x times the matrix of expert
// experts[i]; an expert that does not exist gives NaN.
#define KERNEL(Format, suffix)                                                                    \
    NIGHTJAR_KERNEL(MATMUL_THREADS, expert_matmul_##suffix, const uint8_t* weight,                \
                    long long rowBytes, int rows, int cols, const int* experts, int numExperts,   \
                    int fanOut, const float* x, long long xStride, float* out,                    \
                    long long outStride) {                                                        \
        int row = blockIdx.x * MATMUL_WARPS + threadIdx.x / LANES;                                \
        int i = blockIdx.y, expert = experts[i];                                                  \
        if (row >= rows) return;                                                                  \
        float* to = out + i * outStride + row;                                                    \
        if (expert < 0 || expert >= numExperts) {                                                 \
            if (threadIdx.x % LANES == 0) *to = not_a_number();                                   \
            return;                                                                               \
        }                                                                                         \
        multiply_row<Format>(weight + ((long long)expert * rows + row) * rowBytes, cols,          \
                             x + i / fanOut * xStride, xStride, 1, to, outStride);                \
    }
FOR_EACH_FORMAT(KERNEL)
#undef KERNEL
