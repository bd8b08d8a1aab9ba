package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingFilter;
import dev.nightjar.engine.request.SamplingParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How tokens are chosen. */
public final class SamplingFlags {

    private static final double USUAL_TEMPERATURE = 0.8;
    private static final double USUAL_TOP_P = 0.95;

    @Option(
            names = {"-n", "--max-tokens"},
            paramLabel = "N",
            description = "Most generated tokens; default: ${DEFAULT-VALUE}.")
    private int maxTokens = 512;

    @Option(
            names = {"-t", "--temperature"},
            paramLabel = "T",
            description =
                    "0 always takes the likeliest token; default: what the model's files suggest,"
                            + " else 0.8.")
    private Double temperature;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description =
                    "Draw among the K likeliest tokens, 0 is all of them; default: what the model's"
                            + " files suggest, else 0.")
    private Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description =
                    "Draw among the likeliest that add up to P; default: what the model's files"
                            + " suggest, else 0.95.")
    private Double topP;

    @Option(
            names = "--typical-p",
            paramLabel = "P",
            description = "Draw among the most typical that add up to P; default: 1, all of them.")
    private Double typicalP;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "Leave out tokens less likely than P times the likeliest.")
    private Double minP;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "X",
            description = "Above 1 makes what stands in prompt or completion less likely.")
    private Double repetitionPenalty;

    @Option(
            names = "--repetition-window",
            paramLabel = "N",
            description = "How many last tokens that looks at; default: -1, all of them.")
    private Integer repetitionWindow;

    @Option(
            names = "--presence-penalty",
            paramLabel = "X",
            description = "Above 0 makes what stands in the completion less likely.")
    private double presencePenalty;

    @Option(
            names = "--frequency-penalty",
            paramLabel = "X",
            description = "The same, for each time it stands there.")
    private double frequencyPenalty;

    @Mixin private DryFlags dry = new DryFlags();

    @Option(
            names = "--logit-bias",
            paramLabel = "ID=V",
            description = "Add V, from -100 to 100, to the logit of a token; several times.")
    private Map<Integer, Float> logitBias = new TreeMap<>();

    @Option(
            names = "--samplers",
            paramLabel = "NAME",
            split = ",",
            description = {
                "The filters in the order they act in, of ${COMPLETION-CANDIDATES};",
                "one left out is off."
            })
    private List<SamplingFilter> filters = SamplingFilter.DEFAULT_ORDER;

    @Option(names = "--min-tokens", paramLabel = "N", description = "Go on at least that long.")
    private int minTokens;

    @Option(
            names = {"-s", "--seed"},
            paramLabel = "S",
            description = "Equal seeds give equal texts.")
    private Long seed;

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "End before this text; may be given several times.")
    private List<String> stop = new ArrayList<>();

    /**
     * All of it but the stop strings.
     *
     * @param suggested what the files of the model say, for what no flag says
     * @throws dev.nightjar.engine.request.InvalidRequestException if a value is out of range
     */
    public SamplingParams params(ModelSampling suggested) {
        SamplingParams.Builder sampling =
                SamplingParams.builder()
                        .maxTokens(maxTokens)
                        .temperature(USUAL_TEMPERATURE)
                        .topP(USUAL_TOP_P)
                        .filterOrder(filters)
                        .logitBias(logitBias)
                        .minTokens(minTokens)
                        .presencePenalty(presencePenalty)
                        .frequencyPenalty(frequencyPenalty);
        suggested.applyTo(sampling);
        given(temperature, sampling::temperature);
        given(topK, sampling::topK);
        given(topP, sampling::topP);
        given(minP, sampling::minP);
        given(typicalP, sampling::typicalP);
        given(repetitionPenalty, sampling::repetitionPenalty);
        given(repetitionWindow, sampling::repetitionWindow);
        given(seed, sampling::seed);
        dry.params().ifPresent(sampling::dry);
        return sampling.build();
    }

    private static <T> void given(T value, Consumer<T> knob) {
        if (value != null) {
            knob.accept(value);
        }
    }

    /** Strings that end the text. */
    public List<String> stop() {
        return stop;
    }
}
