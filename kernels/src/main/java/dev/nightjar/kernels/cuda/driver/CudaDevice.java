package dev.nightjar.kernels.cuda.driver;

/**
 * A GPU as its driver describes it.
 *
 * @param ordinal from 0
 * @param name the maker's
 * @param capabilityMajor compute capability, 9 of 9.0
 * @param capabilityMinor compute capability, 0 of 9.0
 * @param multiprocessors that run blocks
 * @param memoryBytes of all memory
 * @param sharedBytes most shared memory that a block may have
 */
public record CudaDevice(
        int ordinal,
        String name,
        int capabilityMajor,
        int capabilityMinor,
        int multiprocessors,
        long memoryBytes,
        int sharedBytes) {

    /** The lowest capability that the kernels are compiled for. */
    public static final int LEAST_CAPABILITY_MAJOR = 8;

    /** Whether the kernels run on it. */
    public boolean isCapable() {
        return capabilityMajor >= LEAST_CAPABILITY_MAJOR;
    }

    /** As it is asked for: {@code cuda:1}. */
    public String id() {
        return "cuda:" + ordinal;
    }

    /** A line for people, which begins with what to ask for. */
    public String describe() {
        return "%s %s, compute capability %d.%d, %d multiprocessors, %.1f GiB%s"
                .formatted(
                        id(),
                        name,
                        capabilityMajor,
                        capabilityMinor,
                        multiprocessors,
                        memoryBytes / (double) (1L << 30),
                        isCapable() ? "" : " (too old: kernels need 8.0)");
    }
}
