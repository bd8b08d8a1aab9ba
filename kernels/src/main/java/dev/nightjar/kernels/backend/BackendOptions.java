package dev.nightjar.kernels.backend;

import java.util.Optional;

/**
 * What a caller wants of a backend.
 *
 * @param name the backend to use, or empty to take the best one available
 * @param threads threads for kernels; 0 takes one per core that this process may use
 * @param layout where weights are kept; backends that are not fast on purpose or have memory of
 *     their own need not heed it
 * @param activations how activations are multiplied; backends that are not fast on purpose compute
 *     exactly, as do weights that are not repacked; rows of int8 are refused by those that have
 *     none
 * @param assembles whether functions that are assembled for the processor may multiply where that
 *     is faster; without them all is computed with the Vector API
 * @param device where to compute; a backend that is named computes where it does, and heeds the
 *     number of a GPU
 */
public record BackendOptions(
        Optional<String> name,
        int threads,
        WeightLayout layout,
        ActivationPrecision activations,
        boolean assembles,
        DeviceChoice device) {

    /** Checks the thread count. */
    public BackendOptions {
        if (threads < 0) {
            throw new IllegalArgumentException("threads must be >= 0, found " + threads);
        }
    }

    /**
     * A backend with its usual layout of weights and its fastest activations on the processor,
     * where functions are assembled unless {@code -Dnightjar.assembly=off}.
     */
    public BackendOptions(Optional<String> name, int threads) {
        this(
                name,
                threads,
                WeightLayout.REPACKED,
                ActivationPrecision.Q8,
                !"off".equals(System.getProperty("nightjar.assembly")),
                DeviceChoice.CPU);
    }

    /** The best backend on all cores, unless {@code nightjar.backend} names another one. */
    public static BackendOptions defaults() {
        return new BackendOptions(Optional.ofNullable(System.getProperty("nightjar.backend")), 0);
    }

    /** These options for a backend of that name. */
    public BackendOptions withName(String value) {
        return new BackendOptions(
                Optional.of(value), threads, layout, activations, assembles, device);
    }

    /** These options with so many threads. */
    public BackendOptions withThreads(int value) {
        return new BackendOptions(name, value, layout, activations, assembles, device);
    }

    /** These options with weights kept there. */
    public BackendOptions withLayout(WeightLayout value) {
        return new BackendOptions(name, threads, value, activations, assembles, device);
    }

    /** These options with activations multiplied so. */
    public BackendOptions withActivations(ActivationPrecision value) {
        return new BackendOptions(name, threads, layout, value, assembles, device);
    }

    /** These options with functions assembled for the processor, or without. */
    public BackendOptions withAssembly(boolean value) {
        return new BackendOptions(name, threads, layout, activations, value, device);
    }

    /** These options on that device. */
    public BackendOptions withDevice(DeviceChoice value) {
        return new BackendOptions(name, threads, layout, activations, assembles, value);
    }

    /**
     * Refuses rows of int8 for a backend that has none.
     *
     * @throws IllegalStateException if they are asked for
     */
    public void refuseInt8(String backend) {
        if (activations == ActivationPrecision.INT8) {
            throw new IllegalStateException(
                    "the %s backend has no activations of int8, which the vector backend has; use q8 or exact ones"
                            .formatted(backend));
        }
    }
}
