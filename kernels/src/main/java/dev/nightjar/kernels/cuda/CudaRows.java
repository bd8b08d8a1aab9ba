package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.RowPooling;
import dev.nightjar.kernels.backend.StepReplay;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cuda.driver.CudaLaunch;
import java.util.Objects;
import java.util.Optional;

/** Ops on rows: look-ups, norms, element-wise functions, rotations, the cache's tokens. */
final class CudaRows {

    private static final int THREADS = 256;
    private static final int HEAD_THREADS = 128;

    private final CudaDispatch dispatch;

    CudaRows(CudaDispatch dispatch) {
        this.dispatch = dispatch;
    }

    void embed(CudaMatrix table, IndexBuffer ids, int T, Matrix out) {
        CudaMatrix.Part part = table.parts().getFirst();
        for (int t = 0; t < T; t++) {
            CpuMatrices.requireIndex("token id", ids.host()[t], part.rows());
        }
        CudaLaunch launch =
                dispatch.of("embed_" + part.format())
                        .wide(part.address())
                        .wide(part.rowBytes())
                        .number(part.rows())
                        .number(out.cols())
                        .wide(CudaArguments.index(ids).address());
        CudaDispatch.add(launch, out, T).run(T, 1, 1, THREADS, 0);
    }

    void rmsNorm(Matrix x, CudaVector weight, int heads, float eps, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        int cols = x.cols() / heads;
        CudaLaunch launch = CudaDispatch.add(dispatch.of("rms_norm"), x, T);
        launch.wide(weight.address()).number(step(weight, cols)).number(heads).number(cols);
        CudaDispatch.add(launch.real(eps), out, T);
        CudaDispatch.runRows(launch, T * heads, cols);
    }

    /** From the weights of one head to those of the next: none if all have the same. */
    private static int step(CudaVector weight, int headCols) {
        return weight.cols() == headCols ? 0 : headCols;
    }

    void addRmsNorm(Matrix x, Matrix residual, long weight, float eps, int T, Matrix out) {
        CpuMatrices.requireCols("residual", residual, x.cols());
        CpuMatrices.requireCols("out", out, x.cols());
        CudaLaunch launch = CudaDispatch.add(dispatch.of("add_rms_norm"), x, T);
        CudaDispatch.add(launch, residual, T).wide(weight).number(x.cols()).real(eps);
        CudaDispatch.runRows(CudaDispatch.add(launch, out, T), T, x.cols());
    }

    void layerNorm(
            Matrix x, CudaVector weight, long bias, int heads, float eps, int T, Matrix out) {
        CpuMatrices.requireCols("out", out, x.cols());
        int cols = x.cols() / heads;
        CudaLaunch launch = CudaDispatch.add(dispatch.of("layer_norm"), x, T);
        launch.wide(weight.address()).number(step(weight, cols)).wide(bias);
        CudaDispatch.add(launch.number(heads).number(cols).real(eps), out, T);
        CudaDispatch.runRows(launch, T * heads, cols);
    }

    void withVector(String kernel, Matrix x, long vector, int T) {
        CudaLaunch launch = CudaDispatch.add(dispatch.of(kernel), x, T);
        CudaDispatch.runWide(launch.wide(vector).number(x.cols()), T, x.cols());
    }

    void withNumber(String kernel, Matrix x, float value, int T) {
        CudaLaunch launch = CudaDispatch.add(dispatch.of(kernel), x, T);
        CudaDispatch.runWide(launch.real(value).number(x.cols()), T, x.cols());
    }

    void add(Matrix x, Matrix y, int T) {
        CudaLaunch launch = CudaDispatch.add(dispatch.of("add_rows"), x, T);
        CudaDispatch.add(launch, y, T).number(x.cols());
        CudaDispatch.runWide(launch, T, x.cols());
    }

    void copy(Matrix from, int T, Matrix to) {
        CudaLaunch launch = CudaDispatch.add(dispatch.of("copy_rows"), from, T);
        CudaDispatch.add(launch, to, T).number(from.cols());
        CudaDispatch.runWide(launch, T, from.cols());
    }

    void sigmoidGate(Matrix x, Matrix gate, int T) {
        CudaLaunch launch = CudaDispatch.add(dispatch.of("sigmoid_gate"), x, T);
        CudaDispatch.add(launch, gate, T).number(x.cols());
        CudaDispatch.runWide(launch, T, x.cols());
    }

    void activate(Activation activation, Matrix x, int T) {
        CudaLaunch launch = dispatch.of("activate").number(activation.ordinal());
        CudaDispatch.add(launch, x, T).number(x.cols());
        CudaDispatch.runWide(launch, T, x.cols());
    }

    void activateMultiply(Activation activation, Matrix gateUp, int T, Matrix out) {
        CudaLaunch launch = dispatch.of("activate_multiply").number(activation.ordinal());
        CudaDispatch.add(launch, gateUp, T);
        CudaDispatch.add(launch, out, T).number(out.cols());
        CudaDispatch.runWide(launch, T, out.cols());
    }

    void clampedGate(Matrix gateUp, float alpha, float limit, int T, Matrix out) {
        CudaLaunch launch = CudaDispatch.add(dispatch.of("clamped_gate"), gateUp, T);
        CudaDispatch.add(launch.real(alpha).real(limit), out, T).number(out.cols());
        CudaDispatch.runWide(launch, T, out.cols());
    }

    void rope(Matrix x, int heads, RopeTable table, IndexBuffer positions, int T) {
        requirePositions(table, positions, T);
        CudaLaunch launch = CudaDispatch.add(dispatch.of("rope"), x, T);
        addTable(launch.number(x.cols() / heads), table, positions)
                .run(T, heads, 1, HEAD_THREADS, 0);
    }

    private static void requirePositions(RopeTable table, IndexBuffer positions, int T) {
        int maxPositions = (int) table.cos().maxRows();
        for (int t = 0; t < T; t++) {
            CpuMatrices.requireIndex("position", positions.host()[t], maxPositions);
        }
    }

    private static CudaLaunch addTable(CudaLaunch launch, RopeTable table, IndexBuffer positions) {
        int maxPositions = (int) table.cos().maxRows();
        launch.number(table.style() == RopeStyle.ADJACENT ? 1 : 0)
                .number(table.offset())
                .number(table.rotaryDim() / 2);
        CudaDispatch.add(launch, table.cos(), maxPositions);
        return CudaDispatch.add(launch, table.sin(), maxPositions)
                .number(maxPositions)
                .wide(CudaArguments.index(positions).address());
    }

    void writeKv(CudaKvStore store, int layer, Matrix k, Matrix v, IndexBuffer slots, int T) {
        int heads = store.spec().layers().get(layer).numKvHeads();
        addTokens(dispatch.of("write_kv"), store, layer, k, v, slots, T)
                .run(T, heads, 1, HEAD_THREADS, 0);
    }

    void ropeWriteKv(
            CudaKvStore store,
            int layer,
            Matrix k,
            RopeTable table,
            IndexBuffer positions,
            Matrix v,
            IndexBuffer slots,
            int T) {
        requirePositions(table, positions, T);
        KvLayerSpec spec = store.spec().layers().get(layer);
        CudaLaunch launch = dispatch.of("rope_write_kv");
        addTokens(launch, store, layer, k, v, slots, T);
        addTable(launch, table, positions)
                .run(T, spec.numKvHeads(), 1, HEAD_THREADS, Float.BYTES * spec.headDim());
    }

    private static CudaLaunch addTokens(
            CudaLaunch launch,
            CudaKvStore store,
            int layer,
            Matrix k,
            Matrix v,
            IndexBuffer slots,
            int T) {
        KvLayerSpec spec = store.spec().layers().get(layer);
        CudaKvStore.Layer at = store.layer(layer);
        int numSlots = store.spec().numBlocks() * store.spec().blockSize();
        for (int t = 0; t < T; t++) {
            if (slots.host()[t] != StepReplay.NO_SLOT) {
                CpuMatrices.requireIndex("slot", slots.host()[t], numSlots);
            }
        }
        CudaDispatch.add(launch.number(store.type(layer)), k, T);
        return CudaDispatch.add(launch, v, T)
                .wide(at.keys())
                .wide(at.keyBytes())
                .wide(at.values())
                .wide(at.valueBytes())
                .wide(CudaArguments.index(slots).address())
                .number(numSlots)
                .number(store.spec().blockSize())
                .number(spec.numKvHeads())
                .number(spec.headDim())
                .number(spec.valueDim());
    }

    void copyKv(CudaKvStore store, int fromBlock, int toBlock, int numTokens) {
        int numBlocks = store.spec().numBlocks();
        CpuMatrices.requireIndex("block", fromBlock, numBlocks);
        CpuMatrices.requireIndex("block", toBlock, numBlocks);
        Objects.checkFromIndexSize(0, numTokens, store.spec().blockSize());
        for (int layer = 0; layer < store.spec().layers().size(); layer++) {
            int heads = store.spec().layers().get(layer).numKvHeads();
            CudaKvStore.Layer at = store.layer(layer);
            copyRows(store, at.keys(), at.keyBytes(), heads, fromBlock, toBlock, numTokens);
            copyRows(store, at.values(), at.valueBytes(), heads, fromBlock, toBlock, numTokens);
        }
    }

    private void copyRows(
            CudaKvStore store,
            long pool,
            long rowBytes,
            int heads,
            int fromBlock,
            int toBlock,
            int numTokens) {
        dispatch.of("copy_kv")
                .wide(pool)
                .wide(rowBytes)
                .number(store.spec().blockSize())
                .number(heads)
                .number(fromBlock)
                .number(toBlock)
                .number(numTokens)
                .run(heads, 1, 1, THREADS, 0);
    }

    void gather(Matrix x, IndexBuffer indices, int n, Matrix out) {
        int numRows = (int) x.maxRows();
        for (int i = 0; i < n; i++) {
            CpuMatrices.requireIndex("row", indices.host()[i], numRows);
        }
        CudaLaunch launch = CudaDispatch.add(dispatch.of("gather_rows"), x, numRows);
        launch.number(numRows).wide(CudaArguments.index(indices).address());
        CudaDispatch.add(launch, out, n).number(x.cols());
        CudaDispatch.runWide(launch, n, x.cols());
    }

    void pool(
            RowPooling how,
            Matrix x,
            IndexBuffer starts,
            Optional<IndexBuffer> skipped,
            int numSequences,
            int T,
            Matrix out) {
        CudaLaunch launch = dispatch.of("pool_rows").number(how.ordinal());
        CudaDispatch.add(launch, x, T)
                .wide(CudaArguments.index(starts).address())
                .wide(skipped.isEmpty() ? 0 : CudaArguments.index(skipped.get()).address())
                .number(x.cols());
        CudaDispatch.runElements(
                CudaDispatch.add(launch, out, numSequences), numSequences, x.cols());
    }
}
