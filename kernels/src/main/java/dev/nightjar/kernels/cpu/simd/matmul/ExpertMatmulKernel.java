package dev.nightjar.kernels.cpu.simd.matmul;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.pack.PackedExperts;
import dev.nightjar.kernels.cpu.simd.pack.PackedWeight;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import java.util.Arrays;

/**
 * Row i of the result is a product with the matrix of expert {@code experts[i]}. Rows are sorted by
 * expert; a unit of work is a chunk of an expert's weight rows times all rows that chose it, so
 * only chosen experts are read, each once. Every row gets the bits of a matmul with its expert.
 */
public final class ExpertMatmulKernel implements PoolTask {

    private final WorkerPool pool;
    private final GroupWorker[] groupWorkers;
    private final MatmulWorker[] workers;
    private final PreparedRows x;

    private PackedExperts weight;

    /** {@code first[e]}: sorted rows of the experts before e; one more entry ends the last. */
    private int[] first = new int[0];

    /** Where the next row of an expert is put. */
    private int[] next = new int[0];

    /** Experts with at least one row. */
    private int[] chosen = new int[0];

    private int chunkRows;
    private int slabsPerExpert;
    private int chunksPerExpert;

    /** Runs on this team of threads. */
    public ExpertMatmulKernel(WorkerPool pool) {
        this.pool = pool;
        x = new PreparedRows(pool);
        groupWorkers = MatmulKernel.groupWorkers(pool.threads(), new ProductEnd());
        workers = MatmulKernel.workers(pool.threads());
    }

    /** Multiplies {@code n} rows by the matrix of the expert that each was sent to. */
    public void run(
            PackedExperts newWeight, int[] experts, int fanOut, Matrix in, int n, Matrix out) {
        weight = newWeight;
        MatmulRows rows = x.rows;
        rows.reset(in, CpuMatrices.rowsBefore(fanOut, n), out, n);
        int numChosen = count(experts, n);
        for (int i = 0; i < n; i++) {
            int from = CpuMatrices.rowStart(in, i / fanOut);
            rows.set(next[experts[i]]++, from, CpuMatrices.rowStart(out, i));
        }
        chunkRows = MatmulKernel.chunkRows((long) numChosen * weight.rows(), pool.threads());
        PackedWeight expert = weight.experts().getFirst();
        slabsPerExpert = expert.numSlabs();
        chunksPerExpert = slabsPerExpert + MatmulWorker.numChunks(expert.rest(), chunkRows);
        if (slabsPerExpert > 0) {
            cutTiles(numChosen, n);
        }
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

    /** An expert with one row needs tiles for assembled functions only. */
    private void cutTiles(int numChosen, int n) {
        x.clear(weight.fusesTiles());
        int most = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < numChosen; i++) {
            int expert = chosen[i];
            int count = first[expert + 1] - first[expert];
            if (count > 1) {
                x.add(first[expert], first[expert + 1]);
            } else {
                x.addAlone(first[expert]);
            }
            most = Math.max(most, count);
            least = Math.min(least, count);
        }
        PackedWeight expert = weight.experts().getFirst();
        x.fill(weight.takesActivations(), weight.takesFactors(), n);
        x.fillCodes(expert, n, least, most);
        x.fillAssembled(expert);
    }

    @Override
    public void run(int worker, int chunk) {
        int index = chosen[chunk / chunksPerExpert];
        PackedWeight expert = weight.experts().get(index);
        int part = chunk % chunksPerExpert;
        if (part >= slabsPerExpert) {
            workers[worker].run(
                    expert.rest(),
                    chunkRows,
                    part - slabsPerExpert,
                    x.rows,
                    first[index],
                    first[index + 1]);
        } else if (first[index + 1] - first[index] == 1) {
            groupWorkers[worker].dot(expert, part, part + 1, x, first[index]);
        } else {
            groupWorkers[worker].tiles(expert, part, x, first[index], first[index + 1]);
        }
    }
}
