package dev.nightjar.kernels.cpu.simd.sample;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import java.util.Optional;

/** Shares the rows of a sampling batch among the threads, or each row where there are fewer. */
public final class SampleKernel implements PoolTask {

    private final WorkerPool pool;
    private final VectorSampler[] samplers;
    private final VectorSampler teamSampler;

    private Matrix logits;
    private float[] data;
    private SamplingBatch batch;

    /** Runs on this team of threads. */
    public SampleKernel(WorkerPool pool) {
        this.pool = pool;
        samplers = new VectorSampler[pool.threads()];
        for (int i = 0; i < samplers.length; i++) {
            samplers[i] = new VectorSampler(Optional.empty());
        }
        teamSampler = new VectorSampler(Optional.of(pool));
    }

    /** Draws a token for each of {@code S} rows of logits. */
    public void run(Matrix newLogits, int S, SamplingBatch newBatch) {
        logits = newLogits;
        batch = newBatch;
        data = CpuMatrices.data(logits, S);
        if (S >= pool.threads()) {
            pool.run(this, S);
            return;
        }
        for (int s = 0; s < S; s++) {
            teamSampler.sample(data, CpuMatrices.rowStart(logits, s), logits.cols(), batch, s);
        }
    }

    @Override
    public void run(int worker, int chunk) {
        int start = CpuMatrices.rowStart(logits, chunk);
        samplers[worker].sample(data, start, logits.cols(), batch, chunk);
    }
}
