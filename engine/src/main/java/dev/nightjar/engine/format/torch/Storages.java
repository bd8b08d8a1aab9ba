package dev.nightjar.engine.format.torch;

import java.lang.foreign.MemorySegment;

/** Finds the bytes that tensors share, by the key that pickles give. */
@FunctionalInterface
interface Storages {

    /**
     * The bytes of a storage.
     *
     * @param bytes size that the pickle states
     * @throws dev.nightjar.engine.format.ModelFormatException if there are none or fewer
     */
    MemorySegment find(String key, long bytes);
}
