package dev.nightjar.kernels.backend;

/**
 * The memory of a paged KV pool on a device; the layout inside a block is its backend's business.
 * Memory may be committed block group by block group as blocks are first written.
 */
public interface KvStore extends AutoCloseable {

    /** What was asked for. */
    KvSpec spec();

    /** Bytes committed so far. */
    long committedBytes();

    /** Releases the memory; no op may use the store afterwards. */
    @Override
    void close();
}
