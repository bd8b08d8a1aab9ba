// Writing and copying tokens of the paged cache, with the rotation of keys fused into the write.
// v1: one element per thread and step; a warp per run of Q8_0; not measured on hardware.
#include "kv.cuh"
#include "turn.cuh"

__device__ __forceinline__ void store_plain(int type, uint8_t* row, const float* from, int dim) {
    for (int d = threadIdx.x; d < dim; d += blockDim.x) {
        if (type == 0) {
            reinterpret_cast<float*>(row)[d] = from[d];
        } else {
            uint16_t bits = type == 1 ? float_to_half(within_half(from[d])) : float_to_bfloat(from[d]);
            reinterpret_cast<uint16_t*>(row)[d] = bits;
        }
    }
}

// Adding it leaves the nearest integer in the low bits of a float.
constexpr float ROUNDER = 12582912.0f;

// A lane per element of a run; a NaN becomes the scale, so that the whole run reads as NaN.
__device__ __forceinline__ void store_codes(uint8_t* row, const float* from, int dim) {
    int runs = (dim + SCALE_RUN - 1) / SCALE_RUN, lane = threadIdx.x % LANES;
    for (int run = threadIdx.x / LANES; run < runs; run += blockDim.x / LANES) {
        int d = run * SCALE_RUN + lane;
        float v = d < dim ? from[d] : 0;
        float magnitude = fabsf(v);
        for (int bits = LANES / 2; bits > 0; bits /= 2) {
            float other = __shfl_xor_sync(ALL_LANES, magnitude, bits);
            magnitude = other > magnitude || other != other ? other : magnitude;
        }
        uint16_t scale = float_to_half(within_half(magnitude / 127));
        float exact = half_to_float(scale);
        float inverse = exact == 0 ? 0 : 1 / exact;
        float code = v * inverse;
        code = code > 127 ? 127 : code < -127 ? -127 : code;
        if (d < dim) row[runs * 2 + d] = (uint8_t)__float_as_uint(code + ROUNDER);
        if (lane == 0) reinterpret_cast<uint16_t*>(row)[run] = scale;
    }
}

__device__ __forceinline__ void store(int type, uint8_t* row, const float* from, int dim) {
    if (type == 3) store_codes(row, from, dim);
    else store_plain(type, row, from, dim);
}

// Row t of k [T, K * D] and v [T, K * Dv] goes to slot slots[t]. Block x is a row, block y a head;
// type: 0 F32, 1 F16, 2 BF16, 3 Q8_0.
NIGHTJAR_KERNEL(128, write_kv, int type, const float* k, long long kStride, const float* v,
                long long vStride, uint8_t* keys, long long keyBytes, uint8_t* values,
                long long valueBytes, const int* slots, int numSlots, int blockSize, int kvHeads,
                int keyDim, int valueDim) {
    int slot = slots[blockIdx.x], head = blockIdx.y;
    if (slot < 0 || slot >= numSlots) return;
    long long row = kv_row(slot, blockSize, kvHeads, head);
    store(type, keys + row * keyBytes, k + blockIdx.x * kStride + head * keyDim, keyDim);
    store(type, values + row * valueBytes, v + blockIdx.x * vStride + head * valueDim, valueDim);
}

// As write_kv, with keys turned by the angles of their positions on the way; k itself stays as it
// is. Shared: one key [D].
NIGHTJAR_KERNEL(128, rope_write_kv, int type, const float* k, long long kStride, const float* v,
                long long vStride, uint8_t* keys, long long keyBytes, uint8_t* values,
                long long valueBytes, const int* slots, int numSlots, int blockSize, int kvHeads,
                int keyDim, int valueDim, int adjacent, int offset, int half,
                const float* cosines, long long cosStride, const float* sines, long long sinStride,
                int maxPositions, const int* positions) {
    DYNAMIC_SHARED(float, key);
    int slot = slots[blockIdx.x], head = blockIdx.y;
    if (slot < 0 || slot >= numSlots) return;
    long long row = kv_row(slot, blockSize, kvHeads, head);
    const float* from = k + blockIdx.x * kStride + head * keyDim;
    for (int d = threadIdx.x; d < keyDim; d += blockDim.x) key[d] = from[d];
    __syncthreads();
    int position = positions[blockIdx.x];
    bool known = position >= 0 && position < maxPositions;
    for (int i = threadIdx.x; i < half; i += blockDim.x) {
        turn(key + offset, i, half, adjacent, known ? cosines[position * cosStride + i] : not_a_number(),
             known ? sines[position * sinStride + i] : not_a_number());
    }
    __syncthreads();
    store(type, keys + row * keyBytes, key, keyDim);
    store(type, values + row * valueBytes, v + blockIdx.x * vStride + head * valueDim, valueDim);
}

// The first numTokens rows of every head of a block; a block of threads per head. Rows are whole
// words.
NIGHTJAR_KERNEL(256, copy_kv, uint8_t* pool, long long rowBytes, int blockSize, int kvHeads,
                int fromBlock, int toBlock, int numTokens) {
    long long from = kv_row(fromBlock * blockSize, blockSize, kvHeads, blockIdx.x) * rowBytes;
    long long to = kv_row(toBlock * blockSize, blockSize, kvHeads, blockIdx.x) * rowBytes;
    long long words = numTokens * rowBytes / 4;
    for (long long i = threadIdx.x; i < words; i += blockDim.x) {
        reinterpret_cast<uint32_t*>(pool + to)[i] = reinterpret_cast<uint32_t*>(pool + from)[i];
    }
}
