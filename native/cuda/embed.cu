// Rows of a table by index: out [T, C] = table[ids[t]]. One block per row.
// v1: each thread dequantizes runs of eight elements; not measured on hardware.
#include "formats.cuh"

// A token that the table does not have gives NaN, which the sampling op finds.
template <class Format>
__device__ __forceinline__ void embed(const uint8_t* table, long long rowBytes, int rows, int cols,
                                      const int* ids, float* out, long long outStride) {
    int id = ids[blockIdx.x];
    float* to = out + blockIdx.x * outStride;
    bool known = id >= 0 && id < rows;
    const uint8_t* row = table + (known ? id : 0) * rowBytes;
    for (int k = threadIdx.x * RUN; k < cols; k += blockDim.x * RUN) {
        float w[RUN];
        Format::run(row, k, cols, w);
        for (int i = 0; i < RUN && k + i < cols; i++) to[k + i] = known ? w[i] : not_a_number();
    }
}

#define KERNEL(Format, suffix)                                                                    \
    NIGHTJAR_KERNEL(256, embed_##suffix, const uint8_t* table, long long rowBytes, int rows,      \
                    int cols, const int* ids, float* out, long long outStride) {                  \
        embed<Format>(table, rowBytes, rows, cols, ids, out, outStride);                          \
    }
FOR_EACH_FORMAT(KERNEL)
#undef KERNEL

// x [n, C]: row i += row experts[i] of bias [E, C].
template <class Format>
__device__ __forceinline__ void add_row(const uint8_t* table, long long rowBytes, int rows, int cols,
                                        const int* ids, float* x, long long xStride) {
    int id = ids[blockIdx.x];
    float* to = x + blockIdx.x * xStride;
    bool known = id >= 0 && id < rows;
    const uint8_t* row = table + (known ? id : 0) * rowBytes;
    for (int k = threadIdx.x * RUN; k < cols; k += blockDim.x * RUN) {
        float w[RUN];
        Format::run(row, k, cols, w);
        for (int i = 0; i < RUN && k + i < cols; i++) to[k + i] += known ? w[i] : not_a_number();
    }
}

#define KERNEL(Format, suffix)                                                                    \
    NIGHTJAR_KERNEL(256, add_row_##suffix, const uint8_t* table, long long rowBytes, int rows,    \
                    int cols, const int* ids, float* x, long long xStride) {                      \
        add_row<Format>(table, rowBytes, rows, cols, ids, x, xStride);                            \
    }
FOR_EACH_FORMAT(KERNEL)
#undef KERNEL
