package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cuda.driver.CudaLaunch;
import java.util.List;

/**
 * Products on tensor cores. Which kernel multiplies a number of rows changes no bit, as all of them
 * add the same products in the same order; those of wgmma, which may round otherwise, multiply
 * every number of rows or none.
 */
final class CudaTensorMatmul {

    /** {@code on} takes the kernels of compute capability 9.0, which no hardware has run. */
    static final String WGMMA_PROPERTY = "nightjar.cuda.wgmma";

    private static final int THREADS = 128;
    private static final int ROWS = 64;
    private static final int FEW_TOKENS = 8;
    private static final int TOKENS = 64;

    private final CudaDispatch dispatch;
    private final DeviceScratch scratch;
    private final boolean isWgmma;

    CudaTensorMatmul(CudaDispatch dispatch) {
        this.dispatch = dispatch;
        scratch = new DeviceScratch(dispatch.memory());
        String asked = System.getProperty(WGMMA_PROPERTY, "off");
        if (!asked.equals("on") && !asked.equals("off")) {
            throw new IllegalArgumentException(
                    "-D%s is on or off, found \"%s\"".formatted(WGMMA_PROPERTY, asked));
        }
        isWgmma = asked.equals("on");
        if (isWgmma && !dispatch.has("matmul_wgmma_8_bf16")) {
            throw new IllegalStateException(
                    "-D%s=on needs compute capability 9.0, found %s; leave it out"
                            .formatted(WGMMA_PROPERTY, dispatch.context().device().describe()));
        }
    }

    /** Rows of x times each part. */
    void run(List<CudaMatrix.Part> parts, Matrix x, int T, Matrix out) {
        int packed = 0;
        long address = 0;
        for (CudaMatrix.Part part : parts) {
            CudaTiles tiles = tiles(part, x.cols(), T);
            if (tiles.isNone()) {
                plain(part, x, T, out);
                continue;
            }
            if (packed != tiles.tokens()) {
                address = pack(tiles, x, T);
                packed = tiles.tokens();
            }
            tiled(tiles, part, address, x.cols(), T, out);
        }
    }

    private CudaTiles tiles(CudaMatrix.Part part, int cols, int T) {
        int most = dispatch.context().device().sharedBytes();
        if (isWgmma) {
            CudaTiles wgmma = CudaTiles.wgmma(part, cols, T);
            // Whether they fit is asked of the largest, so that it depends on no number of rows.
            boolean fits = CudaTiles.wgmma(part, cols, Integer.MAX_VALUE).sharedBytes() <= most;
            if (!wgmma.isNone() && fits) {
                return wgmma;
            }
        }
        CudaTiles pipelined = T > TOKENS ? CudaTiles.pipelined(part, cols) : CudaTiles.NONE;
        return pipelined.sharedBytes() <= most ? pipelined : CudaTiles.NONE;
    }

    private void plain(CudaMatrix.Part part, Matrix x, int T, Matrix out) {
        int tokens = T <= FEW_TOKENS ? FEW_TOKENS : TOKENS;
        CudaLaunch launch = weight("matmul_tensor_" + tokens + "_", part, x.cols());
        CudaDispatch.add(launch, x, T);
        result(launch, part, T, out)
                .run(Math.ceilDiv(part.rows(), ROWS), Math.ceilDiv(T, tokens), 1, THREADS, 0);
    }

    /** Rounds the rows to bf16 as tiles; what was there before is gone. */
    private long pack(CudaTiles tiles, Matrix x, int T) {
        long address = scratch.reserve(tiles.packedBytes(x.cols(), T));
        CudaLaunch launch = CudaDispatch.add(dispatch.of("pack_tiles"), x, T);
        launch.number(T).number(x.cols()).number(tiles.tokens()).wide(address);
        CudaDispatch.runElements(launch, tiles.paddedRows(T), CudaTiles.chunks(x.cols()));
        return address;
    }

    private void tiled(
            CudaTiles tiles, CudaMatrix.Part part, long packed, int cols, int T, Matrix out) {
        CudaLaunch launch = weight(tiles.kernel(), part, cols).wide(packed);
        result(launch, part, T, out)
                .run(
                        Math.ceilDiv(T, tiles.tokens()),
                        Math.ceilDiv(part.rows(), CudaTiles.ROWS),
                        1,
                        CudaTiles.THREADS,
                        tiles.sharedBytes());
    }

    private CudaLaunch weight(String kernel, CudaMatrix.Part part, int cols) {
        return dispatch.of(kernel + part.format())
                .wide(part.address())
                .wide(part.rowBytes())
                .number(part.rows())
                .number(cols);
    }

    private static CudaLaunch result(CudaLaunch launch, CudaMatrix.Part part, int T, Matrix out) {
        return launch.number(T)
                .wide(CudaArguments.address(out, T) + (long) part.firstRow() * Float.BYTES)
                .wide(out.rowStride());
    }
}
