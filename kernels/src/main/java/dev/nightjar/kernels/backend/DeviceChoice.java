package dev.nightjar.kernels.backend;

/** Where a backend computes, as a caller may ask for it. */
public enum DeviceChoice {
    /** A GPU where one can be used, else the processor. */
    AUTO,
    /** The processor. */
    CPU,
    /** A GPU of NVIDIA's, or an error that says why there is none. */
    CUDA;

    /** Whether a backend of that {@link BackendProvider#device()} may be taken. */
    boolean allows(String device) {
        return this == AUTO || name().equalsIgnoreCase(device);
    }
}
