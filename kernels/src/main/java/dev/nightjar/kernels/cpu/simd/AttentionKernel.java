package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuKvStore;
import dev.nightjar.kernels.cpu.CpuMatrices;

/**
 * Causal attention over the paged store. A unit of work is one KV head of a tile of query rows of
 * one sequence: all query heads that share the KV head are handled together, so each block of keys
 * and values is read once for them.
 */
final class AttentionKernel implements PoolTask {

    /** Query rows times query heads per KV head that one unit handles. */
    private static final int TILE_ROWS = 64;

    private final WorkerPool pool;
    private final AttentionTile[] tiles;

    private AttentionMetadata metadata;
    private AttentionSpec shape;
    private AttentionCall call;
    private int[] firstTile = new int[1];
    private int queriesPerTile;

    AttentionKernel(WorkerPool pool) {
        this.pool = pool;
        tiles = new AttentionTile[pool.threads()];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = new AttentionTile();
        }
        call = new AttentionCall();
    }

    void run(
            Matrix q,
            CpuKvStore store,
            int layer,
            AttentionSpec newShape,
            AttentionMetadata newMetadata,
            int T,
            Matrix out) {
        shape = newShape;
        metadata = newMetadata;
        call.set(q, CpuMatrices.data(q, T), store, layer, shape, out, CpuMatrices.data(out, T));
        queriesPerTile = Math.max(1, TILE_ROWS / shape.groupSize());
        pool.run(this, countTiles() * shape.numKvHeads());
    }

    /** firstTile[s]: tiles of the sequences before s. */
    private int countTiles() {
        int sequences = metadata.numSequences();
        if (firstTile.length < sequences + 1) {
            firstTile = new int[2 * sequences + 1];
        }
        int[] queryStart = metadata.queryStart().host();
        for (int s = 0; s < sequences; s++) {
            int queries = queryStart[s + 1] - queryStart[s];
            firstTile[s + 1] = firstTile[s] + Math.ceilDiv(queries, queriesPerTile);
        }
        return firstTile[sequences];
    }

    @Override
    public void run(int worker, int chunk) {
        int tile = chunk / shape.numKvHeads();
        int s = 0;
        while (firstTile[s + 1] <= tile) {
            s++;
        }
        int end = metadata.queryStart().host()[s + 1];
        int first = metadata.queryStart().host()[s] + (tile - firstTile[s]) * queriesPerTile;
        int position = metadata.contextLength().host()[s] - (end - first);
        tiles[worker].run(
                call,
                chunk % shape.numKvHeads(),
                first,
                Math.min(queriesPerTile, end - first),
                position,
                metadata.blockTables().host(),
                s * metadata.maxBlocks());
    }
}
