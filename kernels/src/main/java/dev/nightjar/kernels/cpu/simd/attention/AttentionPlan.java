package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;

/**
 * Cuts an attention op into units of work. The tokens that a row sees are cut at fixed positions,
 * every {@value #SPAN} tokens; each span has a softmax of its own, and these are merged in order of
 * position. That makes results independent of everything that is decided here: how many queries and
 * heads form a unit, and whether one unit computes all spans of its rows.
 *
 * <p>Few rows keep several threads busy by being cut into spans; many rows have units enough.
 */
public final class AttentionPlan {

    /** Tokens of a span. */
    public static final int SPAN = 256;

    /** Rows of one KV head up to which keys and values are widened in registers. */
    private static final int DIRECT_ROWS = 8;

    /** Rows that share a decoded panel. */
    private static final int PANEL_ROWS = 192;

    /**
     * Keys and values of a span that a direct unit has in flight, a part of the second-level cache.
     */
    private static final long UNIT_BYTES = 256 << 10;

    /** So that no thread waits long for the last one. */
    private static final int UNITS_PER_THREAD = 4;

    /** Most floats that partial results may take. */
    private static final long MOST_FLOATS = 4 << 20;

    private final int threads;

    private AttentionMetadata metadata;
    private AttentionSpec spec;
    private long headBytes;
    private int spansPerUnit;
    private int numUnits;
    private int numGroups;
    private int numResults;

    /** Per sequence and one more: units, groups and rows of results before it. */
    private int[] firstUnit = new int[1];

    private int[] firstGroup = new int[1];
    private int[] firstResult = new int[1];

    AttentionPlan(int threads) {
        this.threads = threads;
    }

    /**
     * Plans one op.
     *
     * @param newHeadBytes bytes of keys and values of one token and KV head
     */
    void make(AttentionSpec newSpec, AttentionMetadata newMetadata, long newHeadBytes) {
        spec = newSpec;
        metadata = newMetadata;
        headBytes = newHeadBytes;
        int S = metadata.numSequences();
        if (firstUnit.length <= S) {
            firstUnit = new int[2 * S + 1];
            firstGroup = new int[2 * S + 1];
            firstResult = new int[2 * S + 1];
        }
        long spans = 0;
        for (int s = 0; s < S; s++) {
            spans += (long) groups(s) * spans(s);
        }
        spansPerUnit = (int) Math.min(1 << 20, Math.ceilDiv(spans, UNITS_PER_THREAD * threads));
        spansPerUnit = threads == 1 ? Integer.MAX_VALUE : Math.max(1, spansPerUnit);
        if (!count(S)) {
            spansPerUnit = Integer.MAX_VALUE;
            count(S);
        }
    }

    /** False if the partial results would take too much memory. */
    private boolean count(int S) {
        long units = 0;
        long groups = 0;
        long results = 0;
        for (int s = 0; s < S; s++) {
            firstUnit[s] = (int) units;
            firstGroup[s] = (int) groups;
            firstResult[s] = (int) results;
            units += (long) groups(s) * parts(s);
            groups += groups(s);
            results += parts(s) == 1 ? 0 : (long) groups(s) * groupResults(s);
        }
        numUnits = Math.toIntExact(units);
        numGroups = (int) groups;
        numResults = (int) results;
        firstUnit[S] = numUnits;
        return results * VectorShapes.padded(spec.valueDim()) <= MOST_FLOATS;
    }

    int numUnits() {
        return numUnits;
    }

    /** Sets of queries and heads. */
    int numGroups() {
        return numGroups;
    }

    /** Rows of partial results. */
    int numResults() {
        return numResults;
    }

    private int numQueries(int s) {
        int[] start = metadata.queryStart().host();
        return start[s + 1] - start[s];
    }

    private boolean isDirect(int s) {
        return (long) numQueries(s) * spec.groupSize() <= DIRECT_ROWS;
    }

    private int queriesPerTile(int s) {
        return isDirect(s)
                ? Math.max(1, numQueries(s))
                : Math.max(1, PANEL_ROWS / spec.groupSize());
    }

    /** Long runs of memory for few rows, one panel at a time for many. */
    private int headsPerUnit(int s) {
        if (!isDirect(s)) {
            return 1;
        }
        int shared = Math.ceilDiv(spec.numKvHeads(), threads);
        return (int) Math.max(1, Math.min(shared, UNIT_BYTES / (SPAN * headBytes)));
    }

    private int headParts(int s) {
        return Math.ceilDiv(spec.numKvHeads(), headsPerUnit(s));
    }

    private int tiles(int s) {
        return Math.ceilDiv(numQueries(s), queriesPerTile(s));
    }

    private int groups(int s) {
        return tiles(s) * headParts(s);
    }

    private int firstPosition(int s) {
        return metadata.contextLength().host()[s] - numQueries(s);
    }

    /** Spans that some query of the sequence sees. */
    private int spans(int s) {
        int first = spec.firstVisible(firstPosition(s)) / SPAN;
        return Math.ceilDiv(metadata.contextLength().host()[s], SPAN) - first;
    }

    private int parts(int s) {
        return Math.max(1, Math.ceilDiv(spans(s), spansPerUnit));
    }

    private int groupResults(int s) {
        int rows = queriesPerTile(s) * spec.groupSize();
        return spans(s) * headsPerUnit(s) * AttentionTile.paddedRows(rows);
    }

    /** Says what unit {@code index} is. */
    void describe(int index, AttentionUnit unit) {
        int s = 0;
        while (firstUnit[s + 1] <= index) {
            s++;
        }
        int parts = parts(s);
        int group = (index - firstUnit[s]) / parts;
        int tile = group / headParts(s);
        int queries = queriesPerTile(s);
        unit.isDirect = isDirect(s);
        unit.firstQuery = metadata.queryStart().host()[s] + tile * queries;
        unit.numQueries = Math.min(queries, numQueries(s) - tile * queries);
        unit.position = firstPosition(s) + tile * queries;
        unit.tableStart = s * metadata.maxBlocks();
        unit.firstKvHead = group % headParts(s) * headsPerUnit(s);
        unit.numKvHeads = Math.min(headsPerUnit(s), spec.numKvHeads() - unit.firstKvHead);
        unit.group = firstGroup[s] + group;
        unit.parts = parts;
        unit.resultStart = firstResult[s] + group * groupResults(s);
        unit.tileSpan = spec.firstVisible(unit.position) / SPAN;
        unit.tileEnd = Math.ceilDiv(unit.position + unit.numQueries, SPAN);
        int part = (index - firstUnit[s]) % parts;
        int spans = unit.tileEnd - unit.tileSpan;
        unit.firstSpan = unit.tileSpan + (int) ((long) spans * part / parts);
        unit.endSpan = unit.tileSpan + (int) ((long) spans * (part + 1) / parts);
    }
}
