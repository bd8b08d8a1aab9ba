package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.ExpertRouting.Scoring;
import dev.nightjar.kernels.backend.ExpertRouting.Weights;
import java.util.Optional;

/**
 * Maps {@code A.expert_*} to an {@link ExpertsConfig}.
 *
 * <ul>
 *   <li>{@code expert_count}, {@code expert_used_count}; none if the former is absent or 0.
 *   <li>{@code expert_feed_forward_length}: {@code feed_forward_length} if absent, of Qwen divided
 *       by the experts of a token.
 *   <li>{@code expert_gating_func}: 1 softmax, 2 sigmoid, 3 softmax of the chosen; what the
 *       architecture does if absent or 0.
 *   <li>{@code expert_weights_norm}: whether weights are divided by their sum, if the architecture
 *       does not always do it; {@code expert_weights_scale}: a factor on them.
 *   <li>{@code expert_shared_feed_forward_length}, or {@code expert_shared_count} experts of the
 *       usual size: the shared expert.
 *   <li>{@code expert_group_count}, {@code expert_group_used_count}: groups of experts.
 *   <li>{@code leading_dense_block_count}: first layers without experts.
 * </ul>
 */
final class GgufExperts {

    private static final int MAX_EXPERTS = 1 << 12;
    private static final int MAX_SIZE = 1 << 20;
    private static final String USED = "expert_used_count";

    private GgufExperts() {}

    /** Reads the experts of a model with dense feed-forward layers of {@code intermediateSize}. */
    static Optional<ExpertsConfig> read(
            GgufKeys keys, String architecture, int intermediateSize, int numLayers) {
        int numExperts = keys.optionalCount("expert_count", MAX_EXPERTS);
        boolean isDense = architecture.equals("hunyuan-dense") && numExperts == 1;
        if (numExperts == 0 || isDense) {
            return Optional.empty();
        }
        int expertSize = expertSize(keys, architecture, intermediateSize);
        return Optional.of(
                new ExpertsConfig(
                        routing(keys, architecture, numExperts),
                        expertSize,
                        sharedSize(keys, architecture, expertSize, intermediateSize),
                        keys.optionalCount("leading_dense_block_count", numLayers)));
    }

    private static ExpertRouting routing(GgufKeys keys, String architecture, int numExperts) {
        int numUsed = keys.size(USED, numExperts);
        boolean normalized =
                GgufTraits.of(architecture).expertWeights() == Weights.NORMALIZED
                        || keys.flag("expert_weights_norm");
        double scale = keys.number("expert_weights_scale", 1);
        int numGroups = Math.max(1, keys.optionalCount("expert_group_count", numExperts));
        int groupsUsed = Math.max(1, keys.optionalCount("expert_group_used_count", numGroups));
        try {
            return new ExpertRouting(
                    numExperts,
                    numUsed,
                    scoring(keys, architecture),
                    normalized ? Weights.NORMALIZED : Weights.SCORES,
                    (float) (scale == 0 ? 1 : scale),
                    numGroups,
                    numGroups == 1 ? 1 : groupsUsed);
        } catch (IllegalArgumentException e) {
            throw keys.error(USED, e.getMessage());
        }
    }

    private static Scoring scoring(GgufKeys keys, String architecture) {
        String key = "expert_gating_func";
        int function = keys.optionalCount(key, 255);
        return switch (function) {
            case 0 -> unstatedScoring(architecture);
            case 1 -> Scoring.SOFTMAX;
            case 2 -> Scoring.SIGMOID;
            case 3 -> Scoring.SOFTMAX_OF_CHOSEN;
            default ->
                    throw keys.error(
                            key,
                            "expected 1 (softmax), 2 (sigmoid) or 3 (softmax of the chosen), found "
                                    + function);
        };
    }

    private static Scoring unstatedScoring(String architecture) {
        return switch (architecture) {
            case "gpt-oss" -> Scoring.SOFTMAX_OF_CHOSEN;
            case "glm4moe" -> Scoring.SIGMOID;
            default -> Scoring.SOFTMAX;
        };
    }

    /** Older files of Qwen state the width of all experts of a token together. */
    private static int expertSize(GgufKeys keys, String architecture, int intermediateSize) {
        int stated = keys.optionalCount("expert_feed_forward_length", MAX_SIZE);
        if (stated != 0) {
            return stated;
        }
        boolean isTogether = architecture.startsWith("qwen");
        return isTogether ? intermediateSize / keys.size(USED, MAX_EXPERTS) : intermediateSize;
    }

    private static int sharedSize(
            GgufKeys keys, String architecture, int expertSize, int intermediateSize) {
        int stated = keys.optionalCount("expert_shared_feed_forward_length", MAX_SIZE);
        int count = keys.optionalCount("expert_shared_count", MAX_EXPERTS);
        if (stated != 0) {
            boolean isEach = architecture.equals("bailingmoe2") && count != 0;
            return isEach ? Math.multiplyExact(count, stated) : stated;
        }
        boolean always = architecture.equals("qwen2moe") || architecture.equals("hunyuan-moe");
        if (count == 0 && always) {
            return intermediateSize;
        }
        return Math.multiplyExact(count, expertSize);
    }
}
