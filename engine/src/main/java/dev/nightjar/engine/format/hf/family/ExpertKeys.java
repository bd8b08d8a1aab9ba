package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.ExpertRouting.Scoring;
import dev.nightjar.kernels.backend.ExpertRouting.Weights;

/** Reads how a mixture of experts chooses, from the keys that families share. */
final class ExpertKeys {
    private static final int MAX_EXPERTS = 1 << 12;
    private static final String USED = "num_experts_per_tok";

    private ExpertKeys() {}

    /**
     * The routing: {@code num_experts} (or another name of it) of which {@code num_experts_per_tok}
     * are used.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if that is not possible
     */
    static ExpertRouting routing(
            HfConfig config,
            Scoring scoring,
            Weights weights,
            double scale,
            int numGroups,
            int numGroupsUsed) {
        int numExperts =
                config.size(MAX_EXPERTS, "num_local_experts", "num_experts", "n_routed_experts");
        int numUsed = config.size(MAX_EXPERTS, USED, "experts_per_token");
        try {
            return new ExpertRouting(
                    numExperts, numUsed, scoring, weights, (float) scale, numGroups, numGroupsUsed);
        } catch (IllegalArgumentException unfit) {
            throw config.fields().error(USED, unfit.getMessage());
        }
    }

    /** {@code norm_topk_prob}: whether the weights of the chosen are divided by their sum. */
    static Weights weights(HfConfig config) {
        return config.isSet("norm_topk_prob") ? Weights.NORMALIZED : Weights.SCORES;
    }
}
