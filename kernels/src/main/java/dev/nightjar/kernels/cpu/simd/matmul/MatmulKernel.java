package dev.nightjar.kernels.cpu.simd.matmul;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.element.ElementFunction;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.pack.PackedWeight;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;

/**
 * out [T, rows] = x [T, cols] · weightᵀ, and a bias on request. Threads take chunks of weight rows,
 * so weights are read once per call whatever T is; {@link GroupWorker} computes them, or {@link
 * MatmulWorker} where the checkpoint mapped them.
 */
public final class MatmulKernel implements PoolTask {

    /** Activations of a block: they stay in a core's second-level cache. */
    private static final int BLOCK_FLOATS = 1 << 16;

    /** Whole tiles of every size. */
    private static final int ROW_STEP = 12;

    /** Fewer would wait for the weights, which each block reads again. */
    private static final int LEAST_ROWS = 96;

    private final WorkerPool pool;
    private final GroupWorker[] groupWorkers;
    private final MatmulWorker[] workers;
    private final PreparedRows x;
    private final ProductEnd ending;
    private final SlabRuns runs;

    private PackedWeight weight;
    private int T;
    private int numSlabs;
    private int slabChunks;
    private int numBlocks;
    private int blockRows;
    private int chunkRows;

    /** Runs on this team of threads. */
    public MatmulKernel(WorkerPool pool) {
        this.pool = pool;
        x = new PreparedRows(pool);
        ending = new ProductEnd();
        runs = new SlabRuns(pool.threads());
        groupWorkers = groupWorkers(pool.threads(), ending);
        workers = workers(pool.threads());
    }

    static GroupWorker[] groupWorkers(int threads, ProductEnd ending) {
        GroupWorker[] workers = new GroupWorker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new GroupWorker(ending);
        }
        return workers;
    }

    static MatmulWorker[] workers(int threads) {
        MatmulWorker[] workers = new MatmulWorker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new MatmulWorker();
        }
        return workers;
    }

    /**
     * Multiplies.
     *
     * @param newBias added to each row while it is in the cache, or empty; only for weights that
     *     lie in groups as a whole
     */
    public void run(PackedWeight newWeight, float[] newBias, Matrix in, int newT, Matrix out) {
        run(newWeight, newBias, ProductEnd.IDENTITY, in, newT, out);
    }

    /**
     * Multiplies, adds a bias and applies a function, which both need weights that lie in groups as
     * a whole.
     */
    public void run(
            PackedWeight newWeight,
            float[] newBias,
            ElementFunction function,
            Matrix in,
            int newT,
            Matrix out) {
        weight = newWeight;
        ending.set(newBias, function);
        T = newT;
        MatmulRows rows = x.rows;
        rows.reset(in, T, out, T);
        for (int t = 0; t < T; t++) {
            rows.set(t, CpuMatrices.rowStart(in, t), CpuMatrices.rowStart(out, t));
        }
        if (T == 0) {
            return;
        }
        numSlabs = weight.numSlabs();
        if (T > 1 && numSlabs > 0) {
            x.clear(weight.fusesTiles());
            x.add(0, T);
            x.fill(weight.takesActivations(), weight.takesFactors(), T);
            x.fillCodes(weight, T, T, T);
            x.fillAssembled(weight);
        } else if (numSlabs > 0) {
            x.single(weight);
        }
        blockRows = weight.isPanels() ? Math.min(T, blockRows(weight.cols())) : T;
        numBlocks = numBlocks();
        chunkRows = chunkRows(weight.rows(), pool.threads());
        slabChunks = T == 1 ? runs.share(numSlabs) : numBlocks * numSlabs;
        pool.run(this, slabChunks + restChunks());
    }

    private int restChunks() {
        return weight.isPacked() ? 0 : MatmulWorker.numChunks(weight.rest(), chunkRows);
    }

    /** Rows of activations that pass over all weights before the next ones do. */
    private static int blockRows(int cols) {
        return Math.max(LEAST_ROWS, BLOCK_FLOATS / cols / ROW_STEP * ROW_STEP);
    }

    /**
     * The last block takes a small rest along: its weights need not be read again for that, and the
     * last tiles, which begin at no multiple of a step, lie in one block.
     */
    private int numBlocks() {
        return Math.max(1, Math.ceilDiv(T - ROW_STEP + 1, blockRows));
    }

    /** Some eight chunks per thread, so that a thread that is held up delays the end little. */
    static int chunkRows(long rows, int threads) {
        int tile = MatmulWorker.TILE;
        long share = rows / (8L * threads);
        return Math.clamp(share / tile * tile, tile, MatmulWorker.MAX_CHUNK_ROWS);
    }

    @Override
    public void run(int worker, int chunk) {
        if (chunk >= slabChunks) {
            workers[worker].run(weight.rest(), chunkRows, chunk - slabChunks, x.rows, 0, T);
        } else if (T == 1) {
            int from = runs.first(chunk);
            groupWorkers[worker].dot(weight, from, runs.first(chunk + 1), x, 0);
        } else {
            int slab = chunk % numSlabs;
            int block = chunk / numSlabs;
            int first = block * blockRows;
            int end = block == numBlocks - 1 ? T : first + blockRows;
            groupWorkers[worker].tiles(weight, slab, x, first, end);
        }
    }
}
