package dev.nightjar.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.tensor.DType;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryPlannerTest {

    /** 2 layers of 2 heads of 64 floats, keys and values: 2,048 bytes per token. */
    private static final List<KvLayerSpec> LAYERS =
            Collections.nCopies(2, new KvLayerSpec(2, 64, DType.F32));

    private static final long TOKEN_BYTES = 2048;

    private static MemoryPlan plan(long machineBytes, OptionalInt context, OptionalLong kvBytes) {
        var demand = new MemoryPlanner.Demand(LAYERS, 1024, 5_000, 7_000);
        return new MemoryPlanner(machineBytes).plan(demand, 32, DType.F32, context, kvBytes);
    }

    @Test
    void holdsEightContextsOnALargeMachine() {
        MemoryPlan plan = plan(1L << 40, OptionalInt.empty(), OptionalLong.empty());
        assertEquals(8 * 1024, plan.kvTokens());
        assertEquals(8 * 1024 * TOKEN_BYTES, plan.kvBytes());
        assertEquals(1024, plan.maxContext());
        assertEquals(5_000 + 7_000 + plan.kvBytes(), plan.totalBytes());
    }

    @Test
    void takesAShareOfASmallMachine() {
        MemoryPlan plan = plan(10L << 20, OptionalInt.empty(), OptionalLong.empty());
        assertTrue(plan.kvBytes() <= 4L << 20, plan::toString);
        assertEquals(1024, plan.maxContext());
    }

    @Test
    void leavesRoomForLargeWeights() {
        long machine = 10L << 20;
        var demand = new MemoryPlanner.Demand(LAYERS, 1 << 20, 7L << 20, 0);
        MemoryPlan plan =
                new MemoryPlanner(machine)
                        .plan(demand, 32, DType.F32, OptionalInt.empty(), OptionalLong.empty());
        assertTrue(plan.kvBytes() <= 1 << 20, plan::toString);
        assertTrue(plan.kvBytes() > 900 << 10, plan::toString);

        var larger = new MemoryPlanner.Demand(LAYERS, 1 << 20, 20L << 20, 0);
        MemoryPlan smallest =
                new MemoryPlanner(machine)
                        .plan(larger, 32, DType.F32, OptionalInt.empty(), OptionalLong.empty());
        assertTrue(smallest.kvBytes() > 400 << 10, smallest::toString);
    }

    /** Another process may hold most of a device. */
    @Test
    void plansWithWhatIsFree() {
        long free = 10L << 20;
        for (long weights : new long[] {0, 5L << 20, 9L << 20, (10L << 20) - 200_000}) {
            var demand = new MemoryPlanner.Demand(LAYERS, 1 << 20, weights, 10_000);
            MemoryPlan plan =
                    new MemoryPlanner(1L << 40)
                            .within(free)
                            .plan(demand, 32, DType.F32, OptionalInt.empty(), OptionalLong.empty());
            assertTrue(plan.totalBytes() < free, plan::toString);
            assertTrue(plan.kvBytes() > (free - weights) / 4, plan::toString);
        }
        assertEquals(
                plan(free, OptionalInt.empty(), OptionalLong.empty()),
                new MemoryPlanner(free)
                        .within(1L << 40)
                        .plan(
                                new MemoryPlanner.Demand(LAYERS, 1024, 5_000, 7_000),
                                32,
                                DType.F32,
                                OptionalInt.empty(),
                                OptionalLong.empty()));
    }

    @Test
    void shrinksTheContextRatherThanFail() {
        long budget = 100 * TOKEN_BYTES;
        MemoryPlan plan = plan(1L << 40, OptionalInt.empty(), OptionalLong.of(budget));
        assertEquals(96, plan.kvTokens());
        assertEquals(96, plan.maxContext());
    }

    @Test
    void contextIsAtMostTheModelsOwn() {
        assertEquals(1024, plan(1L << 40, OptionalInt.of(5000), OptionalLong.empty()).maxContext());
        assertEquals(500, plan(1L << 40, OptionalInt.of(500), OptionalLong.empty()).maxContext());
    }

    @Test
    void refusesAPoolThatHoldsNothing() {
        var error =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> plan(1L << 40, OptionalInt.empty(), OptionalLong.of(1000)));
        assertTrue(error.getMessage().contains("131072"), error.getMessage());
    }
}
