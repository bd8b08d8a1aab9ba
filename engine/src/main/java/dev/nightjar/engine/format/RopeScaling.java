package dev.nightjar.engine.format;

import java.util.List;

/** How rotary positions are stretched beyond the context of pre-training. */
public sealed interface RopeScaling {

    /** Positions as they are. */
    record None() implements RopeScaling {}

    /**
     * Every angle is divided by the factor.
     *
     * @param factor above 0
     */
    record Linear(double factor) implements RopeScaling {}

    /**
     * YaRN (Peng et al. 2023, arXiv 2309.00071): fast dimensions keep their angle, slow ones are
     * divided by the factor, those between are blended along a ramp.
     *
     * <p>With {@code angle} = position × theta^(−2i/rotaryDim) of pair i, n = rotaryDim and
     *
     * <pre>{@code
     * dim(b) = n * ln(originalMaxPositions / (2 * pi * b)) / (2 * ln(theta))
     * low    = max(0, floor(dim(betaFast)));  high = min(n - 1, ceil(dim(betaSlow)))
     * ramp   = extFactor * (1 - clamp((i - low) / max(0.001, high - low), 0, 1))
     * angle' = angle / factor * (1 - ramp) + angle * ramp
     * }</pre>
     *
     * and sine and cosine are multiplied by the attention factor. Factors of {@code
     * rope_freqs.weight}, if the checkpoint has that tensor, divide the angle beforehand.
     *
     * @param factor at least 1
     * @param originalMaxPositions context of pre-training
     * @param attentionFactor multiplies sine and cosine; the complete factor, so that nothing is
     *     left to derive from the others. Its default is 1 + 0.1 ln(factor)
     * @param betaFast rotations within the original context above which a dimension keeps its angle
     * @param betaSlow rotations below which the angle is divided by the whole factor
     * @param extFactor weight of the ramp, from 0 to 1
     */
    record Yarn(
            double factor,
            int originalMaxPositions,
            double attentionFactor,
            double betaFast,
            double betaSlow,
            double extFactor)
            implements RopeScaling {}

    /**
     * LongRoPE (Ding et al. 2024, arXiv 2402.13753): each frequency is divided by a factor of its
     * own, from one of two lists by the context that the model is loaded for.
     *
     * @param shortFactors one per pair, for contexts up to {@code originalMaxPositions}
     * @param longFactors one per pair, for longer contexts
     * @param originalMaxPositions context of pre-training
     * @param attentionFactor multiplies sine and cosine
     */
    record LongRope(
            List<Double> shortFactors,
            List<Double> longFactors,
            int originalMaxPositions,
            double attentionFactor)
            implements RopeScaling {

        /** Copies the lists. */
        public LongRope {
            shortFactors = List.copyOf(shortFactors);
            longFactors = List.copyOf(longFactors);
        }

        /** The list for a model that is loaded for contexts of {@code maxPositions} tokens. */
        public List<Double> factorsFor(int maxPositions) {
            return maxPositions > originalMaxPositions ? longFactors : shortFactors;
        }
    }
}
