package dev.nightjar.engine.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Texts that a model was trained to see in front of others, such as {@code query: }.
 *
 * @param byName in the order of the file
 * @param defaultName the one that stands in front of a text if nobody says otherwise; a name that
 *     is there
 */
public record EncoderPrompts(Map<String, String> byName, Optional<String> defaultName) {

    /** Copies the map and checks the name. */
    public EncoderPrompts {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        if (defaultName.isPresent() && !byName.containsKey(defaultName.get())) {
            throw new IllegalArgumentException(
                    "expected one of %s, found %s".formatted(byName.keySet(), defaultName.get()));
        }
    }

    /** No prompts. */
    public static EncoderPrompts none() {
        return new EncoderPrompts(Map.of(), Optional.empty());
    }

    /** What stands in front of a text if nobody says otherwise; possibly nothing. */
    public String standard() {
        return defaultName.map(byName::get).orElse("");
    }
}
