package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuKvStore;

/**
 * Causal attention over the paged store. A unit of work is a tile of queries of one sequence and
 * query heads that share a KV head, so each block of keys and values is read once for them. Large
 * groups of heads are split: their tiles stay small, and one query keeps several threads busy.
 */
final class AttentionKernel implements PoolTask {

    /** Queries times query heads that one unit handles. */
    private static final int TILE_ROWS = 64;

    /** Enough for the cost of decoding a block to vanish beside that of using it. */
    private static final int MAX_TILE_HEADS = 32;

    private final WorkerPool pool;
    private final AttentionTile[] tiles;
    private final AttentionCall call = new AttentionCall();

    private AttentionMetadata metadata;
    private AttentionSpec spec;
    private int[] firstTile = new int[1];
    private int partsPerGroup;
    private int queriesPerTile;

    AttentionKernel(WorkerPool pool) {
        this.pool = pool;
        tiles = new AttentionTile[pool.threads()];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = new AttentionTile();
        }
    }

    void run(
            Matrix q,
            CpuKvStore store,
            int layer,
            AttentionSpec newSpec,
            AttentionMetadata newMetadata,
            int T,
            Matrix out) {
        spec = newSpec;
        metadata = newMetadata;
        call.set(q, store, layer, spec, metadata.blockTables().host(), T, out);
        partsPerGroup = Math.ceilDiv(spec.groupSize(), MAX_TILE_HEADS);
        int heads = Math.ceilDiv(spec.groupSize(), partsPerGroup);
        queriesPerTile = Math.max(1, TILE_ROWS / heads);
        pool.run(this, countTiles() * spec.numKvHeads() * partsPerGroup);
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
        int parts = spec.numKvHeads() * partsPerGroup;
        int tile = chunk / parts;
        int s = 0;
        while (firstTile[s + 1] <= tile) {
            s++;
        }
        int end = metadata.queryStart().host()[s + 1];
        int first = metadata.queryStart().host()[s] + (tile - firstTile[s]) * queriesPerTile;
        int position = metadata.contextLength().host()[s] - (end - first);
        int firstHead = firstHead(chunk % parts);
        tiles[worker].run(
                call,
                firstHead,
                firstHead(chunk % parts + 1) - firstHead,
                first,
                Math.min(queriesPerTile, end - first),
                position,
                s * metadata.maxBlocks());
    }

    /** Query heads before a part, when all groups are cut into equal numbers of parts. */
    private int firstHead(int part) {
        int group = spec.groupSize();
        return part / partsPerGroup * group + part % partsPerGroup * group / partsPerGroup;
    }
}
