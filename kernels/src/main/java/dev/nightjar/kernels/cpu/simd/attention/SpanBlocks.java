package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.cpu.simd.kv.KvSlice;
import java.lang.foreign.MemorySegment;

/** Where the tokens of a span lie; columns count from its first position. */
public final class SpanBlocks {

    private final KvSlice slice;

    private AttentionCall call;
    private int tableStart;
    private int spanStart;
    private int blockSize;
    private KvLayerSpec layer;

    /** Fills {@code slice} with what is asked for. */
    SpanBlocks(KvSlice slice) {
        this.slice = slice;
    }

    void moveTo(AttentionCall newCall, AttentionUnit unit, int newSpanStart) {
        call = newCall;
        tableStart = unit.tableStart;
        spanStart = newSpanStart;
        blockSize = call.store.spec().blockSize();
        layer = call.store.spec().layers().get(call.layer);
    }

    /** Column at which another block begins, or {@code limit}. */
    int next(int column, int limit) {
        return Math.min(limit, column + blockSize - token(column));
    }

    private int token(int column) {
        return (spanStart + column) % blockSize;
    }

    private int block(int column) {
        return call.blockTables[tableStart + (spanStart + column) / blockSize];
    }

    /** Slot in the store. */
    int slot(int column) {
        return block(column) * blockSize + token(column);
    }

    /** Sets the slice to the keys of the column's block; the memory they are in. */
    MemorySegment keys(int column, int kvHead) {
        int block = block(column);
        slice.start = call.store.keysStart(block, call.layer, kvHead);
        slice.dim = layer.headDim();
        slice.stride = blockSize;
        slice.blockSize = blockSize;
        slice.token = token(column);
        return call.store.segment(block);
    }

    /** Sets the slice to the values of the column's block; the memory they are in. */
    MemorySegment values(int column, int kvHead) {
        int block = block(column);
        slice.start = call.store.valuesStart(block, call.layer, kvHead);
        slice.dim = layer.valueDim();
        slice.stride = layer.valueDim();
        slice.blockSize = blockSize;
        slice.token = token(column);
        return call.store.segment(block);
    }
}
