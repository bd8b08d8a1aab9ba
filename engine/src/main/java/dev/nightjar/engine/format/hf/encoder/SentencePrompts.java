package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderPrompts;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code prompts} and {@code default_prompt_name} of {@code config_sentence_transformers.json}. */
public final class SentencePrompts {

    private static final String DEFAULT = "default_prompt_name";

    private SentencePrompts() {}

    /**
     * The prompts of a folder; none if it has no such file.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if the default is none of them
     */
    public static EncoderPrompts read(Path folder) {
        Path file = folder.resolve("config_sentence_transformers.json");
        if (!Files.isRegularFile(file)) {
            return EncoderPrompts.none();
        }
        JsonFields fields = JsonFields.of(file.toString(), JsonReader.readObject(file));
        Map<String, String> byName = new LinkedHashMap<>();
        fields.optionalFields("prompts")
                .ifPresent(
                        prompts ->
                                prompts.object()
                                        .members()
                                        .keySet()
                                        .forEach(
                                                name ->
                                                        prompts.optionalText(name)
                                                                .ifPresent(
                                                                        text ->
                                                                                byName.put(
                                                                                        name,
                                                                                        text))));
        Optional<String> defaultName = fields.optionalText(DEFAULT);
        if (defaultName.isPresent() && !byName.containsKey(defaultName.get())) {
            throw fields.error(
                    DEFAULT,
                    "expected one of prompts %s, found %s"
                            .formatted(byName.keySet(), defaultName.get()));
        }
        return new EncoderPrompts(byName, defaultName);
    }
}
