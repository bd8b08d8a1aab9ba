package dev.nightjar.engine.format.packed;

import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What {@code compressed-tensors} says in {@code config_groups}: each group with {@code weights} of
 * {@code type}, {@code num_bits} and {@code strategy}.
 */
final class CompressedTensors {

    private CompressedTensors() {}

    /**
     * The block size of 8-bit floats that have one scale per block; empty for one per row or
     * tensor.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if weights are anything but 8-bit
     *     floats
     */
    static Optional<List<Integer>> blockSize(JsonFields quantization) {
        JsonFields groups =
                quantization
                        .optionalFields("config_groups")
                        .orElseThrow(
                                () ->
                                        quantization.error(
                                                "config_groups", "expected this key, found none"));
        Optional<List<Integer>> size = Optional.empty();
        for (String name : groups.object().members().keySet()) {
            Optional<JsonFields> weights =
                    groups.optionalFields(name).flatMap(group -> group.optionalFields("weights"));
            if (weights.isPresent()) {
                requireFloat8(weights.get());
                size = size.or(() -> Float8Weights.sizes(weights.get(), "block_structure"));
            }
        }
        return size;
    }

    private static void requireFloat8(JsonFields weights) {
        String type = weights.optionalText("type").orElse("int");
        int bits = weights.size("num_bits", Integer.MAX_VALUE);
        Optional<JsonValue> strategy = weights.optional("strategy");
        if (!type.equals("float") || bits != 8 || strategy.orElse(null) instanceof JsonObject) {
            throw weights.error(
                    "type", "expected float of 8 bits, found %s of %d".formatted(type, bits));
        }
    }
}
