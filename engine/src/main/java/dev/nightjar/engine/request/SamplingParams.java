package dev.nightjar.engine.request;

import java.util.OptionalLong;
import java.util.Set;

/**
 * Every knob of sampling, validated. Applied in this order: penalties, temperature, top-k, top-p,
 * min-p, draw.
 *
 * @param temperature 0 is greedy; at most 100
 * @param topK keeps the k most likely tokens; 0 keeps all
 * @param topP keeps the smallest set of tokens with at least this mass; in (0, 1]
 * @param minP keeps tokens with at least this share of the largest probability; in [0, 1]
 * @param repetitionPenalty for tokens in prompt or completion; 1 is off; in (0, 100]
 * @param presencePenalty for tokens in the completion; in [-2, 2]
 * @param frequencyPenalty per occurrence in the completion; in [-2, 2]
 * @param seed makes draws reproducible whatever else runs; drawn at admission when absent
 * @param maxTokens limit of generated tokens; clamped to what the context leaves
 * @param stopTokens ids that end the sequence beside the model's own
 * @param ignoreEos true lets the model run past its own end tokens
 */
public record SamplingParams(
        float temperature,
        int topK,
        float topP,
        float minP,
        float repetitionPenalty,
        float presencePenalty,
        float frequencyPenalty,
        OptionalLong seed,
        int maxTokens,
        Set<Integer> stopTokens,
        boolean ignoreEos) {

    /** Checks every range. */
    public SamplingParams {
        check(in(temperature, 0, 100), "temperature", "a number from 0 to 100", temperature);
        check(topK >= 0, "top_k", "0 (off) or a positive integer", topK);
        check(in(topP, 0, 1) && topP > 0, "top_p", "a number above 0 and at most 1", topP);
        check(in(minP, 0, 1), "min_p", "a number from 0 to 1", minP);
        check(
                in(repetitionPenalty, 0, 100) && repetitionPenalty > 0,
                "repetition_penalty",
                "a number above 0 and at most 100",
                repetitionPenalty);
        check(in(presencePenalty, -2, 2), "presence_penalty", "from -2 to 2", presencePenalty);
        check(in(frequencyPenalty, -2, 2), "frequency_penalty", "from -2 to 2", frequencyPenalty);
        check(maxTokens >= 1, "max_tokens", "at least 1", maxTokens);
        stopTokens = Set.copyOf(stopTokens);
    }

    private static boolean in(float value, float low, float high) {
        return value >= low && value <= high;
    }

    private static void check(boolean isValid, String name, String expected, Number found) {
        if (!isValid) {
            throw new InvalidRequestException(
                    name, "%s must be %s, found %s".formatted(name, expected, found));
        }
    }

    /** Greedy decoding without a limit other than the context. */
    public static SamplingParams greedy() {
        return builder().temperature(0).build();
    }

    /** Starts from the plain distribution: temperature 1, no filter, no penalty. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether any penalty needs token counts. */
    public boolean hasPenalties() {
        return repetitionPenalty != 1 || presencePenalty != 0 || frequencyPenalty != 0;
    }

    /** Collects the knobs. */
    public static final class Builder {

        private float temperature = 1;
        private int topK;
        private float topP = 1;
        private float minP;
        private float repetitionPenalty = 1;
        private float presencePenalty;
        private float frequencyPenalty;
        private OptionalLong seed = OptionalLong.empty();
        private int maxTokens = Integer.MAX_VALUE;
        private Set<Integer> stopTokens = Set.of();
        private boolean ignoreEos;

        private Builder() {}

        /** 0 is greedy. */
        public Builder temperature(double value) {
            temperature = (float) value;
            return this;
        }

        /** 0 keeps all. */
        public Builder topK(int value) {
            topK = value;
            return this;
        }

        /** 1 keeps all. */
        public Builder topP(double value) {
            topP = (float) value;
            return this;
        }

        /** 0 keeps all. */
        public Builder minP(double value) {
            minP = (float) value;
            return this;
        }

        /** 1 is off. */
        public Builder repetitionPenalty(double value) {
            repetitionPenalty = (float) value;
            return this;
        }

        /** 0 is off. */
        public Builder presencePenalty(double value) {
            presencePenalty = (float) value;
            return this;
        }

        /** 0 is off. */
        public Builder frequencyPenalty(double value) {
            frequencyPenalty = (float) value;
            return this;
        }

        /** Fixes the random stream. */
        public Builder seed(long value) {
            seed = OptionalLong.of(value);
            return this;
        }

        /** Limit of generated tokens. */
        public Builder maxTokens(int value) {
            maxTokens = value;
            return this;
        }

        /** Ids that end the sequence. */
        public Builder stopTokens(Set<Integer> value) {
            stopTokens = value;
            return this;
        }

        /** Lets the model run past its end tokens. */
        public Builder ignoreEos(boolean value) {
            ignoreEos = value;
            return this;
        }

        /**
         * The validated record.
         *
         * @throws InvalidRequestException naming the first parameter out of range
         */
        public SamplingParams build() {
            return new SamplingParams(
                    temperature,
                    topK,
                    topP,
                    minP,
                    repetitionPenalty,
                    presencePenalty,
                    frequencyPenalty,
                    seed,
                    maxTokens,
                    stopTokens,
                    ignoreEos);
        }
    }
}
