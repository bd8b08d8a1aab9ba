package dev.nightjar.engine.format.packed;

import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Set;

/**
 * The names of the parts of a packed projection: {@code BASE.qweight} and others beside it.
 *
 * @param base name of the projection
 * @param part what comes behind its last dot
 */
record PackedNames(String base, String part) {
    private static final String CODES = "qweight";
    private static final Set<String> PARTS = Set.of("qzeros", "scales", "g_idx");

    static PackedNames of(String name) {
        int dot = name.lastIndexOf('.');
        return new PackedNames(name.substring(0, Math.max(0, dot)), name.substring(dot + 1));
    }

    boolean isCodes() {
        return part.equals(CODES);
    }

    /** Whether this is a part of a projection whose codes are there. */
    boolean isPart(Map<String, LazyTensor> tensors) {
        return PARTS.contains(part) && tensors.containsKey(base + "." + CODES);
    }

    static LazyTensor part(Map<String, LazyTensor> tensors, String base, String part) {
        LazyTensor tensor = tensors.get(base + "." + part);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "tensor %s.%s: expected it beside %s, found none".formatted(base, part, CODES));
        }
        return tensor;
    }

    /** A part that is a matrix of I32. */
    static LazyTensor integers(Map<String, LazyTensor> tensors, String base, String part) {
        LazyTensor tensor = part(tensors, base, part);
        if (tensor.dtype() != DType.I32
                || tensor.shape().rank() != 2
                || tensor.shape().numElements() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "tensor %s.%s: expected a matrix of I32, found %s %s"
                            .formatted(base, part, tensor.dtype(), tensor.shape()));
        }
        return tensor;
    }

    /** The bytes of a tensor of the files, which are there already. */
    static MemorySegment memory(LazyTensor tensor) {
        return tensor.load(Arena.global()).data();
    }

    static int groupSize(JsonFields quantization, String key) {
        long size =
                quantization
                        .optionalInteger(key)
                        .orElseThrow(
                                () -> quantization.error(key, "expected this key, found none"));
        if (size != -1 && (size < 1 || size > 1 << 24)) {
            throw quantization.error(key, "expected -1 or a size from 1, found " + size);
        }
        return (int) size;
    }
}
