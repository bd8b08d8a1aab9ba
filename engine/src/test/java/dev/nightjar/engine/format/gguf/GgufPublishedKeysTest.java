package dev.nightjar.engine.format.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.engine.format.LatentAttention;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.QueryTemperature;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.kernels.backend.ExpertRouting.Scoring;
import dev.nightjar.kernels.tensor.DType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Configurations with the keys that published files have, and what must come of them. */
class GgufPublishedKeysTest {

    private final GgufWriter writer = new GgufWriter();
    private String architecture;

    private void model(String name, int layers, int hiddenSize, int feedForward, int heads) {
        architecture = name;
        writer.string("general.architecture", name)
                .string("general.type", "model")
                .string("tokenizer.ggml.model", "no_vocab");
        uint("block_count", layers);
        uint("context_length", 131072);
        uint("embedding_length", hiddenSize);
        uint("feed_forward_length", feedForward);
        uint("attention.head_count", heads);
        uint("vocab_size", 32000);
        number("attention.layer_norm_rms_epsilon", 1e-5);
    }

    private void uint(String suffix, int value) {
        writer.uint32(architecture + "." + suffix, value);
    }

    private void number(String suffix, double value) {
        writer.float32(architecture + "." + suffix, value);
    }

    private void text(String suffix, String value) {
        writer.string(architecture + "." + suffix, value);
    }

    private ModelConfig read() {
        return GgufModelConfig.read(writer.toFile());
    }

    @Test
    void ministral3() {
        model("mistral3", 26, 3072, 9216, 32);
        uint("attention.key_length", 128);
        uint("attention.value_length", 128);
        uint("rope.dimension_count", 128);
        number("rope.freq_base", 1e6);
        text("rope.scaling.type", "yarn");
        number("rope.scaling.factor", 16);
        uint("rope.scaling.original_context_length", 16384);
        number("rope.scaling.yarn_beta_fast", 32);
        number("rope.scaling.yarn_beta_slow", 1);
        number("rope.scaling.yarn_log_multiplier", 1);
        number("attention.temperature_scale", 0.5);
        ModelConfig config = read();
        assertEquals(Optional.of(new QueryTemperature(0.5, 16384)), config.queryTemperature());
        assertEquals(new RopeScaling.Yarn(16, 16384, 1, 32, 1, 1), config.rope().scaling());
    }

    @Test
    void temperatureGrowsByWholeLengths() {
        QueryTemperature temperature = new QueryTemperature(0.5, 10);
        assertEquals(1, temperature.factor(9));
        assertEquals(1 + 0.5 * Math.log(2), temperature.factor(19));
        assertEquals(1 + 0.5 * Math.log(3), temperature.factor(20));
    }

    @Test
    void temperatureOfPartlyRotatedHeadsIsRefused() {
        model("mistral3", 2, 64, 64, 2);
        uint("rope.dimension_count", 16);
        number("attention.temperature_scale", 0.5);
        var error = assertThrows(GgufFormatException.class, this::read);
        assertEquals("mistral3.attention.temperature_scale", error.field());
    }

    @Test
    void deepSeekV3WithPredictionLayer() {
        model("deepseek2", 62, 7168, 18432, 128);
        deepSeek();
        uint("nextn_predict_layers", 1);
        uint("attention.q_lora_rank", 1536);
        uint("attention.key_length", 576);
        uint("attention.value_length", 512);
        uint("attention.key_length_mla", 192);
        uint("attention.value_length_mla", 128);
        ModelConfig config = read();
        assertEquals(61, config.numLayers());
        assertEquals(1, config.numPredictLayers());
        assertEquals(
                Optional.of(new LatentAttention(1536, 512, 128, 64, 128)),
                config.latentAttention());
        double magnitude = 1 + 0.1 * Math.log(40);
        assertEquals(magnitude * magnitude / Math.sqrt(192), config.attentionScale(), 1e-6);
    }

    private void deepSeek() {
        uint("attention.head_count_kv", 1);
        uint("attention.kv_lora_rank", 512);
        uint("rope.dimension_count", 64);
        text("rope.scaling.type", "yarn");
        number("rope.scaling.factor", 40);
        uint("rope.scaling.original_context_length", 4096);
        number("rope.scaling.yarn_log_multiplier", 0.1);
    }

    /** From before keys and values were split. */
    @Test
    void olderDeepSeek() {
        model("deepseek2", 27, 2048, 10944, 16);
        deepSeek();
        uint("attention.key_length", 192);
        uint("attention.value_length", 128);
        assertEquals(
                Optional.of(new LatentAttention(0, 512, 128, 64, 128)), read().latentAttention());
    }

    /** OLMo 3: the factor that its configuration repeats, and windows that are not stretched. */
    @Test
    void olmo3() {
        model("olmo2", 32, 4096, 11008, 32);
        uint("attention.sliding_window", 4096);
        number("rope.freq_base", 500_000);
        text("rope.scaling.type", "yarn");
        number("rope.scaling.factor", 8);
        uint("rope.scaling.original_context_length", 8192);
        number("rope.scaling.yarn_attn_factor", 1.2079441541679836);
        ModelConfig config = read();
        assertEquals(4096, config.windowOf(2));
        assertEquals(0, config.windowOf(3));
        assertEquals(new RopeScaling.None(), config.ropeOf(2).scaling());
        assertEquals(500_000, config.ropeOf(2).theta());
        assertInstanceOf(RopeScaling.Yarn.class, config.ropeOf(3).scaling());
    }

    @Test
    void anotherYarnFactorIsRefused() {
        model("olmo2", 32, 4096, 11008, 32);
        text("rope.scaling.type", "yarn");
        number("rope.scaling.factor", 8);
        number("rope.scaling.yarn_attn_factor", 2);
        var error = assertThrows(GgufFormatException.class, this::read);
        assertEquals("olmo2.rope.scaling.yarn_attn_factor", error.field());
    }

    /** Files of the first days do not state the window. */
    @Test
    void firstFilesOfGemma2() {
        model("gemma2", 42, 3584, 14336, 16);
        assertEquals(4096, read().windowOf(0));
        assertEquals(0, read().windowOf(1));
    }

    /** Nor how wide an expert is. */
    @Test
    void firstFilesOfQwenWithExperts() {
        model("qwen2moe", 24, 2048, 5632, 16);
        uint("expert_count", 60);
        uint("expert_used_count", 4);
        ExpertsConfig experts = read().experts().orElseThrow();
        assertEquals(1408, experts.expertSize());
        assertEquals(5632, experts.sharedSize());
        assertEquals(Scoring.SOFTMAX, experts.routing().scoring());
    }

    /** All layers of the short models have it. */
    @Test
    void windowOfPhi3() {
        model("phi3", 32, 3072, 8192, 32);
        uint("attention.sliding_window", 2047);
        uint("rope.scaling.original_context_length", 4096);
        assertEquals(2047, read().windowOf(31));
    }

    /** A window of 0 means none. */
    @Test
    void phi4HasNoWindow() {
        model("phi3", 40, 5120, 17920, 40);
        uint("attention.sliding_window", 0);
        assertEquals(0, read().windowOf(0));
    }

    /** The type is stated beside the tensors that make it LongRoPE, or without them. */
    @Test
    void longRopeByName() {
        model("llama", 2, 8, 16, 2);
        text("rope.scaling.type", "longrope");
        assertEquals(new RopeScaling.None(), read().rope().scaling());
        writer.floatTensor("rope_factors_short.weight", new float[] {1, 2}, 2);
        writer.floatTensor("rope_factors_long.weight", new float[] {3, 4}, 2);
        assertInstanceOf(RopeScaling.LongRope.class, read().rope().scaling());
    }

    /** Gemma 3 under the names that another converter gives its bases. */
    @Test
    void basesByAnotherName() {
        model("gemma3", 26, 1152, 6912, 4);
        uint("attention.sliding_window", 512);
        number("rope.global.freq_base", 1e6);
        number("rope.local.freq_base", 20_000);
        ModelConfig config = read();
        assertEquals(1e6, config.ropeOf(5).theta());
        assertEquals(20_000, config.ropeOf(0).theta());
    }

    /** Fine-tunes added tokens and kept the old number. */
    @Test
    void rowsOfTheEmbeddingCount() {
        model("llama", 2, 8, 16, 2);
        writer.zeros("token_embd.weight", DType.F32, 32002, 8);
        assertEquals(32002, read().vocabSize());
    }

    @Test
    void expertsAloneNeedNoDenseWidth() {
        GgufWriter qwen =
                new GgufWriter()
                        .string("general.architecture", "qwen3moe")
                        .uint32("qwen3moe.block_count", 48)
                        .uint32("qwen3moe.context_length", 32768)
                        .uint32("qwen3moe.embedding_length", 2048)
                        .uint32("qwen3moe.attention.head_count", 32)
                        .uint32("qwen3moe.attention.head_count_kv", 4)
                        .uint32("qwen3moe.attention.key_length", 128)
                        .uint32("qwen3moe.attention.value_length", 128)
                        .float32("qwen3moe.attention.layer_norm_rms_epsilon", 1e-6)
                        .uint32("qwen3moe.vocab_size", 151936)
                        .uint32("qwen3moe.expert_count", 128)
                        .uint32("qwen3moe.expert_used_count", 8)
                        .uint32("qwen3moe.expert_feed_forward_length", 768);
        ExpertsConfig experts = GgufModelConfig.read(qwen.toFile()).experts().orElseThrow();
        assertEquals(768, experts.expertSize());
        assertTrue(experts.routing().numUsed() == 8 && experts.sharedSize() == 0);
    }

    /** No key tells the two sizes apart. */
    @Test
    void baichuan() {
        model("baichuan", 32, 4096, 11008, 32);
        assertEquals(128, read().rope().rotaryDim());
        assertEquals(0, read().maxAlibiBias());
    }

    @Test
    void largeBaichuanHasLinearBiases() {
        model("baichuan", 40, 5120, 13696, 40);
        assertEquals(0, read().rope().rotaryDim());
        assertEquals(8, read().maxAlibiBias());
    }

    @Test
    void olderMiniCpmStatesNoFactors() {
        model("minicpm", 40, 2304, 5760, 36);
        ModelConfig config = read();
        assertEquals(12, config.embeddingScale());
        assertEquals(1.4 / Math.sqrt(40), config.residualScale());
        assertEquals(256.0 / 2304, config.logitScale(), 1e-12);
    }

    /** GLM-4.5-Air: the layer behind the last one is not run; experts by sigmoid without a key. */
    @Test
    void glm4Moe() {
        model("glm4moe", 47, 4096, 10944, 96);
        uint("attention.head_count_kv", 8);
        uint("attention.key_length", 128);
        uint("attention.value_length", 128);
        uint("rope.dimension_count", 64);
        uint("expert_count", 128);
        uint("expert_used_count", 8);
        uint("expert_group_count", 1);
        uint("expert_group_used_count", 1);
        uint("expert_feed_forward_length", 1408);
        uint("expert_shared_count", 1);
        uint("leading_dense_block_count", 1);
        uint("nextn_predict_layers", 1);
        writer.bool("glm4moe.expert_weights_norm", true);
        ModelConfig config = read();
        assertEquals(46, config.numLayers());
        assertEquals(Scoring.SIGMOID, config.experts().orElseThrow().routing().scoring());
        assertEquals(1408, config.experts().orElseThrow().sharedSize());
    }

    /** Ling 2.0 states the width of each of its shared experts. */
    @Test
    void sharedExpertsByWidthAndCount() {
        model("bailingmoe2", 20, 2048, 5120, 16);
        uint("expert_count", 256);
        uint("expert_used_count", 8);
        uint("expert_feed_forward_length", 512);
        uint("expert_shared_feed_forward_length", 512);
        uint("expert_shared_count", 2);
        uint("expert_gating_func", 2);
        assertEquals(1024, read().experts().orElseThrow().sharedSize());
    }

    /** The dense models of Hunyuan are said to have one expert. */
    @Test
    void oneExpertIsNone() {
        model("hunyuan-dense", 32, 4096, 14336, 32);
        uint("expert_count", 1);
        uint("expert_used_count", 1);
        assertTrue(read().experts().isEmpty());
    }

    @Test
    void qwen1CountsGateAndUpTogether() {
        model("qwen", 32, 4096, 22016, 32);
        assertEquals(11008, read().intermediateSize());
    }

    /** Of a model that sees too, the text part. */
    @Test
    void sectionsOfImagesSayNothingAboutText() {
        model("qwen2vl", 28, 3584, 18944, 28);
        writer.ints("qwen2vl.rope.dimension_sections", 16, 24, 24, 0);
        assertEquals(128, read().rope().rotaryDim());
    }

    @Test
    void aFurtherSectionIsRefused() {
        model("qwen2vl", 28, 3584, 18944, 28);
        writer.ints("qwen2vl.rope.dimension_sections", 16, 24, 16, 8);
        var error = assertThrows(GgufFormatException.class, this::read);
        assertEquals("qwen2vl.rope.dimension_sections", error.field());
    }
}
