package dev.nightjar.kernels.cpu.simd.team;

/**
 * Work in numbered chunks. One task object per op is reused for all its calls: its fields carry the
 * arguments.
 */
public interface PoolTask {

    /**
     * Does one chunk.
     *
     * @param worker index of the executing thread, for scratch memory
     * @param chunk number of the chunk
     */
    void run(int worker, int chunk);
}
