package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.StatedSampling;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonText;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingKnob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The file {@code generation_config.json} beside the weights: how answers begin and end. */
public final class GenerationConfig {

    private static final String FILE = "generation_config.json";

    private static final Map<String, SamplingKnob> KNOBS =
            Map.of(
                    "temperature", SamplingKnob.TEMPERATURE,
                    "top_k", SamplingKnob.TOP_K,
                    "top_p", SamplingKnob.TOP_P,
                    "min_p", SamplingKnob.MIN_P,
                    "typical_p", SamplingKnob.TYPICAL_P,
                    "repetition_penalty", SamplingKnob.REPETITION_PENALTY);

    private GenerationConfig() {}

    /**
     * The members of the file, if there is one.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if it is not a JSON object
     */
    static Optional<JsonFields> fields(Path folder) {
        Path file = folder.resolve(FILE);
        return Files.isRegularFile(file)
                ? Optional.of(JsonFields.of(file.toString(), JsonReader.readObject(file)))
                : Optional.empty();
    }

    /**
     * What it suggests for sampling; what cannot be used is logged and left out. A file that says
     * {@code do_sample: false} and no temperature means the likeliest token.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if it is not a JSON object
     */
    public static ModelSampling sampling(Path folder) {
        return fields(folder).map(GenerationConfig::sampling).orElse(ModelSampling.NONE);
    }

    private static ModelSampling sampling(JsonFields fields) {
        StatedSampling stated = new StatedSampling(fields.file());
        KNOBS.forEach(
                (key, knob) ->
                        fields.optional(key).ifPresent(value -> read(key, value, knob, stated)));
        boolean isGreedy =
                fields.optional("do_sample")
                        .filter(value -> value == JsonValue.JsonBoolean.FALSE)
                        .isPresent();
        if (isGreedy && !fields.contains("temperature")) {
            stated.add(SamplingKnob.TEMPERATURE, "do_sample", 0);
        }
        return stated.get();
    }

    private static void read(
            String key, JsonValue value, SamplingKnob knob, StatedSampling stated) {
        switch (value) {
            case JsonValue.JsonInteger number -> stated.add(knob, key, number.value());
            case JsonValue.JsonDecimal number -> stated.add(knob, key, number.value());
            default -> stated.ignoreOther(key, JsonText.of(value));
        }
    }
}
