// out = x / sqrt(mean(x^2) + eps) * weight by rows, or by the heads of rows. One block per row; the
// number of threads depends on the columns alone, so that a row's bits never depend on others.
// v1: two passes over the row in global memory. v2: four columns per thread and step, in loads of
// 16 bytes where they can be; not measured on hardware.
#include "wide.cuh"

// Row r of `heads` per token: token r / heads, columns from (r % heads) * cols on.
NIGHTJAR_KERNEL(256, rms_norm, const float* x, long long xStride, const float* weight,
                int weightStep, int heads, int cols, float eps, float* out, long long outStride) {
    __shared__ float scratch[8];
    int token = blockIdx.x / heads, head = blockIdx.x % heads, step = blockDim.x * WIDE;
    const float* from = x + token * xStride + head * cols;
    float* to = out + token * outStride + head * cols;
    const float* w = weight + head * weightStep;
    float squares = 0, v[WIDE], factors[WIDE];
    for (int c = threadIdx.x * WIDE; c < cols; c += step) {
        load_wide(from, c, cols, v);
        for (int i = 0; i < WIDE; i++) squares += v[i] * v[i];
    }
    float factor = 1 / sqrtf(block_sum(squares, scratch) / cols + eps);
    for (int c = threadIdx.x * WIDE; c < cols; c += step) {
        load_wide(from, c, cols, v);
        load_wide(w, c, cols, factors);
        for (int i = 0; i < WIDE; i++) v[i] = v[i] * factor * factors[i];
        store_wide(to, c, cols, v);
    }
}

// x += residual, then out = norm(x); out may be x.
NIGHTJAR_KERNEL(256, add_rms_norm, float* x, long long xStride, const float* residual,
                long long residualStride, const float* weight, int cols, float eps, float* out,
                long long outStride) {
    __shared__ float scratch[8];
    int step = blockDim.x * WIDE;
    float* from = x + blockIdx.x * xStride;
    const float* more = residual + blockIdx.x * residualStride;
    float* to = out + blockIdx.x * outStride;
    float squares = 0, v[WIDE], other[WIDE];
    for (int c = threadIdx.x * WIDE; c < cols; c += step) {
        load_wide(from, c, cols, v);
        load_wide(more, c, cols, other);
        for (int i = 0; i < WIDE; i++) {
            v[i] += other[i];
            squares += v[i] * v[i];
        }
        store_wide(from, c, cols, v);
    }
    float factor = 1 / sqrtf(block_sum(squares, scratch) / cols + eps);
    for (int c = threadIdx.x * WIDE; c < cols; c += step) {
        load_wide(from, c, cols, v);
        load_wide(weight, c, cols, other);
        for (int i = 0; i < WIDE; i++) v[i] = v[i] * factor * other[i];
        store_wide(to, c, cols, v);
    }
}
