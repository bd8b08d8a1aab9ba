package dev.nightjar.kernels.cpu.simd.kv;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * Attention's arithmetic on keys and values of one element type. A score is one chain of fused
 * operations over the elements of a head, an element of the result one over the tokens: the same in
 * every tile shape, and the same whether elements are widened in registers or decoded into a panel
 * of floats first.
 *
 * <p>All ops work on whole vectors and may read up to a vector behind what they were asked for;
 * what they make of it lies behind what they were asked for, too. Stores and panels leave room.
 */
public interface KvFormat {

    /** The format of panels, too. */
    KvFormat F32 = new Float32Kv();

    /** Halves. */
    KvFormat F16 = new Float16Kv();

    /** Upper halves of floats. */
    KvFormat BF16 = new BFloat16Kv();

    /** Bytes with scales. */
    KvFormat Q8_0 = new Q8_0Kv();

    /** The arithmetic of a type that {@link dev.nightjar.kernels.cpu.CpuKvStore} knows. */
    static KvFormat of(DType dtype) {
        return switch (dtype) {
            case F32 -> F32;
            case F16 -> F16;
            case BF16 -> BF16;
            case Q8_0 -> Q8_0;
            default -> throw new IllegalArgumentException("no KV store holds " + dtype);
        };
    }

    /** What queries and weights must be multiplied with, a power of two. */
    default float factor() {
        return 1;
    }

    /**
     * s [4, tokens] = q [4, dim] · keys; rows of q follow each other, those of s are {@code
     * sStride} apart.
     */
    void scoreFour(
            MemorySegment data,
            KvSlice at,
            int tokens,
            float[] q,
            int qStart,
            float[] s,
            int sStart,
            int sStride);

    /** One row of {@link #scoreFour}. */
    void scoreOne(
            MemorySegment data,
            KvSlice at,
            int tokens,
            float[] q,
            int qStart,
            float[] s,
            int sStart);

    /**
     * acc [4, dim] += p [4, from..to) · values [from..to); {@code p[pStart + t]} is the weight of
     * token {@code t} of the block.
     */
    void addFour(
            MemorySegment data,
            KvSlice at,
            int from,
            int to,
            float[] p,
            int pStart,
            int pStride,
            float[] acc,
            int accStart,
            int accStride);

    /** One row of {@link #addFour}. */
    void addOne(
            MemorySegment data,
            KvSlice at,
            int from,
            int to,
            float[] p,
            int pStart,
            float[] acc,
            int accStart);

    /** panel [dim, panelStride] = keys of {@code tokens} tokens, divided by {@link #factor()}. */
    void unpackKeys(
            MemorySegment data,
            KvSlice at,
            int tokens,
            MemorySegment panel,
            int panelStart,
            int panelStride);

    /** panel [tokens, panelStride] = values, divided by {@link #factor()}. */
    void unpackValues(
            MemorySegment data,
            KvSlice at,
            int tokens,
            MemorySegment panel,
            int panelStart,
            int panelStride);
}
