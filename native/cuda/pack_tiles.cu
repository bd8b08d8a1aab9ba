// Activations [T, cols] rounded to bf16 as the tiles of tiles.cuh, for products that copy them to
// shared memory as they lie: tile (t, k) has tokens from t * tileTokens and columns from k *
// TILE_COLS on; tiles of ascending columns follow each other. What is behind the last token or
// column is 0.
// v1: a thread per chunk of 16 bytes; not measured on hardware.
#include "tiles.cuh"

// Block x is a token of a tile, whether it exists or not; block y 256 chunks of its row.
NIGHTJAR_KERNEL(256, pack_tiles, const float* x, long long xStride, int tokens, int cols,
                int tileTokens, uint8_t* tiles) {
    int token = blockIdx.x, chunk = blockIdx.y * blockDim.x + threadIdx.x;
    int steps = (cols + TILE_COLS - 1) / TILE_COLS;
    if (chunk >= steps * TILE_CHUNKS) return;
    float v[RUN];
    for (int i = 0; i < RUN; i++) {
        int c = chunk * RUN + i;
        v[i] = token < tokens && c < cols ? x[token * xStride + c] : 0;
    }
    long long tile = (long long)(token / tileTokens) * steps + chunk / TILE_CHUNKS;
    uint8_t* to = tiles + tile * tileTokens * TILE_ROW_BYTES;
    store_chunk(to + tile_chunk(token % tileTokens, chunk % TILE_CHUNKS), pair_of(v[0], v[1]),
                pair_of(v[2], v[3]), pair_of(v[4], v[5]), pair_of(v[6], v[7]));
}
