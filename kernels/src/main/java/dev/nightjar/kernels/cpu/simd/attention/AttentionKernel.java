package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuKvStore;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Causal attention over the paged store, cut into units by {@link AttentionPlan}. Where several
 * units share rows, whoever finishes last merges their results.
 */
public final class AttentionKernel implements PoolTask {

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(int[].class);

    private final WorkerPool pool;
    private final AttentionTile[] tiles;
    private final AttentionUnit[] units;
    private final AttentionPlan plan;
    private final AttentionCall call = new AttentionCall();
    private final SpanResults results = new SpanResults();

    /** Units done, per group. */
    private int[] done = new int[0];

    /** Runs on this team of threads. */
    public AttentionKernel(WorkerPool pool) {
        this.pool = pool;
        plan = new AttentionPlan(pool.threads());
        tiles = new AttentionTile[pool.threads()];
        units = new AttentionUnit[pool.threads()];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = new AttentionTile();
            units[i] = new AttentionUnit();
        }
    }

    /**
     * Attends to what the cache holds of a layer; see {@link dev.nightjar.kernels.backend.Backend}.
     */
    public void run(
            Matrix q,
            CpuKvStore store,
            int layer,
            AttentionSpec spec,
            AttentionMetadata metadata,
            int T,
            Matrix out) {
        call.set(q, store, layer, spec, metadata.blockTables().host(), T, out);
        plan.make(spec, metadata, store.headBytes(layer));
        if (plan.numResults() > 0) {
            results.reserve(plan.numResults(), VectorShapes.padded(spec.valueDim()));
            if (done.length < plan.numGroups()) {
                done = new int[2 * plan.numGroups()];
            }
            Arrays.fill(done, 0, plan.numGroups(), 0);
        }
        pool.run(this, plan.numUnits());
    }

    /** The last queries of a prompt see most, so their units come first. */
    @Override
    public void run(int worker, int chunk) {
        AttentionUnit unit = units[worker];
        plan.describe(plan.numUnits() - 1 - chunk, unit);
        tiles[worker].run(call, unit, results);
        if (unit.parts > 1 && (int) COUNT.getAndAdd(done, unit.group, 1) == unit.parts - 1) {
            tiles[worker].merge(call, unit, results);
        }
    }
}
