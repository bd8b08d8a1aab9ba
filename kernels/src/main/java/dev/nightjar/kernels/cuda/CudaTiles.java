package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.tensor.DType;
import java.util.Locale;
import java.util.Set;

/**
 * Tiles of a product in shared memory, as native/cuda/tiles.cuh lays them out.
 *
 * @param kernel its name up to the format's suffix; empty if there is none
 * @param tokens of a tile
 * @param sharedBytes of a block
 */
record CudaTiles(String kernel, int tokens, int sharedBytes) {

    static final CudaTiles NONE = new CudaTiles("", 0, 0);

    /** Rows of the weight that a block has, and its threads. */
    static final int ROWS = 128;

    static final int THREADS = 256;

    private static final int COLS = 64;
    private static final int CHUNK = 8;
    private static final int ROW_BYTES = 2 * COLS;
    private static final int ALIGNMENT = 1024;
    private static final int DEPTH = 3;
    private static final int CONVERTED = 2;
    private static final int COPY_BYTES = 16;
    private static final int PIPELINED_TOKENS = 128;
    private static final int[] WGMMA_TOKENS = {8, 128, 256};

    /** The formats of matmul_wgmma.cu. */
    static final Set<DType> WGMMA =
            Set.of(DType.BF16, DType.F16, DType.Q8_0, DType.Q4_0, DType.Q4_K, DType.Q6_K);

    /** Tiles of mma.sync. */
    static CudaTiles pipelined(CudaMatrix.Part part, int cols) {
        DType dtype = dtype(part);
        return isAligned(dtype, part, cols)
                ? new CudaTiles(
                        "matmul_pipelined_", PIPELINED_TOKENS, sharedBytes(dtype, PIPELINED_TOKENS))
                : NONE;
    }

    /** Tiles of wgmma for so many rows, where the format has a kernel. */
    static CudaTiles wgmma(CudaMatrix.Part part, int cols, int T) {
        DType dtype = dtype(part);
        if (!WGMMA.contains(dtype) || !isAligned(dtype, part, cols)) {
            return NONE;
        }
        int size = 0;
        while (size < WGMMA_TOKENS.length - 1 && WGMMA_TOKENS[size] < T) {
            size++;
        }
        int tokens = WGMMA_TOKENS[size];
        return new CudaTiles("matmul_wgmma_" + tokens + "_", tokens, sharedBytes(dtype, tokens));
    }

    boolean isNone() {
        return tokens == 0;
    }

    /** Rows of whole tiles. */
    int paddedRows(int T) {
        return Math.multiplyExact(Math.ceilDiv(T, tokens), tokens);
    }

    /** Bytes of activations as tiles. */
    long packedBytes(int cols, int T) {
        return (long) paddedRows(T) * Math.ceilDiv(cols, COLS) * ROW_BYTES;
    }

    /** Pieces of 16 bytes of a row of tiles. */
    static int chunks(int cols) {
        return Math.ceilDiv(cols, COLS) * (COLS / CHUNK);
    }

    /** Rows of bf16 are copied as they are, 16 bytes at a time. */
    private static boolean isAligned(DType dtype, CudaMatrix.Part part, int cols) {
        return dtype != DType.BF16 || cols % CHUNK == 0 && part.address() % COPY_BYTES == 0;
    }

    private static DType dtype(CudaMatrix.Part part) {
        return DType.valueOf(part.format().toUpperCase(Locale.ROOT));
    }

    /** Activations, tiles of the weight, and stages of its blocks. */
    private static int sharedBytes(DType dtype, int tokens) {
        int left = (dtype == DType.BF16 ? DEPTH : CONVERTED) * ROWS * ROW_BYTES;
        int right = DEPTH * tokens * ROW_BYTES;
        return ALIGNMENT + left + right + (dtype == DType.BF16 ? 0 : rawBytes(dtype));
    }

    private static int rawBytes(DType dtype) {
        boolean isLarge = dtype.blockSize() > COLS;
        int cols = isLarge ? dtype.blockSize() : COLS;
        int bytes = cols / dtype.blockSize() * dtype.blockBytes();
        int window = (bytes + 2 * (COPY_BYTES - 1)) / COPY_BYTES * COPY_BYTES;
        return (isLarge ? 2 : DEPTH) * ROWS * window;
    }
}
