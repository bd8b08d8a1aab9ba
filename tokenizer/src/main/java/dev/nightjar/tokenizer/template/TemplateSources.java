package dev.nightjar.tokenizer.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The templates that come with a checkpoint, and the special tokens that go into them.
 *
 * @param sources Jinja by name; the usual name is {@link ChatTemplate#DEFAULT}
 * @param tokens texts, or lists of them, by names such as {@code bos_token}; those of the
 *     vocabulary count where there are none here
 */
public record TemplateSources(Map<String, String> sources, Map<String, Object> tokens) {
    /** Copies both, in their order. */
    public TemplateSources {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        tokens = Map.copyOf(tokens);
    }
}
