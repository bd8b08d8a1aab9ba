package dev.nightjar.kernels.cpu.simd;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * A program that calls every op of the backend until it allocates next to nothing, as compiled
 * kernels do, and says which never got there. Boxed vectors are objects, so they show.
 */
final class KernelWorkout {

    /** Begins the line of an op that goes on allocating. */
    static final String ALLOCATES = "ALLOCATES ";

    /** Begins the last line. */
    static final String DONE = "CASES ";

    private static final long MOST_NANOS = 2_500_000_000L;
    private static final int CALLS = 3;

    /** Less than a vector: sorts of the JDK allocate their pivots. */
    private static final long FEW_BYTES = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long thread = Thread.currentThread().threadId();

    /** One op on one kind of arguments. */
    record Case(String name, Runnable call) {}

    private KernelWorkout() {}

    /** With an argument, runs kernels that are slow on purpose instead. */
    public static void main(String[] args) {
        KernelWorkout workout = new KernelWorkout();
        if (args.length > 0) {
            workout.run(SlowKernels.cases());
            return;
        }
        try (WorkoutCases cases = new WorkoutCases()) {
            workout.run(cases.all());
        }
    }

    private void run(List<Case> cases) {
        for (Case one : cases) {
            long bytes = allocatedBytes(one.call) / CALLS;
            if (bytes >= FEW_BYTES) {
                System.out.println(ALLOCATES + one.name + ": " + bytes + " bytes per call");
            }
        }
        System.out.println(DONE + cases.size());
    }

    /** Of some calls, once as much is compiled as will be. */
    private long allocatedBytes(Runnable call) {
        long least = Long.MAX_VALUE;
        long end = System.nanoTime() + MOST_NANOS;
        while (least >= CALLS * FEW_BYTES && System.nanoTime() < end) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }
}
