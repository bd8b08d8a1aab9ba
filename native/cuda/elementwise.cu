// Ops on single elements of rows. Block x is a row, block y a piece of its columns.
// v1: one element per thread; not measured on hardware.
#include "numbers.cuh"

__device__ __forceinline__ int column() { return blockIdx.y * blockDim.x + threadIdx.x; }

NIGHTJAR_KERNEL(256, add_rows, float* x, long long xStride, const float* y, long long yStride,
                int cols) {
    int c = column();
    if (c < cols) x[blockIdx.x * xStride + c] += y[blockIdx.x * yStride + c];
}

NIGHTJAR_KERNEL(256, add_bias, float* x, long long xStride, const float* bias, int cols) {
    int c = column();
    if (c < cols) x[blockIdx.x * xStride + c] += bias[c];
}

NIGHTJAR_KERNEL(256, multiply, float* x, long long xStride, const float* weight, int cols) {
    int c = column();
    if (c < cols) x[blockIdx.x * xStride + c] *= weight[c];
}

NIGHTJAR_KERNEL(256, copy_rows, const float* from, long long fromStride, float* to,
                long long toStride, int cols) {
    int c = column();
    if (c < cols) to[blockIdx.x * toStride + c] = from[blockIdx.x * fromStride + c];
}

NIGHTJAR_KERNEL(256, scale_rows, float* x, long long xStride, float factor, int cols) {
    int c = column();
    if (c < cols) x[blockIdx.x * xStride + c] *= factor;
}

// A NaN stays one.
NIGHTJAR_KERNEL(256, clamp_rows, float* x, long long xStride, float limit, int cols) {
    int c = column();
    if (c >= cols) return;
    float* p = x + blockIdx.x * xStride + c;
    float v = *p;
    *p = v > limit ? limit : v < -limit ? -limit : v;
}

NIGHTJAR_KERNEL(256, soft_cap, float* x, long long xStride, float cap, int cols) {
    int c = column();
    if (c >= cols) return;
    float* p = x + blockIdx.x * xStride + c;
    *p = cap * tanhf(*p / cap);
}

// x [T, C] *= sigmoid(gate [T, 1]).
NIGHTJAR_KERNEL(256, sigmoid_gate, float* x, long long xStride, const float* gate,
                long long gateStride, int cols) {
    int c = column();
    if (c < cols) x[blockIdx.x * xStride + c] *= 1 / (1 + expf(-gate[blockIdx.x * gateStride]));
}

// out [n, C] = rows[i] of x; a row that x does not have gives NaN.
NIGHTJAR_KERNEL(256, gather_rows, const float* x, long long xStride, int numRows, const int* rows,
                float* out, long long outStride, int cols) {
    int c = column();
    if (c >= cols) return;
    int row = rows[blockIdx.x];
    bool known = row >= 0 && row < numRows;
    out[blockIdx.x * outStride + c] = known ? x[row * xStride + c] : not_a_number();
}
