// Ops on single elements of rows. Block x is a row, block y a piece of its columns.
// v1: one element per thread. v2: four, in loads of 16 bytes where they can be; not measured on
// hardware.
#include "wide.cuh"

NIGHTJAR_KERNEL(256, add_rows, float* x, long long xStride, const float* y, long long yStride,
                int cols) {
    float* row = x + blockIdx.x * xStride;
    map_rows(row, y + blockIdx.x * yStride, row, cols, [](float a, float b) { return a + b; });
}

NIGHTJAR_KERNEL(256, add_bias, float* x, long long xStride, const float* bias, int cols) {
    float* row = x + blockIdx.x * xStride;
    map_rows(row, bias, row, cols, [](float a, float b) { return a + b; });
}

NIGHTJAR_KERNEL(256, multiply, float* x, long long xStride, const float* weight, int cols) {
    float* row = x + blockIdx.x * xStride;
    map_rows(row, weight, row, cols, [](float a, float b) { return a * b; });
}

NIGHTJAR_KERNEL(256, copy_rows, const float* from, long long fromStride, float* to,
                long long toStride, int cols) {
    map_row(from + blockIdx.x * fromStride, to + blockIdx.x * toStride, cols,
            [](float v) { return v; });
}

NIGHTJAR_KERNEL(256, scale_rows, float* x, long long xStride, float factor, int cols) {
    float* row = x + blockIdx.x * xStride;
    map_row(row, row, cols, [=](float v) { return v * factor; });
}

// A NaN stays one.
NIGHTJAR_KERNEL(256, clamp_rows, float* x, long long xStride, float limit, int cols) {
    float* row = x + blockIdx.x * xStride;
    map_row(row, row, cols,
            [=](float v) { return v > limit ? limit : v < -limit ? -limit : v; });
}

NIGHTJAR_KERNEL(256, soft_cap, float* x, long long xStride, float cap, int cols) {
    float* row = x + blockIdx.x * xStride;
    map_row(row, row, cols, [=](float v) { return cap * tanhf(v / cap); });
}

// x [T, C] *= sigmoid(gate [T, 1]).
NIGHTJAR_KERNEL(256, sigmoid_gate, float* x, long long xStride, const float* gate,
                long long gateStride, int cols) {
    float* row = x + blockIdx.x * xStride;
    float factor = 1 / (1 + expf(-gate[blockIdx.x * gateStride]));
    map_row(row, row, cols, [=](float v) { return v * factor; });
}

// out [n, C] = rows[i] of x; a row that x does not have gives NaN.
NIGHTJAR_KERNEL(256, gather_rows, const float* x, long long xStride, int numRows, const int* rows,
                float* out, long long outStride, int cols) {
    int row = rows[blockIdx.x];
    bool known = row >= 0 && row < numRows;
    map_row(x + (known ? row : 0) * xStride, out + blockIdx.x * outStride, cols,
            [=](float v) { return known ? v : not_a_number(); });
}
