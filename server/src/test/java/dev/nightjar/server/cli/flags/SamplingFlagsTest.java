package dev.nightjar.server.cli.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.request.DryParams;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingFilter;
import dev.nightjar.engine.request.SamplingKnob;
import dev.nightjar.engine.request.SamplingParams;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SamplingFlagsTest {

    @Command
    private static final class Sampler {
        @Mixin private SamplingFlags flags;
    }

    private static SamplingParams params(String... args) {
        return params(ModelSampling.NONE, args);
    }

    private static SamplingParams params(ModelSampling suggested, String... args) {
        Sampler sampler = new Sampler();
        new CommandLine(sampler).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
        return sampler.flags.params(suggested);
    }

    @Test
    void everyKnobArrives() {
        SamplingParams params =
                params(
                        ("--typical-p 0.9 --repetition-penalty 1.1 --repetition-window 64"
                                        + " --min-tokens 3 --samplers top_k,temperature"
                                        + " --logit-bias 5=-3.5 --logit-bias 7=2")
                                .split(" "));
        assertEquals(0.9f, params.typicalP());
        assertEquals(64, params.repetitionWindow());
        assertEquals(3, params.minTokens());
        assertEquals(
                List.of(SamplingFilter.TOP_K, SamplingFilter.TEMPERATURE), params.filterOrder());
        assertEquals(Map.of(5, -3.5f, 7, 2f), params.logitBias());
        assertEquals(true, params.dry().isEmpty());
    }

    @Test
    void dryTakesItsSettings() {
        DryParams dry =
                params(
                                ("--dry-multiplier 0.8 --dry-base 2 --dry-allowed-length 4"
                                                + " --dry-window 100 --dry-sequence-breaker ;")
                                        .split(" "))
                        .dry()
                        .orElseThrow();
        assertEquals(
                DryParams.of(0.8)
                        .withBase(2)
                        .withAllowedLength(4)
                        .withWindow(100)
                        .withSequenceBreakers(List.of(";")),
                dry);
        DryParams usual = params("--dry-multiplier", "0.8").dry().orElseThrow();
        assertEquals(DryParams.of(0.8), usual);
    }

    @Test
    void nothingGivenIsNothingAsked() {
        SamplingParams params = params();
        assertEquals(SamplingFilter.DEFAULT_ORDER, params.filterOrder());
        assertEquals(SamplingParams.ALL_TOKENS, params.repetitionWindow());
        assertEquals(Map.of(), params.logitBias());
    }

    @Test
    void filesOfTheModelSpeakWhereNoFlagDoes() {
        ModelSampling suggested =
                new ModelSampling(Map.of(SamplingKnob.TEMPERATURE, 0.25, SamplingKnob.TOP_K, 20.0));
        SamplingParams params = params(suggested, "--top-k", "7");
        assertEquals(0.25f, params.temperature());
        assertEquals(7, params.topK());
        assertEquals(0.95f, params.topP());
        assertEquals(0f, params(suggested, "-t", "0").temperature());
        assertEquals(0.8f, params().temperature());
    }

    @Test
    void impossibleValuesAreRefusedEvenIfUnused() {
        assertThrows(InvalidRequestException.class, () -> params("--typical-p", "0"));
        assertThrows(InvalidRequestException.class, () -> params("--dry-base", "0.5"));
    }
}
