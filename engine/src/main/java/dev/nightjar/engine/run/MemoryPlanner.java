package dev.nightjar.engine.run;

import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Decides how many KV blocks a model gets and how long a context may be. Without a budget the pool
 * holds eight full contexts, as long as that is less than its share of the machine's memory; when
 * even one context does not fit, the context shrinks rather than the start failing.
 */
public final class MemoryPlanner {

    private static final int DEFAULT_CONTEXTS = 8;
    private static final double DEFAULT_SHARE = 0.4;
    private static final double USABLE_SHARE = 0.8;
    private static final double SMALLEST_SHARE = 0.05;

    private final long machineBytes;

    /** Plans for a machine with that much memory in all. */
    public MemoryPlanner(long machineBytes) {
        this.machineBytes = machineBytes;
    }

    /** Plans with what is free there now, if that is less; all of it may go to this model. */
    public MemoryPlanner within(long freeBytes) {
        return new MemoryPlanner(Math.min(machineBytes, freeBytes));
    }

    /**
     * What the model brings.
     *
     * @param layers what each layer keeps per token
     * @param maxPositions context the model was trained for
     * @param weightBytes weights on the device
     * @param workspaceBytes activations
     */
    public record Demand(
            List<KvLayerSpec> layers, int maxPositions, long weightBytes, long workspaceBytes) {}

    /**
     * The plan.
     *
     * @param kvType type of keys and values, whatever the layers say
     * @param maxContext the context asked for, if any; at most the model's own
     * @param kvBytes the budget of the pool, if given
     * @throws IllegalArgumentException if the budget does not hold two blocks
     */
    public MemoryPlan plan(
            Demand demand,
            int blockSize,
            DType kvType,
            OptionalInt maxContext,
            OptionalLong kvBytes) {
        int context = Math.min(demand.maxPositions, maxContext.orElse(demand.maxPositions));
        long blockBytes = KvSpec.of(demand.layers, kvType, blockSize, 1).blockBytes();
        int perContext = Math.ceilDiv(context, blockSize);
        long wanted =
                kvBytes.orElse(
                        Math.max(2 * blockBytes, defaultBytes(demand, perContext * blockBytes)));
        int blocks = (int) Math.min(wanted / blockBytes, Integer.MAX_VALUE / blockSize);
        if (blocks < 2) {
            throw new IllegalArgumentException(
                    ("the KV memory of %d bytes holds fewer than two blocks of %d tokens (%d bytes"
                                    + " each); give at least %d bytes")
                            .formatted(wanted, blockSize, blockBytes, 2 * blockBytes));
        }
        long poolTokens = (long) blocks * blockSize;
        return new MemoryPlan(
                demand.weightBytes,
                blocks * blockBytes,
                blocks,
                blockSize,
                kvType,
                demand.workspaceBytes,
                (int) Math.min(context, poolTokens));
    }

    /**
     * What the weights leave, but neither more nor less than fixed shares of the machine. What is
     * left below the smallest share is used as far as is safe; if nothing is, the share is planned
     * nevertheless, as weights in files need not lie in memory, and a device says what is missing.
     */
    private long defaultBytes(Demand demand, long contextBytes) {
        double rest = (double) machineBytes - demand.weightBytes - demand.workspaceBytes;
        double left = rest - machineBytes * (1 - USABLE_SHARE);
        double smallest = machineBytes * SMALLEST_SHARE;
        if (rest > 0) {
            smallest = Math.min(smallest, rest * USABLE_SHARE);
        }
        double share = Math.clamp(left, smallest, machineBytes * DEFAULT_SHARE);
        return Math.min(DEFAULT_CONTEXTS * contextBytes, (long) share);
    }
}
