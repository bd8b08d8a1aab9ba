// out = (x - mean) / sqrt(variance + eps) * weight + bias by rows, or by the heads of rows.
// v1: three passes over the row in global memory. v2: four columns per thread and step, in loads of
// 16 bytes where they can be; not measured on hardware.
#include "wide.cuh"

// Rows and heads as in rms_norm; bias may be null.
NIGHTJAR_KERNEL(256, layer_norm, const float* x, long long xStride, const float* weight,
                int weightStep, const float* bias, int heads, int cols, float eps, float* out,
                long long outStride) {
    __shared__ float sums[8], squares[8];
    int token = blockIdx.x / heads, head = blockIdx.x % heads, step = blockDim.x * WIDE;
    const float* from = x + token * xStride + head * cols;
    float* to = out + token * outStride + head * cols;
    const float* w = weight + head * weightStep;
    float sum = 0, v[WIDE], factors[WIDE], added[WIDE] = {};
    for (int c = threadIdx.x * WIDE; c < cols; c += step) {
        load_wide(from, c, cols, v);
        for (int i = 0; i < WIDE; i++) sum += v[i];
    }
    float mean = block_sum(sum, sums) / cols;
    float square = 0;
    for (int c = threadIdx.x * WIDE; c < cols; c += step) {
        load_wide(from, c, cols, v);
        for (int i = 0; i < WIDE && c + i < cols; i++) square += (v[i] - mean) * (v[i] - mean);
    }
    float factor = 1 / sqrtf(block_sum(square, squares) / cols + eps);
    for (int c = threadIdx.x * WIDE; c < cols; c += step) {
        load_wide(from, c, cols, v);
        load_wide(w, c, cols, factors);
        if (bias) load_wide(bias, c, cols, added);
        for (int i = 0; i < WIDE; i++) {
            float normed = (v[i] - mean) * factor * factors[i];
            v[i] = bias ? normed + added[i] : normed;
        }
        store_wide(to, c, cols, v);
    }
}
