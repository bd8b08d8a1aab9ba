package dev.nightjar.engine.format.hf.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.engine.format.hf.ConfigCases;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.kernels.backend.ExpertRouting.Scoring;
import dev.nightjar.kernels.backend.ExpertRouting.Weights;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configurations of known models: no key of theirs is refused, and they mean what they should. */
class KnownConfigsTest {

    private static ModelConfig read(String name) throws IOException {
        HfConfig config = ConfigCases.all().get(name);
        ModelConfig model = Families.of(config).config(config);
        config.refuseUnknownKeys();
        return model;
    }

    @Test
    void allAreAccepted() throws IOException {
        for (Map.Entry<String, HfConfig> entry : ConfigCases.all().entrySet()) {
            assertTrue(read(entry.getKey()).numLayers() > 0, entry.getKey());
        }
    }

    @Test
    void llama() throws IOException {
        ModelConfig config = read("llama-3.1-8b");
        assertEquals(128, config.headDim());
        assertEquals(8, config.numKvHeads());
        assertEquals(64, config.rope().divisors().size());
        assertEquals(1, config.rope().divisors().getFirst());
        assertEquals(8, config.rope().divisors().getLast());
    }

    @Test
    void windowsAndRotation() throws IOException {
        assertTrue(read("qwen2.5-7b").slidingWindow().isEmpty());
        assertEquals(96, read("phi-4-mini").rope().rotaryDim());
        ModelConfig gemma = read("gemma-2-27b");
        assertEquals(4096, gemma.windowOf(0));
        assertEquals(0, gemma.windowOf(1));
        assertEquals(1.0 / 12, gemma.attentionScale(), 1e-12);
        assertEquals(4096, read("starcoder2-7b").windowOf(7));
        ModelConfig gptOss = read("gpt-oss-20b");
        assertEquals(128, gptOss.windowOf(2));
        assertEquals(0, gptOss.windowOf(3));
    }

    @Test
    void latentAttention() throws IOException {
        ModelConfig lite = read("deepseek-v2-lite");
        double magnitude = 1 + 0.1 * 0.707 * Math.log(40);
        assertEquals(magnitude * magnitude / Math.sqrt(192), lite.attentionScale(), 1e-12);
        RopeScaling.Yarn yarn = (RopeScaling.Yarn) lite.rope().scaling();
        assertEquals(1, yarn.attentionFactor(), 1e-12);
        assertEquals(0, lite.latentAttention().orElseThrow().queryRank());
        ExpertsConfig experts = lite.experts().orElseThrow();
        assertEquals(Weights.SCORES, experts.routing().weights());
        assertEquals(2816, experts.sharedSize());
        assertEquals(1, experts.leadingDenseLayers());
        assertEquals(163_840, lite.maxPositions());
    }

    @Test
    void groupsOfExperts() throws IOException {
        ModelConfig v3 = read("deepseek-v3");
        ExpertsConfig experts = v3.experts().orElseThrow();
        assertEquals(Scoring.SIGMOID, experts.routing().scoring());
        assertEquals(Weights.NORMALIZED, experts.routing().weights());
        assertEquals(2.5f, experts.routing().scale());
        assertEquals(8, experts.routing().numGroups());
        assertEquals(4, experts.routing().numGroupsUsed());
        assertEquals(1536, v3.latentAttention().orElseThrow().queryRank());
    }

    @Test
    void oneHeadOfKeys() throws IOException {
        ModelConfig falcon = read("falcon-7b");
        assertEquals(1, falcon.numKvHeads());
        assertEquals(64, falcon.headDim());
        assertEquals(4 * 4544, falcon.intermediateSize());
    }
}
