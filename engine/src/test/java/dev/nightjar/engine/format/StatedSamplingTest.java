package dev.nightjar.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingKnob;
import dev.nightjar.engine.request.SamplingParams;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suggestions within the ranges of requests are taken, others left out. */
class StatedSamplingTest {

    @ParameterizedTest
    @CsvSource({
        "TEMPERATURE, 0, true",
        "TEMPERATURE, 100, true",
        "TEMPERATURE, -0.5, false",
        "TEMPERATURE, NaN, false",
        "TEMPERATURE, Infinity, false",
        "TOP_K, -1, true",
        "TOP_K, 40, true",
        "TOP_K, -2, false",
        "TOP_K, 2.5, false",
        "TOP_K, 1e12, false",
        "TOP_K, NaN, false",
        "TOP_P, 1, true",
        "TOP_P, 0, false",
        "MIN_P, 0, true",
        "MIN_P, 1.5, false",
        "TYPICAL_P, 0.5, true",
        "TYPICAL_P, 2, false",
        "REPETITION_PENALTY, 1.05, true",
        "REPETITION_PENALTY, 0, false",
        "REPETITION_WINDOW, -1, true",
        "REPETITION_WINDOW, 64, true",
        "REPETITION_WINDOW, -7, false"
    })
    void x1_ranges(SamplingKnob knob, double value, boolean isTaken) {
        StatedSampling stated = new StatedSampling("file");
        stated.add(knob, "key", value);
        assertEquals(isTaken ? Map.of(knob, value) : Map.of(), stated.get().values());
        if (!isTaken) {
            assertThrows(
                    InvalidRequestException.class, () -> new ModelSampling(Map.of(knob, value)));
        }
    }

    @Test
    void x1_everyKnobReachesItsParameter() {
        StatedSampling stated = new StatedSampling("file");
        stated.add(SamplingKnob.TEMPERATURE, "a", 0.5);
        stated.add(SamplingKnob.TOP_K, "b", -1);
        stated.add(SamplingKnob.TOP_P, "c", 0.25);
        stated.add(SamplingKnob.MIN_P, "d", 0.125);
        stated.add(SamplingKnob.TYPICAL_P, "e", 0.75);
        stated.add(SamplingKnob.REPETITION_PENALTY, "f", 1.5);
        stated.add(SamplingKnob.REPETITION_WINDOW, "g", 9);
        SamplingParams.Builder params = SamplingParams.builder().topK(5);
        stated.get().applyTo(params);
        SamplingParams expected =
                SamplingParams.builder()
                        .temperature(0.5)
                        .topK(0)
                        .topP(0.25)
                        .minP(0.125)
                        .typicalP(0.75)
                        .repetitionPenalty(1.5)
                        .repetitionWindow(9)
                        .build();
        assertEquals(expected, params.build());
    }
}
