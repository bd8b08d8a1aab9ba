// Block formats as the classes of dev.nightjar.kernels.quant describe them: eight elements of a row
// from a column on that eight divides, dequantized exactly as the reference does.
#pragma once
#include "numbers.cuh"

constexpr int RUN = 8;

// Elements behind the end of a row of `cols` are 0.
struct F32 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int cols, float (&w)[RUN]) {
        const float* p = reinterpret_cast<const float*>(row) + k;
        for (int i = 0; i < RUN; i++) w[i] = k + i < cols ? p[i] : 0;
    }
};

struct F16 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int cols, float (&w)[RUN]) {
        const uint16_t* p = reinterpret_cast<const uint16_t*>(row) + k;
        for (int i = 0; i < RUN; i++) w[i] = k + i < cols ? half_to_float(p[i]) : 0;
    }
};

struct BF16 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int cols, float (&w)[RUN]) {
        const uint16_t* p = reinterpret_cast<const uint16_t*>(row) + k;
        for (int i = 0; i < RUN; i++) w[i] = k + i < cols ? bfloat_to_float(p[i]) : 0;
    }
};

struct Q8_0 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 32 * 34;
        float d = half_at(block);
        for (int i = 0; i < RUN; i++) w[i] = d * (int8_t)block[2 + k % 32 + i];
    }
};

// A run of nibbles of a block of 32: the first 16 elements are the low ones.
__device__ __forceinline__ int nibble32(const uint8_t* codes, int k, int i) {
    return codes[k % 16 + i] >> (k % 32 < 16 ? 0 : 4) & 15;
}

struct Q4_0 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 32 * 18;
        float d = half_at(block);
        for (int i = 0; i < RUN; i++) w[i] = d * (nibble32(block + 2, k, i) - 8);
    }
};

struct Q4_1 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 32 * 20;
        float d = half_at(block), m = half_at(block + 2);
        for (int i = 0; i < RUN; i++) w[i] = d * nibble32(block + 4, k, i) + m;
    }
};

// The fifth bits of the elements of a block stand in order in four bytes.
__device__ __forceinline__ int fifth_bit(const uint8_t* bits, int k, int i) {
    return bits[k % 32 / 8] >> i & 1;
}

struct Q5_0 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 32 * 22;
        float d = half_at(block);
        for (int i = 0; i < RUN; i++) {
            w[i] = d * ((nibble32(block + 6, k, i) | fifth_bit(block + 2, k, i) << 4) - 16);
        }
    }
};

struct Q5_1 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 32 * 24;
        float d = half_at(block), m = half_at(block + 2);
        for (int i = 0; i < RUN; i++) {
            w[i] = d * (nibble32(block + 8, k, i) | fifth_bit(block + 4, k, i) << 4) + m;
        }
    }
};

// The six-bit scale (kind 0) or minimum (kind 4) of sub-block j; `packed` are twelve bytes.
__device__ __forceinline__ int six_bits(const uint8_t* packed, int j, int kind) {
    if (j < 4) return packed[kind + j] & 63;
    return (packed[4 + j] >> kind & 15) | packed[kind + j - 4] >> 6 << 4;
}

struct Q4_K {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 256 * 144;
        int j = k % 256 / 32;
        float scale = half_at(block) * six_bits(block + 4, j, 0);
        float minimum = half_at(block + 2) * six_bits(block + 4, j, 4);
        const uint8_t* codes = block + 16 + j / 2 * 32 + k % 32;
        for (int i = 0; i < RUN; i++) w[i] = scale * (codes[i] >> (j & 1) * 4 & 15) - minimum;
    }
};

struct Q5_K {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 256 * 176;
        int j = k % 256 / 32;
        float scale = half_at(block) * six_bits(block + 4, j, 0);
        float minimum = half_at(block + 2) * six_bits(block + 4, j, 4);
        const uint8_t* high = block + 16 + k % 32;
        const uint8_t* low = block + 48 + j / 2 * 32 + k % 32;
        for (int i = 0; i < RUN; i++) {
            int q = (low[i] >> (j & 1) * 4 & 15) | (high[i] >> j & 1) << 4;
            w[i] = scale * q - minimum;
        }
    }
};

struct Q6_K {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 256 * 210;
        int j = k % 256;
        float scale = half_at(block + 208) * (int8_t)block[192 + j / 16];
        const uint8_t* low = block + j / 128 * 64 + j % 64;
        const uint8_t* high = block + 128 + j / 128 * 32 + j % 32;
        int lowShift = j % 128 < 64 ? 0 : 4, highShift = j % 128 / 32 * 2;
        for (int i = 0; i < RUN; i++) {
            int q = (low[i] >> lowShift & 15) | (high[i] >> highShift & 3) << 4;
            w[i] = scale * (q - 32);
        }
    }
};

struct MXFP4 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 32 * 17;
        // Half the scale, a power of two that may be subnormal; the values are doubled.
        uint32_t e = block[0];
        float scale = __uint_as_float(e < 2 ? 1u << (21 + e) : (e - 1) << 23);
        for (int i = 0; i < RUN; i++) {
            // 0, 1, 2, 3, 4, 6, 8, 12, by code
            int q = nibble32(block + 1, k, i), m = q & 7;
            int doubled = m < 5 ? m : m < 7 ? 2 * m - 4 : 12;
            w[i] = scale * (q & 8 ? -doubled : doubled);
        }
    }
};

// Every format with the suffix that its kernels have.
#define FOR_EACH_FORMAT(X)                                                               \
    X(F32, f32) X(F16, f16) X(BF16, bf16) X(Q8_0, q8_0) X(Q4_0, q4_0) X(Q4_1, q4_1)       \
    X(Q5_0, q5_0) X(Q5_1, q5_1) X(Q4_K, q4_k) X(Q5_K, q5_k) X(Q6_K, q6_k) X(MXFP4, mxfp4)
