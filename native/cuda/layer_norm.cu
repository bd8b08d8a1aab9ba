// out = (x - mean) / sqrt(variance + eps) * weight + bias by rows, or by the heads of rows.
// v1: three passes over the row in global memory; not measured on hardware.
#include "numbers.cuh"

// Rows and heads as in rms_norm; bias may be null.
NIGHTJAR_KERNEL(256, layer_norm, const float* x, long long xStride, const float* weight,
                int weightStep, const float* bias, int heads, int cols, float eps, float* out,
                long long outStride) {
    __shared__ float sums[8], squares[8];
    int token = blockIdx.x / heads, head = blockIdx.x % heads;
    const float* from = x + token * xStride + head * cols;
    float* to = out + token * outStride + head * cols;
    const float* w = weight + head * weightStep;
    float sum = 0;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) sum += from[c];
    float mean = block_sum(sum, sums) / cols;
    float square = 0;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) {
        square += (from[c] - mean) * (from[c] - mean);
    }
    float factor = 1 / sqrtf(block_sum(square, squares) / cols + eps);
    for (int c = threadIdx.x; c < cols; c += blockDim.x) {
        float normed = (from[c] - mean) * factor * w[c];
        to[c] = bias ? normed + bias[c] : normed;
    }
}
