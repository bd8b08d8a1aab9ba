package dev.nightjar.engine.format.safetensors;

import dev.nightjar.kernels.tensor.DType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The names that safetensors gives to element types. */
final class SafetensorsTypes {

    private static final Map<String, DType> BY_NAME =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("F64", DType.F64),
                            Map.entry("F32", DType.F32),
                            Map.entry("F16", DType.F16),
                            Map.entry("BF16", DType.BF16),
                            Map.entry("I64", DType.I64),
                            Map.entry("I32", DType.I32),
                            Map.entry("I16", DType.I16),
                            Map.entry("I8", DType.I8),
                            Map.entry("U64", DType.U64),
                            Map.entry("U32", DType.U32),
                            Map.entry("U16", DType.U16),
                            Map.entry("U8", DType.U8),
                            Map.entry("BOOL", DType.BOOL),
                            Map.entry("F8_E4M3", DType.F8_E4M3),
                            Map.entry("F8_E5M2", DType.F8_E5M2)));

    private SafetensorsTypes() {}

    static Optional<DType> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Set<String> known() {
        return BY_NAME.keySet();
    }
}
