package dev.nightjar.engine.format.hf;

import dev.nightjar.kernels.backend.Activation;
import java.util.Map;
import java.util.TreeMap;

/** The names that {@code config.json} gives to activation functions. */
public final class ActivationNames {

    private static final Map<String, Activation> BY_NAME =
            new TreeMap<>(
                    Map.of(
                            "silu", Activation.SILU,
                            "swish", Activation.SILU,
                            "gelu", Activation.GELU,
                            "gelu_new", Activation.GELU_TANH_HALF,
                            "gelu_fast", Activation.GELU_TANH_HALF,
                            "gelu_pytorch_tanh", Activation.GELU_TANH_HALF,
                            "quick_gelu", Activation.GELU_QUICK,
                            "relu", Activation.RELU,
                            "relu2", Activation.RELU_SQUARED));

    private ActivationNames() {}

    /**
     * The activation under a key, or {@code absent}.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if its name is not known
     */
    public static Activation read(HfConfig config, String key, Activation absent) {
        return config.fields()
                .optionalText(key)
                .map(
                        name -> {
                            if (!BY_NAME.containsKey(name)) {
                                throw config.fields()
                                        .error(
                                                key,
                                                "expected one of %s, found \"%s\""
                                                        .formatted(BY_NAME.keySet(), name));
                            }
                            return BY_NAME.get(name);
                        })
                .orElse(absent);
    }
}
