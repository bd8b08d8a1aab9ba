package dev.nightjar.kernels.cpu.simd.row;

import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.ExpertChooser;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;

/** Chooses experts, rows shared out among the threads. */
public final class RouteKernel implements PoolTask {

    /** Exponentials in double precision are slow: some ten microseconds of work. */
    private static final int CHUNK_LOGITS = 1 << 10;

    private final WorkerPool pool;
    private final ExpertChooser[] choosers;

    private Matrix logits;
    private ExpertRouting routing;
    private float[] bias;
    private int[] experts;
    private Matrix weights;
    private int T;
    private int rowsPerChunk;

    /** Runs on this team of threads. */
    public RouteKernel(WorkerPool pool) {
        this.pool = pool;
        choosers = new ExpertChooser[pool.threads()];
        for (int i = 0; i < choosers.length; i++) {
            choosers[i] = new ExpertChooser();
        }
    }

    /** {@code newBias} null: the scores alone decide. */
    public void run(
            Matrix newLogits,
            ExpertRouting newRouting,
            float[] newBias,
            int newT,
            int[] newExperts,
            Matrix newWeights) {
        logits = newLogits;
        routing = newRouting;
        bias = newBias;
        experts = newExperts;
        weights = newWeights;
        T = newT;
        rowsPerChunk = Math.max(1, CHUNK_LOGITS / routing.numExperts());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int first = chunk * rowsPerChunk;
        int end = Math.min(T, first + rowsPerChunk);
        choosers[worker].run(logits, routing, bias, first, end, experts, weights);
    }
}
