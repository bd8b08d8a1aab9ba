package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.LatentAttention;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import java.util.Optional;

/**
 * Maps the keys of DeepSeek's latent attention: {@code attention.q_lora_rank} and {@code
 * kv_lora_rank}, {@code key_length_mla} and {@code value_length_mla} (a head before absorption),
 * and {@code rope.dimension_count} of its elements that are rotated. The plain {@code key_length}
 * and {@code value_length} of such files describe the cache; in older files, which have no others,
 * they are those of a head.
 */
final class GgufLatentAttention {

    private static final int MAX_SIZE = 1 << 14;
    private static final String KEY_LENGTH = "attention.key_length_mla";
    private static final String VALUE_LENGTH = "attention.value_length_mla";

    private GgufLatentAttention() {}

    static Optional<LatentAttention> read(GgufKeys keys, String architecture) {
        if (!architecture.equals("deepseek2")) {
            return Optional.empty();
        }
        boolean isAbsorbed = keys.contains(KEY_LENGTH);
        int keyLength = keys.size(isAbsorbed ? KEY_LENGTH : "attention.key_length", MAX_SIZE);
        int ropeLength = keys.size("rope.dimension_count", keyLength - 1);
        return Optional.of(
                new LatentAttention(
                        keys.optionalCount("attention.q_lora_rank", MAX_SIZE),
                        keys.size("attention.kv_lora_rank", MAX_SIZE),
                        keyLength - ropeLength,
                        ropeLength,
                        keys.size(isAbsorbed ? VALUE_LENGTH : "attention.value_length", MAX_SIZE)));
    }

    /**
     * The factor on scores. With YaRN it takes what other models multiply sine and cosine with,
     * squared: {@code (1 + 0.1 m ln factor)^2}, where the file states 0.1 m.
     */
    static double scale(GgufKeys keys, LatentAttention latent, RopeConfig rope) {
        double magnitude = 1;
        if (rope.scaling() instanceof RopeScaling.Yarn yarn) {
            double tenthOfM = keys.number("rope.scaling.yarn_log_multiplier", 0);
            magnitude = 1 + tenthOfM * Math.log(yarn.factor());
        }
        int headDim = latent.nopeHeadDim() + latent.ropeHeadDim();
        return magnitude * magnitude / Math.sqrt(headDim);
    }

    /** The rotary embedding with sine and cosine as they are. */
    static RopeConfig unscaled(RopeConfig rope) {
        if (!(rope.scaling() instanceof RopeScaling.Yarn yarn)) {
            return rope;
        }
        return new RopeConfig(
                rope.style(),
                rope.theta(),
                rope.rotaryDim(),
                rope.divisors(),
                new RopeScaling.Yarn(
                        yarn.factor(),
                        yarn.originalMaxPositions(),
                        1,
                        yarn.betaFast(),
                        yarn.betaSlow(),
                        yarn.extFactor()));
    }
}
