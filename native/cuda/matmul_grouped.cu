// The products of a mixture of experts on tensor cores: row i of out is row i / fanOut of x times
// the matrix of expert experts[i]. Rows are grouped by expert on the device, then one launch
// computes the tiles of all experts as matmul_tensor.cu computes those of one weight, with the same
// bits.
//
// Nothing comes back to the host: the grid has as many tiles as the worst choice could need, and
// the last ones may find nothing to do. Tiles are the grid's x, so that those of an expert, which
// are neighbours, read the same rows of its weight at about the same time.
// v1: tiles of 64 rows of a weight and 8 or 64 tokens; not measured on hardware.
#include "matmul_tile.cuh"

// Up to TOKENS rows of one expert; those of a tile lie one after the other in `order`. Expert -1
// stands for experts that do not exist.
struct GroupTile {
    int expert, first, count;
};

__device__ __forceinline__ int sum_of_lanes(int v) {
    for (int bits = LANES / 2; bits > 0; bits /= 2) v += __shfl_xor_sync(ALL_LANES, v, bits);
    return v;
}

constexpr int GROUP_THREADS = 256;
constexpr int GROUP_WARPS = GROUP_THREADS / LANES;

// order [n]: rows by expert, those of an expert ascending; tiles [numTiles] as they follow from it.
// Block x is an expert, the last one stands for experts that do not exist. Shared: a count for
// each block.
NIGHTJAR_KERNEL(GROUP_THREADS, group_rows, const int* experts, int n, int numExperts, int tileRows,
                int numTiles, int* order, GroupTile* tiles) {
    DYNAMIC_SHARED(int, counts);
    __shared__ int found[GROUP_WARPS];
    int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES, group = blockIdx.x;
    for (int e = threadIdx.x; e <= numExperts; e += GROUP_THREADS) counts[e] = 0;
    __syncthreads();
    for (int i = threadIdx.x; i < n; i += GROUP_THREADS) {
        unsigned e = experts[i];
        atomicAdd(&counts[e < (unsigned)numExperts ? e : numExperts], 1);
    }
    __syncthreads();
    int first = 0, tile = 0, count = counts[group];
    for (int e = lane; e < group; e += LANES) {
        first += counts[e];
        tile += (counts[e] + tileRows - 1) / tileRows;
    }
    first = sum_of_lanes(first);
    tile = sum_of_lanes(tile);
    int ownTiles = (count + tileRows - 1) / tileRows;
    bool isLast = group == numExperts;
    for (int j = threadIdx.x; j < (isLast ? numTiles - tile : ownTiles); j += GROUP_THREADS) {
        int left = count - j * tileRows;
        left = left < 0 ? 0 : left < tileRows ? left : tileRows;
        tiles[tile + j] = {isLast ? -1 : group, first + j * tileRows, left};
    }
    for (int start = 0; start < n && count > 0; start += GROUP_THREADS) {
        int i = start + threadIdx.x;
        unsigned e = i < n ? (unsigned)experts[i] : 0;
        bool isOwn = i < n && (int)(e < (unsigned)numExperts ? e : numExperts) == group;
        unsigned owners = __ballot_sync(ALL_LANES, isOwn);
        if (lane == 0) found[warp] = __popc(owners);
        __syncthreads();
        int at = first + __popc(owners & ((1u << lane) - 1));
        for (int w = 0; w < GROUP_WARPS; w++) {
            if (w < warp) at += found[w];
            first += found[w];
        }
        if (isOwn) order[at] = i;
        __syncthreads();
    }
}

// The rows of a tile.
struct TokensOfGroup {
    const int* sources;
    const int* rows;
    int count;

    __device__ __forceinline__ int from(int t) const { return sources[t]; }
    __device__ __forceinline__ int to(int t) const { return rows[t]; }
};

// Block x is a tile, block y 64 rows of the weight [E, rows, cols].
template <class Format, int TOKENS>
__device__ __forceinline__ void matmul_grouped(const uint8_t* weight, long long rowBytes, int rows,
                                               int cols, const GroupTile* tiles, const int* order,
                                               int fanOut, const float* x, long long xStride,
                                               float* out, long long outStride) {
    __shared__ int sources[TOKENS];
    GroupTile tile = tiles[blockIdx.x];
    if (tile.count == 0) return;
    const int* own = order + tile.first;
    int firstRow = blockIdx.y * TENSOR_ROWS;
    if (tile.expert < 0) {
        int count = rows - firstRow < TENSOR_ROWS ? rows - firstRow : TENSOR_ROWS;
        for (int i = threadIdx.x; i < tile.count * count; i += TENSOR_THREADS) {
            out[own[i / count] * outStride + firstRow + i % count] = not_a_number();
        }
        return;
    }
    for (int t = threadIdx.x; t < tile.count; t += TENSOR_THREADS) sources[t] = own[t] / fanOut;
    __syncthreads();
    TokensOfGroup tokens = {sources, own, tile.count};
    multiply_tile<Format, TOKENS>(weight + (long long)tile.expert * rows * rowBytes, rowBytes, rows,
                                  cols, firstRow, x, xStride, tokens, out, outStride);
}

#define KERNEL_OF(Format, suffix, TOKENS)                                                         \
    NIGHTJAR_KERNEL(TENSOR_THREADS, matmul_grouped_##TOKENS##_##suffix, const uint8_t* weight,    \
                    long long rowBytes, int rows, int cols, const GroupTile* tiles,               \
                    const int* order, int fanOut, const float* x, long long xStride, float* out,  \
                    long long outStride) {                                                        \
        matmul_grouped<Format, TOKENS>(weight, rowBytes, rows, cols, tiles, order, fanOut, x,     \
                                       xStride, out, outStride);                                  \
    }
#define KERNEL(Format, suffix) KERNEL_OF(Format, suffix, 8) KERNEL_OF(Format, suffix, 64)
FOR_EACH_FORMAT(KERNEL)
#undef KERNEL
#undef KERNEL_OF
