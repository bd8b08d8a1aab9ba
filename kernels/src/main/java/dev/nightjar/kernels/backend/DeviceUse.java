package dev.nightjar.kernels.backend;

/**
 * What a backend holds of its device's own memory, in bytes, and what the device has.
 *
 * @param weights of a model
 * @param cache pools of keys and values
 * @param workspace activations, tables, inputs, and what single ops need for themselves
 * @param free what anybody may still allocate
 * @param total of the device
 */
public record DeviceUse(long weights, long cache, long workspace, long free, long total) {

    private static final double KIB = 1 << 10;
    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    /** Everything that the backend holds. */
    public long used() {
        return weights + cache + workspace;
    }

    /** An amount for people: {@code 1.50 GiB}. */
    public static String text(long bytes) {
        if (bytes >= GIB) {
            return "%.2f GiB".formatted(bytes / GIB);
        }
        return bytes >= MIB ? "%.2f MiB".formatted(bytes / MIB) : "%.2f KiB".formatted(bytes / KIB);
    }
}
