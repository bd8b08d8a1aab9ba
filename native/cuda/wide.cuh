// Rows by four columns at a time: one load or store of 16 bytes where the four lie within the row
// at an address that permits it, else one by one. What is computed, and in which order, is the same
// either way, so that a row's bits depend neither on its address nor on its stride.
#pragma once
#include "numbers.cuh"

constexpr int WIDE = 4;

__device__ __forceinline__ bool is_wide(const void* p) {
    return reinterpret_cast<size_t>(p) % (WIDE * sizeof(float)) == 0;
}

// Elements [c, c + 4) of a row; 0 behind its end.
__device__ __forceinline__ void load_wide(const float* row, int c, int cols, float (&v)[WIDE]) {
    if (c + WIDE <= cols && is_wide(row)) {
        float4 four = *reinterpret_cast<const float4*>(row + c);
        v[0] = four.x;
        v[1] = four.y;
        v[2] = four.z;
        v[3] = four.w;
        return;
    }
    for (int i = 0; i < WIDE; i++) v[i] = c + i < cols ? row[c + i] : 0;
}

__device__ __forceinline__ void store_wide(float* row, int c, int cols, const float (&v)[WIDE]) {
    if (c + WIDE <= cols && is_wide(row)) {
        *reinterpret_cast<float4*>(row + c) = {v[0], v[1], v[2], v[3]};
        return;
    }
    for (int i = 0; i < WIDE && c + i < cols; i++) row[c + i] = v[i];
}

// The first of this thread's four columns where block y is a piece of a row's columns.
__device__ __forceinline__ int wide_column() {
    return (blockIdx.y * blockDim.x + threadIdx.x) * WIDE;
}

// to[c] = f(x[c]) for this thread's columns; to may be x.
template <class Function>
__device__ __forceinline__ void map_row(const float* x, float* to, int cols, Function f) {
    int c = wide_column();
    if (c >= cols) return;
    float a[WIDE];
    load_wide(x, c, cols, a);
    for (int i = 0; i < WIDE; i++) a[i] = f(a[i]);
    store_wide(to, c, cols, a);
}

// to[c] = f(x[c], y[c]) for this thread's columns; to may be x or y.
template <class Function>
__device__ __forceinline__ void map_rows(const float* x, const float* y, float* to, int cols,
                                         Function f) {
    int c = wide_column();
    if (c >= cols) return;
    float a[WIDE], b[WIDE];
    load_wide(x, c, cols, a);
    load_wide(y, c, cols, b);
    for (int i = 0; i < WIDE; i++) a[i] = f(a[i], b[i]);
    store_wide(to, c, cols, a);
}
