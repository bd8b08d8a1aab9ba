package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.request.SamplingFilter;
import dev.nightjar.engine.request.SamplingParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How tokens are chosen. */
public final class SamplingFlags {

    @Option(
            names = {"-n", "--max-tokens"},
            paramLabel = "N",
            description = "Most generated tokens; default: ${DEFAULT-VALUE}.")
    private int maxTokens = 512;

    @Option(
            names = {"-t", "--temperature"},
            paramLabel = "T",
            description = "0 always takes the likeliest token; default: ${DEFAULT-VALUE}.")
    private double temperature = 0.8;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "Draw among the K likeliest tokens; default: 0, all of them.")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draw among the likeliest that add up to P; default: ${DEFAULT-VALUE}.")
    private double topP = 0.95;

    @Option(
            names = "--typical-p",
            paramLabel = "P",
            description = "Draw among the most typical that add up to P; default: 1, all of them.")
    private double typicalP = 1;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "Leave out tokens less likely than P times the likeliest.")
    private double minP;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "X",
            description = "Above 1 makes what stands in prompt or completion less likely.")
    private double repetitionPenalty = 1;

    @Option(
            names = "--repetition-window",
            paramLabel = "N",
            description = "How many last tokens that looks at; default: -1, all of them.")
    private int repetitionWindow = -1;

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
     * @throws dev.nightjar.engine.request.InvalidRequestException if a value is out of range
     */
    public SamplingParams params() {
        SamplingParams.Builder sampling =
                SamplingParams.builder()
                        .maxTokens(maxTokens)
                        .temperature(temperature)
                        .topK(topK)
                        .topP(topP)
                        .minP(minP)
                        .typicalP(typicalP)
                        .filterOrder(filters)
                        .logitBias(logitBias)
                        .minTokens(minTokens)
                        .repetitionPenalty(repetitionPenalty)
                        .repetitionWindow(repetitionWindow)
                        .presencePenalty(presencePenalty)
                        .frequencyPenalty(frequencyPenalty);
        dry.params().ifPresent(sampling::dry);
        if (seed != null) {
            sampling.seed(seed);
        }
        return sampling.build();
    }

    /** Strings that end the text. */
    public List<String> stop() {
        return stop;
    }
}
