// out = x / sqrt(mean(x^2) + eps) * weight by rows, or by the heads of rows. One block per row; the
// number of threads depends on the columns alone, so that a row's bits never depend on others.
// v1: two passes over the row in global memory; not measured on hardware.
#include "numbers.cuh"

// Row r of `heads` per token: token r / heads, columns from (r % heads) * cols on.
NIGHTJAR_KERNEL(256, rms_norm, const float* x, long long xStride, const float* weight,
                int weightStep, int heads, int cols, float eps, float* out, long long outStride) {
    __shared__ float scratch[8];
    int token = blockIdx.x / heads, head = blockIdx.x % heads;
    const float* from = x + token * xStride + head * cols;
    float* to = out + token * outStride + head * cols;
    const float* w = weight + head * weightStep;
    float squares = 0;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) squares += from[c] * from[c];
    float factor = 1 / sqrtf(block_sum(squares, scratch) / cols + eps);
    for (int c = threadIdx.x; c < cols; c += blockDim.x) to[c] = from[c] * factor * w[c];
}

// x += residual, then out = norm(x); out may be x.
NIGHTJAR_KERNEL(256, add_rms_norm, float* x, long long xStride, const float* residual,
                long long residualStride, const float* weight, int cols, float eps, float* out,
                long long outStride) {
    __shared__ float scratch[8];
    float* from = x + blockIdx.x * xStride;
    const float* more = residual + blockIdx.x * residualStride;
    float* to = out + blockIdx.x * outStride;
    float squares = 0;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) {
        float sum = from[c] + more[c];
        from[c] = sum;
        squares += sum * sum;
    }
    float factor = 1 / sqrtf(block_sum(squares, scratch) / cols + eps);
    for (int c = threadIdx.x; c < cols; c += blockDim.x) to[c] = from[c] * factor * weight[c];
}
