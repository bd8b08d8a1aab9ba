package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.ExpertsWeight;
import java.util.Arrays;

/**
 * Row i of the result is a product with the matrix of expert {@code experts[i]}. Rows are sorted by
 * expert; a unit of work is a chunk of an expert's weight rows times all rows that chose it, so
 * only chosen experts are read, each once. Every row gets the bits of a matmul with its expert.
 */
final class ExpertMatmulKernel implements PoolTask {

    private final WorkerPool pool;
    private final MatmulWorker[] workers;
    private final MatmulRows rows = new MatmulRows();

    private ExpertsWeight weight;

    /** {@code first[e]}: sorted rows of the experts before e; one more entry ends the last. */
    private int[] first = new int[0];

    /** Where the next row of an expert is put. */
    private int[] next = new int[0];

    /** Experts with at least one row. */
    private int[] chosen = new int[0];

    private int chunkRows;
    private int chunksPerExpert;

    ExpertMatmulKernel(WorkerPool pool) {
        this.pool = pool;
        workers = MatmulKernel.workers(pool.threads());
    }

    void run(ExpertsWeight newWeight, int[] experts, int fanOut, Matrix x, int n, Matrix out) {
        weight = newWeight;
        rows.reset(x, CpuMatrices.rowsBefore(fanOut, n), out, n);
        int numChosen = count(experts, n);
        for (int i = 0; i < n; i++) {
            int from = CpuMatrices.rowStart(x, i / fanOut);
            rows.set(next[experts[i]]++, from, CpuMatrices.rowStart(out, i));
        }
        chunkRows = MatmulKernel.chunkRows((long) numChosen * weight.rows(), pool.threads());
        chunksPerExpert = MatmulWorker.numChunks(weight.experts().getFirst(), chunkRows);
        pool.run(this, numChosen * chunksPerExpert);
    }

    /**
     * Fills the offsets of the experts' rows and the list of chosen experts; how many there are.
     */
    private int count(int[] experts, int n) {
        int numExperts = weight.experts().size();
        if (first.length < numExperts + 1) {
            first = new int[numExperts + 1];
            next = new int[numExperts];
            chosen = new int[numExperts];
        }
        Arrays.fill(first, 0, numExperts + 1, 0);
        for (int i = 0; i < n; i++) {
            first[CpuMatrices.requireIndex("expert", experts[i], numExperts) + 1]++;
        }
        int numChosen = 0;
        for (int e = 0; e < numExperts; e++) {
            if (first[e + 1] > 0) {
                chosen[numChosen++] = e;
            }
            first[e + 1] += first[e];
            next[e] = first[e];
        }
        return numChosen;
    }

    @Override
    public void run(int worker, int chunk) {
        int expert = chosen[chunk / chunksPerExpert];
        workers[worker].run(
                weight.experts().get(expert),
                chunkRows,
                chunk % chunksPerExpert,
                rows,
                first[expert],
                first[expert + 1]);
    }
}
