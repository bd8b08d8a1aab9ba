// Elements of the paged cache. A row is the key or the value of one token and head; rows of a layer
// are [B, K, P], padded to four bytes. The type Q8_0 has a half per 32 elements first, then codes.
#pragma once
#include "numbers.cuh"

constexpr int SCALE_RUN = 32;
constexpr float LARGEST_HALF = 65504;

__device__ __forceinline__ long long kv_row(int slot, int blockSize, int kvHeads, int head) {
    return ((long long)(slot / blockSize) * kvHeads + head) * blockSize + slot % blockSize;
}

__device__ __forceinline__ float within_half(float v) {
    return v > LARGEST_HALF ? LARGEST_HALF : v < -LARGEST_HALF ? -LARGEST_HALF : v;
}

struct KvF32 {
    static __device__ __forceinline__ float at(const uint8_t* row, int d, int) {
        return reinterpret_cast<const float*>(row)[d];
    }
};

struct KvF16 {
    static __device__ __forceinline__ float at(const uint8_t* row, int d, int) {
        return half_to_float(reinterpret_cast<const uint16_t*>(row)[d]);
    }
};

struct KvBF16 {
    static __device__ __forceinline__ float at(const uint8_t* row, int d, int) {
        return bfloat_to_float(reinterpret_cast<const uint16_t*>(row)[d]);
    }
};

struct KvQ8_0 {
    static __device__ __forceinline__ float at(const uint8_t* row, int d, int dim) {
        float scale = half_to_float(reinterpret_cast<const uint16_t*>(row)[d / SCALE_RUN]);
        int scaleBytes = (dim + SCALE_RUN - 1) / SCALE_RUN * 2;
        return scale * (int8_t)row[scaleBytes + d];
    }
};

// Every type of element with the suffix that its kernels have.
#define FOR_EACH_KV_TYPE(X) X(KvF32, f32) X(KvF16, f16) X(KvBF16, bf16) X(KvQ8_0, q8_0)
