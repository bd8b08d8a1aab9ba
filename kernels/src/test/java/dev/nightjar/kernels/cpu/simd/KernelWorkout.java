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

    static final String FIRST_HALF = "first-half";
    static final String SECOND_HALF = "second-half";

    /** Kernels that are slow on purpose. */
    static final String SLOW = "slow";

    /** Of the processor's time: while the compiler works or others do, it stands still. */
    private static final long MOST_NANOS = 2_000_000_000L;

    private static final int CALLS = 3;

    /** Less than a vector: sorts of the JDK allocate their pivots. */
    private static final long FEW_BYTES = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long thread = Thread.currentThread().threadId();

    /** One op on one kind of arguments. */
    record Case(String name, Runnable call) {}

    private KernelWorkout() {}

    /** With one of the words above. */
    public static void main(String[] args) {
        KernelWorkout workout = new KernelWorkout();
        if (args[0].equals(SLOW)) {
            workout.run(SlowKernels.cases());
            return;
        }
        try (WorkoutCases cases = new WorkoutCases()) {
            List<Case> all = cases.all();
            int middle = all.size() / 2;
            workout.run(
                    args[0].equals(FIRST_HALF)
                            ? all.subList(0, middle)
                            : all.subList(middle, all.size()));
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
        long end = threads.getCurrentThreadCpuTime() + MOST_NANOS;
        while (least >= CALLS * FEW_BYTES && threads.getCurrentThreadCpuTime() < end) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }
}
