package dev.nightjar.engine.format.hf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.kernels.backend.RopeStyle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rope_type, with numbers worked out by hand or in Python from the published formulas. */
class RopeReaderTest {

    @Test
    void llama3BecomesDivisors() {
        RopeReader.Result result =
                read(
                        """
                        {"rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3",
                         "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                         "original_max_position_embeddings": 256}}""");
        List<Double> divisors = result.rope().divisors();
        // Waves of 6.3, 167, 4443 and 118147 positions: short, between 64 and 256, long, long.
        assertEquals(4, divisors.size());
        assertEquals(1.0, divisors.get(0), 1e-12);
        assertEquals(3.5685329633199854, divisors.get(1), 1e-12);
        assertEquals(8.0, divisors.get(2), 1e-12);
        assertEquals(8.0, divisors.get(3), 1e-12);
    }

    @Test
    void llama3BlendsBetween() {
        RopeReader.Result result =
                read(
                        """
                        {"rope_theta": 10000.0, "rope_scaling": {"rope_type": "llama3",
                         "factor": 4.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                         "original_max_position_embeddings": 1024}}""");
        // The third wave has 2 pi 100 positions: (1024 / 628.3 - 1) / 3 = 0.20991 of its own.
        double kept = (1024 / (2 * Math.PI * 100) - 1) / 3;
        assertEquals(1 / ((1 - kept) / 4 + kept), result.rope().divisors().get(2), 1e-12);
    }

    @Test
    void yarnHasItsMagnitude() {
        RopeScaling.Yarn yarn =
                assertInstanceOf(
                        RopeScaling.Yarn.class,
                        read("""
                                        {"rope_scaling": {"type": "yarn", "factor": 4.0,
                                         "original_max_position_embeddings": 512}}""")
                                .rope()
                                .scaling());
        assertEquals(1 + 0.1 * Math.log(4), yarn.attentionFactor(), 1e-12);
        assertEquals(512, yarn.originalMaxPositions());
        RopeScaling.Yarn ratio =
                assertInstanceOf(
                        RopeScaling.Yarn.class,
                        read("""
                                        {"rope_scaling": {"type": "yarn", "factor": 40.0,
                                         "mscale": 0.707, "mscale_all_dim": 0.707,
                                         "original_max_position_embeddings": 4096}}""")
                                .rope()
                                .scaling());
        assertEquals(1, ratio.attentionFactor(), 1e-12);
    }

    @Test
    void yarnReachesWhatItStretchesTo() {
        String scaling =
                """
                {"rope_scaling": {"rope_type": "yarn", "factor": 4.0%s,
                 "original_max_position_embeddings": 1024}}""";
        assertEquals(4096, read(scaling.formatted("")).maxPositions());
        assertEquals(
                1024, read(scaling.formatted(", \"llama_4_scaling_beta\": 0.1")).maxPositions());
    }

    @Test
    void longRopeTakesBothLists() {
        RopeScaling.LongRope scaling =
                assertInstanceOf(
                        RopeScaling.LongRope.class,
                        read("""
                                        {"original_max_position_embeddings": 128, "rope_scaling":
                                         {"type": "su", "short_factor": [1, 1.5, 2, 3],
                                          "long_factor": [1, 2, 4, 8]}}""")
                                .rope()
                                .scaling());
        assertEquals(List.of(1.0, 2.0, 4.0, 8.0), scaling.longFactors());
        assertEquals(List.of(1.0, 1.5, 2.0, 3.0), scaling.shortFactors());
        double expected = Math.sqrt(1 + Math.log(1024.0 / 128) / Math.log(128));
        assertEquals(expected, scaling.attentionFactor(), 1e-12);
    }

    @Test
    void dynamicStaysWithinItsContext() {
        RopeReader.Result result =
                read("{\"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2.0}}");
        assertInstanceOf(RopeScaling.None.class, result.rope().scaling());
        assertEquals(1024, result.maxPositions());
    }

    @Test
    void newerConfigurationsPutAllInOnePlace() {
        RopeReader.Result result =
                read(
                        """
                        {"rope_parameters": {"rope_type": "linear", "factor": 2.0,
                         "rope_theta": 5000.0, "partial_rotary_factor": 0.5}}""");
        assertEquals(5000, result.rope().theta());
        assertEquals(4, result.rope().rotaryDim());
        assertEquals(new RopeScaling.Linear(2), result.rope().scaling());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'rope_scaling': {'type': 'mrope', 'mrope_section': [1, 1, 2]}}",
                "{'rope_scaling': {'type': 'linear'}}",
                "{'rope_scaling': {'type': 'linear', 'factor': 0}}",
                "{'rope_scaling': {'type': 'linear', 'factor': 2, 'secret': 1}}",
                "{'rope_scaling': {'type': 'yarn', 'factor': 0.5}}",
                "{'rope_scaling': {'type': 'longrope', 'short_factor': [1], 'long_factor': [1]}}",
                "{'rope_theta': 1.0}",
                "{'partial_rotary_factor': 0.4}",
                "{'rope_scaling': 5}"
            })
    void whatIsNotUnderstoodIsRefused(String config) {
        assertThrows(ModelFormatException.class, () -> read(config.replace('\'', '"')));
    }

    /** Of a head of 8 and a context of 1024. */
    private static RopeReader.Result read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        HfConfig config = HfConfig.of("config.json", JsonReader.readObject(bytes, "config", 0));
        return RopeReader.read(config, RopeStyle.HALF_SPLIT, 8, 1024, 10_000);
    }
}
