package dev.nightjar.engine.synthetic;

import dev.nightjar.engine.quantize.Mixture;
import java.util.Locale;

/**
 * Which model to make up.
 *
 * @param shape its dimensions
 * @param mixture the types of its weights
 */
public record SyntheticSpec(ModelShape shape, Mixture mixture) {

    /**
     * Reads {@code SHAPE:TYPE}, such as {@code llama-1b:q4_0}; the type is Q8_0 if there is none.
     *
     * @throws IllegalArgumentException if there is no such shape or type
     */
    public static SyntheticSpec parse(String text) {
        int at = text.indexOf(':');
        String shape = at < 0 ? text : text.substring(0, at);
        String type = at < 0 ? "q8_0" : text.substring(at + 1);
        return new SyntheticSpec(ModelShape.named(shape), Mixture.named(type));
    }

    /** As {@link #parse} reads it. */
    public String name() {
        return shape.shapeName() + ":" + mixture.name().toLowerCase(Locale.ROOT);
    }
}
