package dev.nightjar.engine.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SamplingParamsTest {

    private static void refuses(String parameter, SamplingParams.Builder builder) {
        refuses(parameter, builder::build);
    }

    private static void refuses(String parameter, Supplier<?> record) {
        var refused = assertThrows(InvalidRequestException.class, record::get);
        assertEquals(parameter, refused.parameter());
        assertTrue(refused.getMessage().contains("found"), refused.getMessage());
    }

    private static SamplingParams.Builder params() {
        return SamplingParams.builder();
    }

    @Test
    void namesWhatIsOutOfRange() {
        refuses("temperature", params().temperature(Double.NaN));
        refuses("top_k", params().topK(-1));
        refuses("typical_p", params().typicalP(0));
        refuses("typical_p", params().typicalP(1.1));
        refuses("top_p", params().topP(0));
        refuses("min_p", params().minP(-0.1));
        refuses("repetition_penalty", params().repetitionPenalty(0));
        refuses("repetition_window", params().repetitionWindow(-2));
        refuses("presence_penalty", params().presencePenalty(2.1));
        refuses("frequency_penalty", params().frequencyPenalty(-2.1));
        refuses("logit_bias", params().logitBias(Map.of(1, 100.5f)));
        refuses("logit_bias", params().logitBias(Map.of(1, Float.NaN)));
        refuses("max_tokens", params().maxTokens(0));
        refuses("min_tokens", params().minTokens(-1));
        refuses("min_tokens", params().minTokens(6).maxTokens(5));
        refuses(
                "samplers",
                params().filterOrder(List.of(SamplingFilter.TOP_K, SamplingFilter.TOP_K)));
    }

    @Test
    void limitsTheNumberOfBiases() {
        Map<Integer, Float> biases = new HashMap<>();
        for (int id = 0; id < 1024; id++) {
            biases.put(id, 1f);
        }
        assertEquals(1024, params().logitBias(biases).build().logitBias().size());
        biases.put(1024, 1f);
        refuses("logit_bias", params().logitBias(biases));
    }

    @Test
    void namesWhatIsOutOfRangeInDry() {
        DryParams dry = DryParams.of(1);
        refuses("dry_multiplier", () -> DryParams.of(-1));
        refuses("dry_base", () -> dry.withBase(0.9));
        refuses("dry_allowed_length", () -> dry.withAllowedLength(0));
        refuses("dry_penalty_last_n", () -> dry.withWindow(-2));
        refuses("dry_sequence_breakers", () -> dry.withSequenceBreakers(List.of("")));
        refuses("dry_sequence_breakers", () -> dry.withSequenceBreakers(List.of("x".repeat(41))));
    }

    @Test
    void windowOfMinusOneIsEverything() {
        assertEquals(
                SamplingParams.ALL_TOKENS,
                params().repetitionWindow(-1).build().repetitionWindow());
    }
}
