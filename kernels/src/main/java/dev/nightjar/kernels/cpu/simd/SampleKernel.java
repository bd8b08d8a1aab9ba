package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.CpuMatrices;

/** Shares the rows of a sampling batch among the threads. */
final class SampleKernel implements PoolTask {

    private final WorkerPool pool;
    private final VectorSampler[] samplers;

    private Matrix logits;
    private float[] data;
    private SamplingBatch batch;

    SampleKernel(WorkerPool pool) {
        this.pool = pool;
        samplers = new VectorSampler[pool.threads()];
        for (int i = 0; i < samplers.length; i++) {
            samplers[i] = new VectorSampler();
        }
    }

    void run(Matrix newLogits, int S, SamplingBatch newBatch) {
        logits = newLogits;
        batch = newBatch;
        data = CpuMatrices.data(logits, S);
        pool.run(this, S);
    }

    @Override
    public void run(int worker, int chunk) {
        int start = CpuMatrices.rowStart(logits, chunk);
        samplers[worker].sample(data, start, logits.cols(), batch, chunk);
    }
}
