package dev.nightjar.engine.registry;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Inventory;
import dev.nightjar.kernels.tensor.DType;
import java.util.Map;
import java.util.stream.Collectors;

/** The type that a checkpoint's weights are mostly in. */
final class WeightTypes {

    private WeightTypes() {}

    /** By bytes in its files; {@code unknown} without tensors. */
    static String most(Checkpoint checkpoint) {
        Map<DType, Long> bytes =
                checkpoint.inventory().tensors().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Inventory.Item::dtype,
                                        Collectors.summingLong(Inventory.Item::bytes)));
        return bytes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> most.getKey().toString())
                .orElse("unknown");
    }
}
