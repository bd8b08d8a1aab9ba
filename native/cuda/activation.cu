// The functions of feed-forward layers, alone or as gates. Blocks as in elementwise.cu; `kind` is
// the place of the function in dev.nightjar.kernels.backend.Activation.
// v1: one element per thread. v2: four, in loads of 16 bytes where they can be; not measured on
// hardware.
#include "wide.cuh"

__device__ __forceinline__ float sigmoid(float x) { return 1 / (1 + expf(-x)); }

// (1 + tanh(y)) / 2 = sigmoid(2 y), which keeps its digits where tanh(y) is near -1.
__device__ __forceinline__ float gelu_tanh(float x) {
    return x * sigmoid(1.5957691216057308f * (x + 0.044715f * x * x * x));
}

__device__ __forceinline__ float to_half_and_back(float x) {
    return half_to_float(float_to_half(x));
}

__device__ __forceinline__ float activation(int kind, float x) {
    switch (kind) {
        case 0: return x * sigmoid(x);
        case 1: return x * 0.5f * erfcf(-0.70710678118654752f * x);
        case 2: return gelu_tanh(x);
        case 3:
            return fabsf(x) < 10 ? to_half_and_back(gelu_tanh(to_half_and_back(x)))
                                 : x > 0 || x != x ? x : 0;
        case 4: return x * sigmoid(1.702f * x);
        case 5: return x > 0 || x != x ? x : 0;
        default: return x > 0 || x != x ? x * x : 0;
    }
}

NIGHTJAR_KERNEL(256, activate, int kind, float* x, long long xStride, int cols) {
    float* row = x + blockIdx.x * xStride;
    map_row(row, row, cols, [=](float v) { return activation(kind, v); });
}

// out [T, F] = activation(gateUp[:, 0..F)) * gateUp[:, F..2F): SwiGLU, GeGLU.
NIGHTJAR_KERNEL(256, activate_multiply, int kind, const float* gateUp, long long gateUpStride,
                float* out, long long outStride, int cols) {
    const float* row = gateUp + blockIdx.x * gateUpStride;
    map_rows(row, row + cols, out + blockIdx.x * outStride, cols,
             [=](float g, float u) { return activation(kind, g) * u; });
}

// The gate of gpt-oss: g * sigmoid(alpha * g) * (u + 1), g and u limited.
NIGHTJAR_KERNEL(256, clamped_gate, const float* gateUp, long long gateUpStride, float alpha,
                float limit, float* out, long long outStride, int cols) {
    const float* row = gateUp + blockIdx.x * gateUpStride;
    map_rows(row, row + cols, out + blockIdx.x * outStride, cols, [=](float gate, float up) {
        float g = gate > limit ? limit : gate;
        float u = up > limit ? limit : up < -limit ? -limit : up;
        return g * sigmoid(alpha * g) * (u + 1);
    });
}
