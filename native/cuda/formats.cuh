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

// The values of the codes of the IQ4 types, four to a word: a choice among registers, where a table
// would be read at as many addresses as lanes have codes.
__device__ __forceinline__ int nonlinear(int code) {
    uint32_t low = code < 4 ? 0xbfad9881u : 0xf6eaddcfu;
    uint32_t high = code < 12 ? 0x26190d01u : 0x71594535u;
    return (int8_t)((code < 8 ? low : high) >> (code & 3) * 8);
}

struct IQ4_NL {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 32 * 18;
        float d = half_at(block);
        for (int i = 0; i < RUN; i++) w[i] = d * nonlinear(nibble32(block + 2, k, i));
    }
};

struct IQ4_XS {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 256 * 136;
        int j = k % 256 / 32;
        int low = block[4 + j / 2] >> j % 2 * 4 & 15, high = block[2 + j / 4] >> j % 4 * 2 & 3;
        float scale = half_at(block) * ((low | high << 4) - 32);
        for (int i = 0; i < RUN; i++) {
            w[i] = scale * nonlinear(nibble32(block + 8 + 16 * j, k, i));
        }
    }
};

// Two bits of element k + i of a super-block; those of the elements k + 32, k + 64 and k + 96 of
// its half share the byte.
__device__ __forceinline__ int two_bits(const uint8_t* codes, int k, int i) {
    return codes[k % 256 / 128 * 32 + k % 32 + i] >> k % 128 / 32 * 2 & 3;
}

struct Q2_K {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 256 * 84;
        int factors = block[k % 256 / 16];
        float scale = half_at(block + 80) * (factors & 15);
        float minimum = half_at(block + 82) * (factors >> 4);
        for (int i = 0; i < RUN; i++) w[i] = scale * two_bits(block + 16, k, i) - minimum;
    }
};

struct Q3_K {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 256 * 110;
        int j = k % 256 / 16;
        int low = block[96 + j % 8] >> j / 8 * 4 & 15, high = block[104 + j % 4] >> j / 4 * 2 & 3;
        float scale = half_at(block + 108) * ((low | high << 4) - 32);
        for (int i = 0; i < RUN; i++) {
            int third = block[k % 32 + i] >> k % 256 / 32 & 1;
            w[i] = scale * ((two_bits(block + 32, k, i) | third << 2) - 4);
        }
    }
};

struct TQ1_0 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 256 * 54;
        float d = half_at(block + 52);
        // 32 bytes of five digits of base three, 16 of five, 4 of four; digit after digit.
        int j = k % 256;
        int first = j < 160 ? 0 : j < 240 ? 160 : 240;
        int width = j < 160 ? 32 : j < 240 ? 16 : 4;
        const uint8_t* bytes = block + (j < 160 ? 0 : j < 240 ? 32 : 48);
        for (int i = 0; i < RUN; i++) {
            int e = j - first + i;
            int power = (int)(0x511b090301ull >> e / width * 8 & 255);  // of three
            int q = (bytes[e % width] * power & 255) * 3 >> 8;
            w[i] = d * (q - 1);
        }
    }
};

struct TQ2_0 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int, float (&w)[RUN]) {
        const uint8_t* block = row + k / 256 * 66;
        float d = half_at(block + 64);
        for (int i = 0; i < RUN; i++) w[i] = d * (two_bits(block, k, i) - 1);
    }
};

// Of the "fn" variant: no infinities, and a NaN in place of the largest magnitude.
__device__ __forceinline__ float e4m3_to_float(uint32_t bits) {
    uint32_t magnitude = bits & 127;
    float value = magnitude < 8      ? magnitude * 0.001953125f
                  : magnitude == 127 ? not_a_number()
                                     : __uint_as_float((magnitude << 20) + (120u << 23));
    return bits < 128 ? value : -value;
}

struct F8_E4M3 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int cols, float (&w)[RUN]) {
        for (int i = 0; i < RUN; i++) w[i] = k + i < cols ? e4m3_to_float(row[k + i]) : 0;
    }
};

// The upper byte of a half.
struct F8_E5M2 {
    static __device__ __forceinline__ void run(const uint8_t* row, int k, int cols, float (&w)[RUN]) {
        for (int i = 0; i < RUN; i++) {
            w[i] = k + i < cols ? half_to_float((uint16_t)(row[k + i] << 8)) : 0;
        }
    }
};

// Every format with the suffix that its kernels have.
#define FOR_EACH_FORMAT(X)                                                                     \
    X(F32, f32) X(F16, f16) X(BF16, bf16) X(F8_E4M3, f8_e4m3) X(F8_E5M2, f8_e5m2)               \
    X(Q8_0, q8_0) X(Q4_0, q4_0) X(Q4_1, q4_1) X(Q5_0, q5_0) X(Q5_1, q5_1) X(Q2_K, q2_k)         \
    X(Q3_K, q3_k) X(Q4_K, q4_k) X(Q5_K, q5_k) X(Q6_K, q6_k) X(IQ4_NL, iq4_nl)                   \
    X(IQ4_XS, iq4_xs) X(MXFP4, mxfp4) X(TQ1_0, tq1_0) X(TQ2_0, tq2_0)
