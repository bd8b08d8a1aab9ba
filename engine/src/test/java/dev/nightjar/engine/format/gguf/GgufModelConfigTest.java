package dev.nightjar.engine.format.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hyper-parameters are read, which are refused, and which key the error names. */
class GgufModelConfigTest {

    private static GgufWriter base() {
        return SyntheticLlama.config().uint32("llama.vocab_size", 6);
    }

    @Test
    void defaults() {
        ModelConfig config = GgufModelConfig.read(base().toFile());
        assertEquals(4, config.headDim());
        assertEquals(1, config.numKvHeads());
        assertEquals(
                new RopeConfig(RopeStyle.ADJACENT, 10_000, 4, List.of(), new RopeScaling.None()),
                config.rope());
    }

    @Test
    void vocabularySizeFromEmbeddingsThenKeyThenTokens() {
        GgufWriter tokens = SyntheticLlama.vocabulary(SyntheticLlama.config());
        assertEquals(6, GgufModelConfig.read(tokens.toFile()).vocabSize());
        tokens.uint32("llama.vocab_size", 8);
        assertEquals(8, GgufModelConfig.read(tokens.toFile()).vocabSize());
        tokens.zeros("token_embd.weight", DType.F32, 7, 8);
        assertEquals(7, GgufModelConfig.read(tokens.toFile()).vocabSize());
        var error = assertThrows(ModelFormatException.class, () -> read(SyntheticLlama.config()));
        assertTrue(error.getMessage().contains("llama.vocab_size"), error.getMessage());
    }

    @Test
    void headDimensionFromItsOwnKey() {
        GgufWriter writer =
                base().uint32("llama.attention.key_length", 16)
                        .uint32("llama.attention.value_length", 16);
        assertEquals(16, read(writer).headDim());
        assertEquals(16, read(writer).rope().rotaryDim());
        assertRefused(
                "llama.attention.value_length", base().uint32("llama.attention.value_length", 16));
    }

    @Test
    void valuesOfAllLayersMustAgree() {
        GgufWriter writer = twoLayers().ints("llama.attention.head_count", 2, 2);
        assertEquals(2, read(writer).numHeads());
        assertRefused(
                "llama.attention.head_count", twoLayers().ints("llama.attention.head_count", 2, 4));
        assertRefused(
                "llama.attention.head_count", twoLayers().ints("llama.attention.head_count", 2));
    }

    private static GgufWriter twoLayers() {
        return new GgufWriter()
                .string("general.architecture", "llama")
                .uint32("llama.vocab_size", 6)
                .uint32("llama.embedding_length", 8)
                .uint32("llama.feed_forward_length", 16)
                .uint32("llama.block_count", 2)
                .uint32("llama.context_length", 64)
                .float32("llama.attention.layer_norm_rms_epsilon", 1e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "llama.embedding_length, 0",
        "llama.embedding_length, 4294967295",
        "llama.feed_forward_length, 16777217",
        "llama.block_count, 4097",
        "llama.attention.head_count, 0",
        "llama.attention.head_count, 16385",
        "llama.attention.head_count, 3",
        "llama.attention.head_count_kv, 3",
        "llama.attention.head_count_kv, 0",
        "llama.context_length, 0",
        "llama.context_length, 16777217",
        "llama.vocab_size, 0",
        "llama.rope.dimension_count, 3",
        "llama.rope.dimension_count, 6",
        "llama.rope.dimension_count, 0",
    })
    void sizesOutOfRange(String key, long value) {
        assertRefused(key, change(key, value));
    }

    /** A file with every key of {@link #base} but with one value changed or added. */
    private static GgufWriter change(String key, long value) {
        GgufWriter writer = new GgufWriter().string("general.architecture", "llama");
        GgufMetadata metadata = base().toFile().metadata();
        for (String name : metadata.keys()) {
            boolean isSize = metadata.type(name).orElseThrow() == GgufType.UINT32;
            if (isSize && !name.equals(key)) {
                writer.uint32(name, metadata.longValue(name));
            }
        }
        return writer.float32("llama.attention.layer_norm_rms_epsilon", 1e-5).uint32(key, value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama.embedding_length",
                "llama.feed_forward_length",
                "llama.block_count",
                "llama.attention.head_count",
                "llama.context_length"
            })
    void missingSizes(String key) {
        GgufWriter writer = change("llama.unused", 0);
        GgufMetadata metadata = writer.toFile().metadata();
        GgufWriter without = new GgufWriter().string("general.architecture", "llama");
        for (String name : metadata.keys()) {
            boolean isSize = metadata.type(name).orElseThrow() == GgufType.UINT32;
            if (isSize && !name.equals(key)) {
                without.uint32(name, metadata.longValue(name));
            }
        }
        var error = assertThrows(ModelFormatException.class, () -> read(without));
        assertTrue(error.getMessage().contains(key + " is missing"), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void numbersOutOfRange(double value) {
        assertRefused("llama.rope.freq_base", base().float32("llama.rope.freq_base", value));
        assertRefused(
                "llama.rope.scaling.attn_factor",
                base().float32("llama.rope.scaling.attn_factor", value));
        assertRefused(
                "llama.rope.scaling.yarn_beta_fast",
                yarn(4).float32("llama.rope.scaling.yarn_beta_fast", value));
    }

    @Test
    void otherKindsOfFiles() {
        assertRefused("general.type", base().string("general.type", "adapter"));
        var error = assertThrows(ModelFormatException.class, () -> read(new GgufWriter()));
        assertTrue(error.getMessage().contains("general.architecture"), error.getMessage());
    }

    @Test
    void linearScaling() {
        assertEquals(
                new RopeScaling.Linear(4), scaling(base().float32("llama.rope.scaling.factor", 4)));
        assertEquals(
                new RopeScaling.Linear(8), scaling(base().float32("llama.rope.scale_linear", 8)));
        assertEquals(
                new RopeScaling.Linear(4),
                scaling(
                        base().float32("llama.rope.scale_linear", 8)
                                .float32("llama.rope.scaling.factor", 4)));
        assertEquals(
                new RopeScaling.None(), scaling(base().float32("llama.rope.scaling.factor", 0)));
        assertEquals(
                new RopeScaling.None(),
                scaling(
                        base().string("llama.rope.scaling.type", "none")
                                .float32("llama.rope.scaling.factor", 4)));
    }

    private static GgufWriter yarn(double factor) {
        return base().string("llama.rope.scaling.type", "yarn")
                .float32("llama.rope.scaling.factor", factor);
    }

    @Test
    void yarnScaling() {
        double magnitude = 1 + 0.1 * Math.log(4);
        assertEquals(new RopeScaling.Yarn(4, 64, magnitude, 32, 1, 1), scaling(yarn(4)));
        assertEquals(
                new RopeScaling.Yarn(4, 16, 2 * magnitude, 8, 2, 0.5),
                scaling(
                        yarn(4).uint32("llama.rope.scaling.original_context_length", 16)
                                .float32("llama.rope.scaling.attn_factor", 2)
                                .float32("llama.rope.scaling.yarn_beta_fast", 8)
                                .float32("llama.rope.scaling.yarn_beta_slow", 2)
                                .float32("llama.rope.scaling.yarn_ext_factor", 0.5)));
        assertEquals(
                new RopeScaling.Yarn(4, 64, 1, 32, 1, 1),
                scaling(yarn(4).float32("llama.rope.scaling.yarn_log_multiplier", 1)));
        assertEquals(
                new RopeScaling.Yarn(4, 64, magnitude, 32, 1, 1),
                scaling(yarn(4).float32("llama.rope.scaling.yarn_ext_factor", -1)));
        assertEquals(
                new RopeScaling.Yarn(4, 64, 1, 32, 1, 0),
                scaling(yarn(4).float32("llama.rope.scaling.yarn_ext_factor", 0)));
        assertRefused("llama.rope.scaling.factor", yarn(0.5));
        assertRefused(
                "llama.rope.scaling.yarn_ext_factor",
                yarn(4).float32("llama.rope.scaling.yarn_ext_factor", 2));
    }

    @Test
    void scalingThatIsNotImplemented() {
        assertRefused("llama.rope.scaling.type", base().string("llama.rope.scaling.type", "wave"));
        assertRefused(
                "llama.rope.scaling.attn_factor",
                base().float32("llama.rope.scaling.factor", 4)
                        .float32("llama.rope.scaling.attn_factor", 1.2));
    }

    @Test
    void keysThatChangeTheResultAreRefused() {
        assertRefused("llama.attention.causal", base().bool("llama.attention.causal", false));
        assertRefused("llama.never_heard_of", base().uint32("llama.never_heard_of", 1));
        assertRefused("llama.rope.dimension_sections", sections(1, 0));
        assertRefused("llama.hidden_activation", base().string("llama.hidden_activation", "gelu"));
        assertRefused("llama.ssm.conv_kernel", base().uint32("llama.ssm.conv_kernel", 4));
    }

    @Test
    void factorsAndCaps() {
        ModelConfig config =
                read(
                        base().float32("llama.logit_scale", 0.5)
                                .float32("llama.attention.scale", 2)
                                .float32("llama.residual_scale", 3)
                                .float32("llama.embedding_scale", 4)
                                .float32("llama.attn_logit_softcapping", 50)
                                .float32("llama.final_logit_softcapping", 30));
        assertEquals(0.5, config.logitScale());
        assertEquals(2, config.attentionScale());
        assertEquals(3, config.residualScale());
        assertEquals(4, config.embeddingScale());
        assertEquals(50, config.attentionSoftCap());
        assertEquals(30, config.logitSoftCap());
    }

    @Test
    void slidingWindows() {
        ModelConfig all = read(base().uint32("llama.attention.sliding_window", 16));
        assertEquals(16, all.windowOf(0));
        ModelConfig second =
                read(
                        base().uint32("llama.attention.sliding_window", 16)
                                .uint32("llama.attention.sliding_window_pattern", 2));
        assertEquals(16, second.windowOf(0));
        assertEquals(0, second.windowOf(1));
        assertEquals(0, read(base()).windowOf(0));
    }

    @Test
    void experts() {
        GgufWriter writer =
                base().uint32("llama.expert_count", 8).uint32("llama.expert_used_count", 2);
        ExpertRouting routing = read(writer).experts().orElseThrow().routing();
        assertEquals(
                new ExpertRouting(
                        8, 2, ExpertRouting.Scoring.SOFTMAX, ExpertRouting.Weights.NORMALIZED, 1),
                routing);
        assertRefused(
                "llama.expert_used_count",
                base().uint32("llama.expert_count", 8).uint32("llama.expert_used_count", 9));
        assertRefused("llama.expert_gating_func", writer.uint32("llama.expert_gating_func", 9));
    }

    private static GgufWriter sections(int... values) {
        return base().ints("llama.rope.dimension_sections", values);
    }

    @Test
    void keysWithoutEffectAreNot() {
        read(
                sections(0, 0, 0, 0)
                        .uint32("llama.expert_count", 0)
                        .bool("llama.expert_weights_norm", true)
                        .float32("llama.logit_scale", 1)
                        .bool("llama.attention.causal", true)
                        .uint32("llama.attention.sliding_window", 64)
                        .string("llama.tensor_data_layout", "Meta AI original pth")
                        .string("llama.hidden_activation", "silu")
                        .bool("llama.use_parallel_residual", false)
                        .string("general.type", "model")
                        .uint32("qwen2.expert_count", 8));
    }

    @Test
    void allRefusedKeysAreListed() {
        GgufWriter writer =
                base().uint32("llama.never_heard_of", 8).float32("llama.wavelet_scale", 30);
        var error = assertRefused("llama.never_heard_of", writer);
        assertTrue(
                error.getMessage()
                        .contains("llama.never_heard_of = 8, llama.wavelet_scale = 30.0;"),
                error.getMessage());
    }

    private static ModelConfig read(GgufWriter writer) {
        return GgufModelConfig.read(writer.toFile());
    }

    private static RopeScaling scaling(GgufWriter writer) {
        return read(writer).rope().scaling();
    }

    private static GgufFormatException assertRefused(String key, GgufWriter writer) {
        var error = assertThrows(GgufFormatException.class, () -> read(writer));
        assertEquals(key, error.field(), error.getMessage());
        return error;
    }
}
