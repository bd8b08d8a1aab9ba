package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.tabular.graph.ElementType;
import java.util.Map;
import java.util.Optional;

/** Element types by the numbers that ONNX gives them. */
public final class ElementTypes {
    private static final Map<Long, ElementType> TYPES =
            Map.ofEntries(
                    Map.entry(1L, ElementType.FLOAT),
                    Map.entry(2L, ElementType.UINT8),
                    Map.entry(3L, ElementType.INT8),
                    Map.entry(4L, ElementType.UINT16),
                    Map.entry(5L, ElementType.INT16),
                    Map.entry(6L, ElementType.INT32),
                    Map.entry(7L, ElementType.INT64),
                    Map.entry(8L, ElementType.TEXT),
                    Map.entry(9L, ElementType.BOOL),
                    Map.entry(10L, ElementType.FLOAT16),
                    Map.entry(11L, ElementType.DOUBLE),
                    Map.entry(12L, ElementType.UINT32));

    private ElementTypes() {}

    /** The type of a number; empty for unsigned 64-bit, complex and the newer small ones. */
    public static Optional<ElementType> of(long number) {
        return Optional.ofNullable(TYPES.get(number));
    }
}
