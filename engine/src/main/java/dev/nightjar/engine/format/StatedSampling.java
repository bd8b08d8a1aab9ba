package dev.nightjar.engine.format;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingKnob;
import java.util.EnumMap;
import java.util.Map;

/**
 * Collects what a file suggests for sampling. Nothing depends on it but the taste of answers, so a
 * value that cannot be used is logged and left out; the model loads all the same.
 *
 * <p>Not safe for use by several threads.
 */
public final class StatedSampling {

    private static final System.Logger LOG = System.getLogger(StatedSampling.class.getName());

    private final String file;
    private final Map<SamplingKnob, Double> values = new EnumMap<>(SamplingKnob.class);

    /** Of a file with this name. */
    public StatedSampling(String file) {
        this.file = file;
    }

    /** Takes a value if it is in range. */
    public void add(SamplingKnob knob, String key, double value) {
        try {
            knob.check(value);
            values.put(knob, value);
        } catch (InvalidRequestException outOfRange) {
            ignore(key, outOfRange.getMessage());
        }
    }

    /** Leaves out a value that is no number. */
    public void ignoreOther(String key, String found) {
        ignore(key, "expected a number, found " + found);
    }

    /** All that was taken. */
    public ModelSampling get() {
        return new ModelSampling(values);
    }

    private void ignore(String key, String why) {
        LOG.log(System.Logger.Level.WARNING, "{0}: {1} is ignored: {2}", file, key, why);
    }
}
