package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.DenseActivation;
import dev.nightjar.engine.format.PipelineModule.Dense;
import dev.nightjar.engine.format.json.JsonFields;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code config.json} of a module {@code Dense}: {@code in_features}, {@code out_features},
 * {@code bias} and the name of a Python class as {@code activation_function}; without one it is the
 * tangent.
 */
final class DenseModule {

    private static final int MAX_SIZE = 1 << 20;
    private static final String ACTIVATION = "activation_function";
    private static final String USUAL_INPUT = "sentence_embedding";

    private static final Map<String, DenseActivation> ACTIVATIONS =
            new TreeMap<>(
                    Map.of(
                            "Identity", DenseActivation.IDENTITY,
                            "Tanh", DenseActivation.TANH,
                            "ReLU", DenseActivation.RELU,
                            "GELU", DenseActivation.GELU,
                            "SiLU", DenseActivation.SILU));

    private DenseModule() {}

    /**
     * Reads it.
     *
     * @param name of its tensors
     * @throws dev.nightjar.engine.format.ModelFormatException if a key is missing, out of range, or
     *     asks for something that is not implemented
     */
    static Dense read(SentenceModules.Module module, String name) {
        JsonFields config = module.config();
        requireSentences(config, "module_input_name");
        requireSentences(config, "module_output_name");
        return new Dense(
                name,
                config.size("in_features", MAX_SIZE),
                config.size("out_features", MAX_SIZE),
                config.optionalBoolean("bias").orElse(true),
                activation(config));
    }

    /** It may also be told to work on each token before the pooling. */
    private static void requireSentences(JsonFields config, String key) {
        String found = config.optionalText(key).orElse(USUAL_INPUT);
        if (!found.equals(USUAL_INPUT)) {
            throw config.error(key, "expected %s, found %s".formatted(USUAL_INPUT, found));
        }
    }

    private static DenseActivation activation(JsonFields config) {
        String type = config.optionalText(ACTIVATION).orElse("Tanh");
        String name = type.substring(type.lastIndexOf('.') + 1);
        if (!ACTIVATIONS.containsKey(name)) {
            throw config.error(
                    ACTIVATION,
                    "expected one of %s, found %s, which is not supported yet"
                            .formatted(ACTIVATIONS.keySet(), type));
        }
        return ACTIVATIONS.get(name);
    }
}
