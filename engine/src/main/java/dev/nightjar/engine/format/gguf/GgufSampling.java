package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.StatedSampling;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingKnob;
import java.util.Map;
import java.util.Optional;

/**
 * What a GGUF file suggests for sampling: the keys {@code general.sampling.*} for which there is a
 * knob. XTC and Mirostat have none, and the order of samplers is the requests' business.
 */
public final class GgufSampling {

    private static final String PREFIX = "general.sampling.";

    private static final Map<String, SamplingKnob> KNOBS =
            Map.of(
                    "temp", SamplingKnob.TEMPERATURE,
                    "top_k", SamplingKnob.TOP_K,
                    "top_p", SamplingKnob.TOP_P,
                    "min_p", SamplingKnob.MIN_P,
                    "penalty_repeat", SamplingKnob.REPETITION_PENALTY,
                    "penalty_last_n", SamplingKnob.REPETITION_WINDOW);

    private GgufSampling() {}

    /** Reads it; what cannot be used is logged and left out. */
    public static ModelSampling read(GgufFile file) {
        GgufMetadata metadata = file.metadata();
        StatedSampling stated = new StatedSampling(file.name());
        KNOBS.forEach((name, knob) -> read(metadata, PREFIX + name, knob, stated));
        return stated.get();
    }

    private static void read(
            GgufMetadata metadata, String key, SamplingKnob knob, StatedSampling stated) {
        Optional<GgufType> type = metadata.type(key);
        if (type.isEmpty()) {
            return;
        }
        if (type.get().isFloat() || type.get().isInteger()) {
            stated.add(knob, key, metadata.doubleValue(key));
        } else {
            stated.ignoreOther(key, metadata.text(key));
        }
    }
}
