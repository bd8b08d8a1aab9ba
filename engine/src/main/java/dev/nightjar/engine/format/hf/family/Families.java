package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import java.util.Map;
import java.util.TreeMap;

/** The families by the {@code model_type} of their {@code config.json}. */
public final class Families {

    private static final Map<String, Family> BY_TYPE =
            new TreeMap<>(Map.ofEntries(Map.entry("llama", new LlamaFamily("llama"))));

    private Families() {}

    /**
     * The family of a configuration.
     *
     * @throws ModelFormatException listing the known ones, if it is none of them
     */
    public static Family of(HfConfig config) {
        String type = config.modelType();
        Family family = BY_TYPE.get(type);
        if (family == null) {
            throw new ModelFormatException(
                    "%s: model_type: expected one of %s, found \"%s\""
                            .formatted(
                                    config.root().file(),
                                    String.join(", ", BY_TYPE.keySet()),
                                    type));
        }
        return family;
    }
}
