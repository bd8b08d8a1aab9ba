package dev.nightjar.engine.format.gguf;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One parsed file: a whole checkpoint, or one of the files of a split one.
 *
 * @param file its name
 * @param data all its bytes
 * @param version 2 or 3
 * @param alignment tensors begin at multiples of this many bytes
 * @param metadata its key-value pairs
 * @param tensors in the order of the file
 */
record GgufPart(
        String file,
        MemorySegment data,
        int version,
        int alignment,
        GgufMetadata metadata,
        List<GgufTensorInfo> tensors) {}
