package dev.nightjar.engine.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Every knob of sampling, validated. Applied in this order: penalties, DRY, logit bias, token mask,
 * the filters in their order, draw.
 *
 * <pre>{@code
 * SamplingParams.builder().temperature(0.7).topP(0.9).seed(42).maxTokens(200).build()
 * }</pre>
 *
 * @param temperature 0 is greedy; at most 100
 * @param topK keeps the k most likely tokens; 0 keeps all
 * @param typicalP keeps the most typical tokens with at least this mass; in (0, 1], 1 is off
 * @param topP keeps the smallest set of tokens with at least this mass; in (0, 1]
 * @param minP keeps tokens with at least this share of the largest probability; in [0, 1]
 * @param filterOrder the five above in the order they act in; one left out is off
 * @param repetitionPenalty for tokens in prompt or completion; 1 is off; in (0, 100]
 * @param repetitionWindow how many last tokens of both it looks at; {@link #ALL_TOKENS} for all
 * @param presencePenalty for tokens in the completion; in [-2, 2]
 * @param frequencyPenalty per occurrence in the completion; in [-2, 2]
 * @param dry penalty on repeated passages
 * @param logitBias added to the logits of single tokens; from -100 to 100 each
 * @param seed makes draws reproducible whatever else runs; drawn at admission when absent
 * @param minTokens until so many are generated, no token that would end the sequence is
 * @param maxTokens limit of generated tokens; clamped to what the context leaves
 * @param stopTokens ids that end the sequence beside the model's own
 * @param ignoreEos true lets the model run past its own end tokens
 */
public record SamplingParams(
        float temperature,
        int topK,
        float typicalP,
        float topP,
        float minP,
        List<SamplingFilter> filterOrder,
        float repetitionPenalty,
        int repetitionWindow,
        float presencePenalty,
        float frequencyPenalty,
        Optional<DryParams> dry,
        Map<Integer, Float> logitBias,
        OptionalLong seed,
        int minTokens,
        int maxTokens,
        Set<Integer> stopTokens,
        boolean ignoreEos) {

    /** A repetition window without limit. */
    public static final int ALL_TOKENS = Integer.MAX_VALUE;

    /** Most tokens that can be biased. */
    public static final int MAX_BIASES = 1024;

    /** Checks every range. */
    public SamplingParams {
        Ranges.check(temperature, 0, 100, "temperature");
        Ranges.check(topK >= 0, "top_k", "0 (off) or a positive integer", topK);
        checkShare(typicalP, "typical_p");
        checkShare(topP, "top_p");
        Ranges.check(minP, 0, 1, "min_p");
        filterOrder = List.copyOf(filterOrder);
        Ranges.check(
                Set.copyOf(filterOrder).size() == filterOrder.size(),
                "samplers",
                "a list of different filters",
                filterOrder);
        Ranges.check(
                repetitionPenalty > 0 && repetitionPenalty <= 100,
                "repetition_penalty",
                "a number above 0 and at most 100",
                repetitionPenalty);
        Ranges.check(
                repetitionWindow >= -1,
                "repetition_window",
                "-1 (all) or at least 0",
                repetitionWindow);
        repetitionWindow = repetitionWindow == -1 ? ALL_TOKENS : repetitionWindow;
        Ranges.check(presencePenalty, -2, 2, "presence_penalty");
        Ranges.check(frequencyPenalty, -2, 2, "frequency_penalty");
        logitBias = Map.copyOf(logitBias);
        checkBias(logitBias);
        Ranges.check(maxTokens >= 1, "max_tokens", "at least 1", maxTokens);
        Ranges.check(
                minTokens >= 0 && minTokens <= maxTokens,
                "min_tokens",
                "from 0 to max_tokens",
                minTokens);
        stopTokens = Set.copyOf(stopTokens);
    }

    private static void checkShare(float value, String name) {
        Ranges.check(value > 0 && value <= 1, name, "a number above 0 and at most 1", value);
    }

    private static void checkBias(Map<Integer, Float> logitBias) {
        Ranges.check(
                logitBias.size() <= MAX_BIASES,
                "logit_bias",
                "at most %d tokens".formatted(MAX_BIASES),
                logitBias.size());
        logitBias.values().forEach(bias -> Ranges.check(bias, -100, 100, "logit_bias"));
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
        return hasRepetitionPenalty() || hasCompletionPenalties();
    }

    /** Whether tokens of prompt and completion are penalized. */
    public boolean hasRepetitionPenalty() {
        return repetitionPenalty != 1 && repetitionWindow != 0;
    }

    /** Whether tokens of the completion are penalized. */
    public boolean hasCompletionPenalties() {
        return presencePenalty != 0 || frequencyPenalty != 0;
    }

    /** With other settings against repeated passages. */
    public SamplingParams withDry(DryParams value) {
        return toBuilder().dry(value).build();
    }

    /** Starts from these knobs. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects the knobs. */
    public static final class Builder {

        private float temperature = 1;
        private int topK;
        private float typicalP = 1;
        private float topP = 1;
        private float minP;
        private List<SamplingFilter> filterOrder = SamplingFilter.DEFAULT_ORDER;
        private float repetitionPenalty = 1;
        private int repetitionWindow = ALL_TOKENS;
        private float presencePenalty;
        private float frequencyPenalty;
        private Optional<DryParams> dry = Optional.empty();
        private Map<Integer, Float> logitBias = Map.of();
        private OptionalLong seed = OptionalLong.empty();
        private int minTokens;
        private int maxTokens = Integer.MAX_VALUE;
        private Set<Integer> stopTokens = Set.of();
        private boolean ignoreEos;

        private Builder() {}

        private Builder(SamplingParams params) {
            temperature = params.temperature;
            topK = params.topK;
            typicalP = params.typicalP;
            topP = params.topP;
            minP = params.minP;
            filterOrder = params.filterOrder;
            repetitionPenalty = params.repetitionPenalty;
            repetitionWindow = params.repetitionWindow;
            presencePenalty = params.presencePenalty;
            frequencyPenalty = params.frequencyPenalty;
            dry = params.dry;
            logitBias = params.logitBias;
            seed = params.seed;
            minTokens = params.minTokens;
            maxTokens = params.maxTokens;
            stopTokens = params.stopTokens;
            ignoreEos = params.ignoreEos;
        }

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
        public Builder typicalP(double value) {
            typicalP = (float) value;
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

        /** The filters in the order they act in; one left out is off. */
        public Builder filterOrder(List<SamplingFilter> value) {
            filterOrder = value;
            return this;
        }

        /** 1 is off. */
        public Builder repetitionPenalty(double value) {
            repetitionPenalty = (float) value;
            return this;
        }

        /** How many last tokens the repetition penalty looks at; -1 is all. */
        public Builder repetitionWindow(int value) {
            repetitionWindow = value;
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

        /** Penalizes repeated passages. */
        public Builder dry(DryParams value) {
            dry = Optional.of(value);
            return this;
        }

        /** Values added to the logits of tokens. */
        public Builder logitBias(Map<Integer, Float> value) {
            logitBias = value;
            return this;
        }

        /** Fixes the random stream. */
        public Builder seed(long value) {
            seed = OptionalLong.of(value);
            return this;
        }

        /** Least number of generated tokens before an end token. */
        public Builder minTokens(int value) {
            minTokens = value;
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
                    typicalP,
                    topP,
                    minP,
                    filterOrder,
                    repetitionPenalty,
                    repetitionWindow,
                    presencePenalty,
                    frequencyPenalty,
                    dry,
                    logitBias,
                    seed,
                    minTokens,
                    maxTokens,
                    stopTokens,
                    ignoreEos);
        }
    }
}
