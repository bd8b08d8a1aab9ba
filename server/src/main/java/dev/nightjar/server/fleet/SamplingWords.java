package dev.nightjar.server.fleet;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingKnob;
import dev.nightjar.server.yaml.Section;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads how a model samples where a request says nothing. */
final class SamplingWords {

    private SamplingWords() {}

    /**
     * The values; what the model's files suggest when empty.
     *
     * @param source dialect or model
     * @param values by name
     */
    static Optional<ModelSampling> read(
            Section section, String source, Map<String, String> values) {
        boolean followsModel =
                switch (source) {
                    case "dialect" -> false;
                    case "model" -> true;
                    default ->
                            throw section.fault(
                                    "sampling_defaults must be dialect or model, found '%s'"
                                            .formatted(source));
                };
        if (followsModel && !values.isEmpty()) {
            throw section.fault(
                    "sampling_defaults: model leaves no room for values of sampling; say one of"
                            + " them");
        }
        return followsModel ? Optional.empty() : Optional.of(sampling(section, values));
    }

    private static ModelSampling sampling(Section section, Map<String, String> values) {
        Map<SamplingKnob, Double> knobs = new EnumMap<>(SamplingKnob.class);
        values.forEach((name, value) -> knobs.put(knob(section, name), number(section, value)));
        try {
            return new ModelSampling(knobs);
        } catch (InvalidRequestException outOfRange) {
            throw section.fault("sampling: " + outOfRange.getMessage());
        }
    }

    private static SamplingKnob knob(Section section, String name) {
        try {
            return SamplingKnob.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw section.fault(
                    "sampling knows temperature, top_k, top_p, min_p, typical_p,"
                            + " repetition_penalty and repetition_window, found '%s'"
                                    .formatted(name));
        }
    }

    private static double number(Section section, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException notNumber) {
            throw section.fault("values of sampling are numbers, found '%s'".formatted(value));
        }
    }
}
