package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.SlidingWindow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads {@code sliding_window} and which layers have it: {@code layer_types} where that is stated,
 * else {@code sliding_window_pattern}, else what the family always does.
 */
public final class WindowReader {
    private static final String SIZE = "sliding_window";
    private static final String LAYERS = "layer_types";
    private static final String WINDOWED = "sliding_attention";
    private static final String FULL = "full_attention";

    private WindowReader() {}

    /**
     * The window; none without {@code sliding_window}.
     *
     * @param usual every how many layers one sees everything if no key says it; 0 if none does
     * @param rope rotary embedding of the windowed layers, if they have one of their own
     * @throws dev.nightjar.engine.format.ModelFormatException if the layers are not periodic
     */
    public static Optional<SlidingWindow> read(
            HfConfig config, int numLayers, int usual, Optional<RopeConfig> rope) {
        int stated =
                config.optionalSize(
                                HfConfig.MAX_LAYERS,
                                "sliding_window_pattern",
                                "_sliding_window_pattern")
                        .orElse(usual);
        OptionalInt size = config.optionalSize(Integer.MAX_VALUE, SIZE);
        Optional<List<String>> layers = config.fields().optionalTexts(LAYERS);
        if (layers.isPresent()) {
            requireKnown(config, layers.get(), numLayers);
        }
        boolean isFull = stated == 1 || layers.isPresent() && !layers.get().contains(WINDOWED);
        if (size.isEmpty() || isFull) {
            return Optional.empty();
        }
        int fullEvery = layers.map(types -> period(config, types)).orElse(stated);
        return Optional.of(new SlidingWindow(size.getAsInt(), fullEvery, rope));
    }

    /** For families that have windows by configuration only where {@code layer_types} says so. */
    public static void refuse(HfConfig config, int numLayers) {
        read(config, numLayers, 0, Optional.empty())
                .ifPresent(
                        window -> {
                            throw config.fields()
                                    .error(SIZE, "expected null, found " + window.size());
                        });
    }

    private static void requireKnown(HfConfig config, List<String> types, int numLayers) {
        if (types.size() != numLayers) {
            throw config.fields()
                    .error(
                            LAYERS,
                            "expected one for each of %d layers, found %d"
                                    .formatted(numLayers, types.size()));
        }
        types.stream()
                .filter(type -> !type.equals(WINDOWED) && !type.equals(FULL))
                .findFirst()
                .ifPresent(
                        type -> {
                            throw config.fields()
                                    .error(
                                            LAYERS,
                                            "expected %s or %s, found \"%s\""
                                                    .formatted(FULL, WINDOWED, type));
                        });
    }

    /** The period of a pattern of windowed layers, the last of each group not windowed. */
    private static int period(HfConfig config, List<String> types) {
        int period = types.indexOf(FULL) + 1;
        for (int layer = 0; layer < types.size(); layer++) {
            boolean isWindowed = period == 0 || layer % period != period - 1;
            if (types.get(layer).equals(WINDOWED) != isWindowed) {
                throw config.fields()
                        .error(
                                LAYERS,
                                "expected every %d. layer to see everything, found otherwise at layer %d"
                                        .formatted(period, layer));
            }
        }
        return period;
    }
}
