package dev.nightjar.kernels.backend;

/**
 * The device has too little memory left; the message says what was asked for, where all of it is
 * and what to change.
 */
public final class DeviceMemoryException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** What memory is for, with what makes it smaller. */
    public enum Component {
        /** Weights in their block formats. */
        WEIGHTS(
                "weights",
                "take another quantization (--quantize q4_k_m, or a smaller file), a smaller model"),
        /** Pools of keys and values. */
        CACHE(
                "KV cache",
                "lower --kv-memory or --max-context, keep keys and values in fewer bits (--kv-type"
                        + " q8_0), take another quantization of the weights"),
        /** Activations and what ops need. */
        WORKSPACE(
                "workspace",
                "lower --max-batched-tokens or --max-context, lower --kv-memory, take another"
                        + " quantization of the weights");

        private final String label;
        private final String advice;

        Component(String label, String advice) {
            this.label = label;
            this.advice = advice;
        }
    }

    private final transient DeviceUse use;
    private final String shortage;
    private final String advice;

    /**
     * What an allocation found.
     *
     * @param device as it is asked for: {@code cuda:0}
     * @param component what the memory was for
     * @param bytes asked for
     * @param use what is held and what is left
     */
    public DeviceMemoryException(String device, Component component, long bytes, DeviceUse use) {
        this(
                "out of memory on %s: no room for %s of %s, as %s of %s are free; allocated so far are %s"
                        .formatted(
                                device,
                                DeviceUse.text(bytes),
                                component.label,
                                DeviceUse.text(use.free()),
                                DeviceUse.text(use.total()),
                                components(use.weights(), use.cache(), use.workspace())),
                component.advice,
                "",
                use);
    }

    private DeviceMemoryException(String shortage, String advice, String plan, DeviceUse use) {
        super("%s%s; %s or a device with more memory".formatted(shortage, plan, advice));
        this.shortage = shortage;
        this.advice = advice;
        this.use = use;
    }

    /** The same, with what a model would need in all. */
    public DeviceMemoryException ofModel(String name, long weights, long cache, long workspace) {
        var explained =
                new DeviceMemoryException(
                        shortage,
                        advice,
                        "; model %s needs %s, %s in all"
                                .formatted(
                                        name,
                                        components(weights, cache, workspace),
                                        DeviceUse.text(weights + cache + workspace)),
                        use);
        explained.initCause(this);
        return explained;
    }

    /** What was held and what was left. */
    public DeviceUse use() {
        return use;
    }

    private static String components(long weights, long cache, long workspace) {
        return "%s of weights, %s of KV cache and %s of workspace"
                .formatted(
                        DeviceUse.text(weights), DeviceUse.text(cache), DeviceUse.text(workspace));
    }
}
