package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.engine.format.SlidingWindow;
import java.util.List;
import java.util.Optional;

/**
 * Maps {@code A.attention.sliding_window} to a {@link SlidingWindow}; none if it is absent or 0,
 * except in Gemma 2 and the larger EXAONE 4, whose first files left it out. {@code
 * sliding_window_pattern} says every how many layers one sees everything, either as a number or as
 * one truth value per layer; absent, it follows from the architecture. {@code rope.freq_base_swa},
 * in some files {@code rope.local.freq_base}, is the base of the windowed layers, 10000 for Gemma 3
 * if absent; there and in OLMo their positions are not stretched.
 */
final class GgufWindow {

    private static final int MAX_SIZE = 1 << 24;
    private static final int MAX_PATTERN = 1 << 12;
    private static final String SIZE = "attention.sliding_window";
    private static final String PATTERN = "attention.sliding_window_pattern";
    private static final String BASE = "rope.freq_base_swa";
    private static final String OTHER_BASE = "rope.local.freq_base";
    private static final double GEMMA3_BASE = 10_000;
    private static final int UNSTATED_SIZE = 4096;
    private static final int LARGE_EXAONE4_LAYERS = 64;

    private GgufWindow() {}

    static Optional<SlidingWindow> read(
            GgufKeys keys, String architecture, int numLayers, RopeConfig rope) {
        int size =
                keys.contains(SIZE)
                        ? keys.optionalCount(SIZE, MAX_SIZE)
                        : unstatedSize(architecture, numLayers);
        if (size == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new SlidingWindow(
                        size,
                        fullEvery(keys, architecture, numLayers),
                        rope(keys, architecture, rope)));
    }

    private static int unstatedSize(String architecture, int numLayers) {
        boolean isWindowed =
                architecture.equals("gemma2")
                        || architecture.equals("exaone4") && numLayers == LARGE_EXAONE4_LAYERS;
        return isWindowed ? UNSTATED_SIZE : 0;
    }

    private static int fullEvery(GgufKeys keys, String architecture, int numLayers) {
        if (!keys.contains(PATTERN)) {
            return GgufTraits.of(architecture).window();
        }
        if (keys.metadata().arrayLength(keys.name(PATTERN)).isEmpty()) {
            return keys.optionalCount(PATTERN, MAX_PATTERN);
        }
        List<Boolean> windowed = keys.metadata().bools(keys.name(PATTERN));
        // Layers that are not run may follow.
        return period(keys, windowed.subList(0, Math.min(numLayers, windowed.size())));
    }

    /** The period of a pattern of windowed layers, the last of each group not windowed. */
    private static int period(GgufKeys keys, List<Boolean> windowed) {
        int firstFull = windowed.indexOf(false);
        for (int layer = 0; layer < windowed.size(); layer++) {
            boolean expected = firstFull < 0 || layer % (firstFull + 1) != firstFull;
            if (windowed.get(layer) != expected) {
                throw keys.error(
                        PATTERN,
                        "expected every %d. layer to see everything, found otherwise at layer %d"
                                .formatted(firstFull + 1, layer));
            }
        }
        return firstFull + 1;
    }

    private static Optional<RopeConfig> rope(GgufKeys keys, String architecture, RopeConfig rope) {
        String baseKey = keys.contains(BASE) ? BASE : OTHER_BASE;
        boolean isGemma3 = architecture.equals("gemma3");
        boolean isUnscaled = isGemma3 || architecture.equals("olmo2");
        if (!isUnscaled && !keys.contains(baseKey)) {
            return Optional.empty();
        }
        double theta = keys.optionalPositive(baseKey).orElse(isGemma3 ? GEMMA3_BASE : rope.theta());
        return Optional.of(
                new RopeConfig(
                        rope.style(),
                        theta,
                        rope.rotaryDim(),
                        List.of(),
                        isUnscaled ? new RopeScaling.None() : rope.scaling()));
    }
}
