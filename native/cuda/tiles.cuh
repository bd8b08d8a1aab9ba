// Tiles of bf16 in shared memory as tensor cores like them, and how weights come there. Rows have
// TILE_COLS elements, 128 bytes, in chunks of 16 bytes; chunk c of row r lies at c ^ r % 8, the
// "128-byte swizzle", so that eight rows of a column of chunks meet every bank once. Tiles begin at
// multiples of 1,024 bytes.
#pragma once
#include "formats.cuh"
#include "tensor.cuh"

constexpr int TILE_COLS = 64;
constexpr int TILE_CHUNKS = TILE_COLS / RUN;
constexpr int CHUNK_BYTES = RUN * 2;
constexpr int TILE_ROW_BYTES = TILE_COLS * 2;
constexpr int TILE_ALIGNMENT = 1024;

// The byte of a tile where a chunk begins.
__device__ __forceinline__ int tile_chunk(int row, int chunk) {
    return row * TILE_ROW_BYTES + (chunk ^ (row & 7)) * CHUNK_BYTES;
}

// The first multiple of TILE_ALIGNMENT in dynamic shared memory.
__device__ __forceinline__ uint8_t* first_tile_of(uint8_t* shared) {
    return shared + (TILE_ALIGNMENT - shared_address(shared) % TILE_ALIGNMENT) % TILE_ALIGNMENT;
}

// How a format's rows are staged: PERIOD tiles' worth of blocks at a time, which lie in BYTES. The
// bytes of a row begin anywhere, copies at multiples of 16: a row of a stage is a window of whole
// chunks around them.
template <int ELEMENTS, int BYTES_OF_BLOCK>
struct Blocks {
    static constexpr bool IS_DIRECT = false;
    static constexpr int PERIOD = ELEMENTS > TILE_COLS ? ELEMENTS / TILE_COLS : 1;
    static constexpr int COLS = PERIOD * TILE_COLS;
    static constexpr int BYTES = COLS / ELEMENTS * BYTES_OF_BLOCK;
    static constexpr int WINDOW = (BYTES + 30) / 16 * 16;
    static constexpr int STAGES = PERIOD > 1 ? 2 : 3;
};

template <class Format>
struct Staged;
template <> struct Staged<F32> : Blocks<1, 4> {};
template <> struct Staged<F16> : Blocks<1, 2> {};
template <> struct Staged<F8_E4M3> : Blocks<1, 1> {};
template <> struct Staged<F8_E5M2> : Blocks<1, 1> {};
template <> struct Staged<Q8_0> : Blocks<32, 34> {};
template <> struct Staged<Q4_0> : Blocks<32, 18> {};
template <> struct Staged<Q4_1> : Blocks<32, 20> {};
template <> struct Staged<Q5_0> : Blocks<32, 22> {};
template <> struct Staged<Q5_1> : Blocks<32, 24> {};
template <> struct Staged<IQ4_NL> : Blocks<32, 18> {};
template <> struct Staged<MXFP4> : Blocks<32, 17> {};
template <> struct Staged<Q2_K> : Blocks<256, 84> {};
template <> struct Staged<Q3_K> : Blocks<256, 110> {};
template <> struct Staged<Q4_K> : Blocks<256, 144> {};
template <> struct Staged<Q5_K> : Blocks<256, 176> {};
template <> struct Staged<Q6_K> : Blocks<256, 210> {};
template <> struct Staged<IQ4_XS> : Blocks<256, 136> {};
template <> struct Staged<TQ1_0> : Blocks<256, 54> {};
template <> struct Staged<TQ2_0> : Blocks<256, 66> {};
// Rows are those of a tile already: no stage, nothing to convert.
template <> struct Staged<BF16> {
    static constexpr bool IS_DIRECT = true;
    static constexpr int PERIOD = 1, WINDOW = 0, STAGES = 0;
};

// The bytes of shared memory of a product with tiles of so many rows and tokens.
constexpr int DEPTH = 3;  // tiles of activations under way, and of weights that need no conversion
constexpr int CONVERTED = 2;

template <class Format, int ROWS, int TOKENS>
struct TileMemory {
    using Stage = Staged<Format>;
    static constexpr int LEFT_BYTES = ROWS * TILE_ROW_BYTES, RIGHT_BYTES = TOKENS * TILE_ROW_BYTES;
    static constexpr int LEFT_TILES = Stage::IS_DIRECT ? DEPTH : CONVERTED;
    static constexpr int RIGHT = LEFT_TILES * LEFT_BYTES;
    static constexpr int RAW = RIGHT + DEPTH * RIGHT_BYTES;
    static constexpr int BYTES = RAW + Stage::STAGES * ROWS * Stage::WINDOW;
};

// The rows of a weight that a block multiplies.
struct WeightRows {
    const uint8_t* weight;
    long long rowBytes;
    int first, rows, cols;

    __device__ __forceinline__ const uint8_t* row(int r) const {
        return weight + (first + r) * rowBytes;
    }
};

// Where the bytes of a row that begin at `from` lie in its window.
__device__ __forceinline__ int window_offset(const uint8_t* from) {
    return (int)(reinterpret_cast<uintptr_t>(from) & 15);
}

// Begins to copy the blocks of the period with which tile `step` begins, if one does.
template <class Format, int ROWS, int THREADS>
__device__ __forceinline__ void stage_blocks(const WeightRows& w, int step, uint8_t* raw) {
    using Stage = Staged<Format>;
    constexpr int CHUNKS = Stage::WINDOW / 16;
    if (step % Stage::PERIOD != 0 || step * TILE_COLS >= w.cols) return;
    int period = step / Stage::PERIOD;
    uint8_t* stage = raw + period % Stage::STAGES * (ROWS * Stage::WINDOW);
    for (int i = threadIdx.x; i < ROWS * CHUNKS; i += THREADS) {
        int r = i / CHUNKS, at = i % CHUNKS * 16;
        if (w.first + r >= w.rows) break;
        const uint8_t* from = w.row(r) + (long long)period * Stage::BYTES;
        long long left = w.rowBytes - (long long)period * Stage::BYTES;
        int bytes = left < Stage::BYTES ? (int)left : Stage::BYTES;
        int offset = window_offset(from), there = offset + bytes - at;
        if (there <= 0) continue;
        copy_async(stage + r * Stage::WINDOW + at, from - offset + at, there < 16 ? there : 16);
    }
}

// Dequantizes tile `step` from its stage; columns behind the last one become 0. Rows that do not
// exist keep what is there: a row of the product is made of its own row alone.
template <class Format, int ROWS, int THREADS>
__device__ __forceinline__ void convert_blocks(const WeightRows& w, int step, const uint8_t* raw,
                                               uint8_t* tile) {
    using Stage = Staged<Format>;
    int period = step / Stage::PERIOD, k = step % Stage::PERIOD * TILE_COLS;
    int before = period * Stage::PERIOD * TILE_COLS;
    const uint8_t* stage = raw + period % Stage::STAGES * (ROWS * Stage::WINDOW);
    int chunk = threadIdx.x % TILE_CHUNKS, c = k + chunk * RUN;
    for (int r = threadIdx.x / TILE_CHUNKS; r < ROWS; r += THREADS / TILE_CHUNKS) {
        if (w.first + r >= w.rows) break;
        int offset = window_offset(w.row(r) + (long long)period * Stage::BYTES);
        float v[RUN] = {};
        if (before + c < w.cols) {
            Format::run(stage + r * Stage::WINDOW + offset, c, w.cols - before, v);
        }
        store_chunk(tile + tile_chunk(r, chunk), pair_of(v[0], v[1]), pair_of(v[2], v[3]),
                    pair_of(v[4], v[5]), pair_of(v[6], v[7]));
    }
}

// Begins to copy tile `step` of a weight of bf16 whose rows begin at multiples of 16 bytes.
template <int ROWS, int THREADS>
__device__ __forceinline__ void copy_rows(const WeightRows& w, int step, uint8_t* tile) {
    if (step * TILE_COLS >= w.cols) return;
    int chunk = threadIdx.x % TILE_CHUNKS, left = (w.cols - step * TILE_COLS) * 2;
    int there = left - chunk * CHUNK_BYTES;
    there = there < 0 ? 0 : there < CHUNK_BYTES ? there : CHUNK_BYTES;
    for (int r = threadIdx.x / TILE_CHUNKS; r < ROWS; r += THREADS / TILE_CHUNKS) {
        if (w.first + r >= w.rows) break;
        const uint8_t* from = w.row(r) + step * TILE_ROW_BYTES;
        copy_async(tile + tile_chunk(r, chunk), there > 0 ? from + chunk * CHUNK_BYTES : from, there);
    }
}

// What a block of a product of tiles works on. Its tile of activations is one of those that
// pack_tiles made, one behind the other for ascending columns.
template <class Format, int ROWS, int TOKENS, int THREADS>
struct TileProduct {
    using Memory = TileMemory<Format, ROWS, TOKENS>;
    static constexpr bool IS_DIRECT = Staged<Format>::IS_DIRECT;
    WeightRows weight;
    const uint8_t* activations;
    uint8_t* shared;
    int steps;

    __device__ __forceinline__ uint8_t* left(int step) const {
        return shared + step % Memory::LEFT_TILES * Memory::LEFT_BYTES;
    }

    __device__ __forceinline__ uint8_t* right(int step) const {
        return shared + Memory::RIGHT + step % DEPTH * Memory::RIGHT_BYTES;
    }

    __device__ __forceinline__ const uint8_t* packed(int step) const {
        return activations + (long long)step * Memory::RIGHT_BYTES;
    }

    // Begins to copy what tile `step` of the weight is made of: three steps ahead of its product
    // where it has to be converted before, two where it has not.
    __device__ __forceinline__ void stage(int step) const {
        if constexpr (!IS_DIRECT) {
            stage_blocks<Format, ROWS, THREADS>(weight, step, shared + Memory::RAW);
        }
    }

    __device__ __forceinline__ void load_left(int step) const {
        if constexpr (IS_DIRECT) copy_rows<ROWS, THREADS>(weight, step, left(step));
    }

    __device__ __forceinline__ void load_right(int step) const {
        if (step >= steps) return;
        for (int i = threadIdx.x * 16; i < Memory::RIGHT_BYTES; i += THREADS * 16) {
            copy_async(right(step) + i, packed(step) + i, 16);
        }
    }

    __device__ __forceinline__ void convert(int step) const {
        if constexpr (!IS_DIRECT) {
            if (step >= steps) return;
            convert_blocks<Format, ROWS, THREADS>(weight, step, shared + Memory::RAW, left(step));
        }
    }
};
