package dev.nightjar.engine.request;

import java.util.function.BiConsumer;

/** The knobs of {@link SamplingParams} that files of models suggest values for. */
public enum SamplingKnob {
    /** 0 is greedy. */
    TEMPERATURE(SamplingParams.Builder::temperature),
    /** 0 keeps all, and so does the -1 that other engines write. */
    TOP_K(whole("top_k", (params, value) -> params.topK(value == -1 ? 0 : value))),
    /** 1 keeps all. */
    TOP_P(SamplingParams.Builder::topP),
    /** 0 keeps all. */
    MIN_P(SamplingParams.Builder::minP),
    /** 1 keeps all. */
    TYPICAL_P(SamplingParams.Builder::typicalP),
    /** 1 is off. */
    REPETITION_PENALTY(SamplingParams.Builder::repetitionPenalty),
    /** How many last tokens the penalty looks at; -1 is all. */
    REPETITION_WINDOW(whole("repetition_window", SamplingParams.Builder::repetitionWindow));

    private final BiConsumer<SamplingParams.Builder, Double> setter;

    SamplingKnob(BiConsumer<SamplingParams.Builder, Double> setter) {
        this.setter = setter;
    }

    /**
     * Refuses what {@link SamplingParams} refuses.
     *
     * @throws InvalidRequestException if it is out of range
     */
    public void check(double value) {
        SamplingParams.Builder params = SamplingParams.builder();
        set(params, value);
        params.build();
    }

    void set(SamplingParams.Builder params, double value) {
        setter.accept(params, value);
    }

    private static BiConsumer<SamplingParams.Builder, Double> whole(
            String name, BiConsumer<SamplingParams.Builder, Integer> setter) {
        return (params, value) -> {
            int integer = value.intValue();
            Ranges.check(integer == value, name, "an integer", value);
            setter.accept(params, integer);
        };
    }
}
