package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.ModelConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses a checkpoint whose hyper-parameters ask for something that {@link ModelConfig} cannot
 * express (other attention, recurrent layers, further inputs): a wrong result would be worse than
 * none. A key {@code A.*} that is not known here is refused too, unless it says nothing: 0, false,
 * an empty string, or an array of these.
 */
final class GgufUnsupportedKeys {
    private static final int MAX_SHOWN = 8;
    private static final int MAX_TEXT = 40;

    /** Read by {@link GgufModelConfig} and {@link GgufRopeConfig}. */
    private static final Set<String> READ =
            Set.of(
                    "vocab_size",
                    "context_length",
                    "embedding_length",
                    "block_count",
                    "feed_forward_length",
                    "attention.head_count",
                    "attention.head_count_kv",
                    "attention.key_length",
                    "attention.value_length",
                    "attention.layer_norm_rms_epsilon",
                    "attention.layer_norm_epsilon",
                    "attention.sliding_window",
                    "attention.sliding_window_pattern",
                    "attention.scale",
                    "attention.clamp_kqv",
                    "attention.max_alibi_bias",
                    "attention.temperature_scale",
                    "attention.temperature_length",
                    "attention.q_lora_rank",
                    "attention.kv_lora_rank",
                    "attention.key_length_mla",
                    "attention.value_length_mla",
                    "attn_logit_softcapping",
                    "final_logit_softcapping",
                    "embedding_scale",
                    "residual_scale",
                    "logit_scale",
                    "use_parallel_residual",
                    "expert_count",
                    "expert_used_count",
                    "expert_feed_forward_length",
                    "expert_shared_feed_forward_length",
                    "expert_shared_count",
                    "expert_gating_func",
                    "expert_weights_norm",
                    "expert_weights_scale",
                    "expert_group_count",
                    "expert_group_used_count",
                    "leading_dense_block_count",
                    "nextn_predict_layers",
                    "rope.freq_base_swa",
                    "rope.global.freq_base",
                    "rope.local.freq_base",
                    "rope.scaling.finetuned",
                    "rope.dimension_count",
                    "rope.freq_base",
                    "rope.scale_linear",
                    "rope.scaling.type",
                    "rope.scaling.factor",
                    "rope.scaling.original_context_length",
                    "rope.scaling.attn_factor",
                    "rope.scaling.yarn_log_multiplier",
                    "rope.scaling.yarn_attn_factor",
                    "rope.scaling.yarn_ext_factor",
                    "rope.scaling.yarn_beta_fast",
                    "rope.scaling.yarn_beta_slow");

    /** Without effect on a decoder, or said by another key. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "tensor_data_layout",
                    "rope.dimension_count_swa",
                    "attention.key_length_swa",
                    "attention.value_length_swa",
                    "attention.group_norm_epsilon",
                    "pooling_type",
                    "decoder_start_token_id",
                    "expert_group_scale",
                    "interleave_moe_layer_step",
                    "moe_every_n_layers");

    /**
     * Models that see too. Where a token lies in an image is nothing that text has: all sections of
     * the rotation then turn by the same position, and no features of an image are added.
     */
    private static final Set<String> SEEING = Set.of("qwen2vl", "qwen3vl", "qwen3vlmoe");

    private static final String SECTIONS = "rope.dimension_sections";
    private static final String IMAGE_FEATURES = "n_deepstack_layers";
    private static final int NUM_SECTIONS = 3;

    /** Keys for which another value than 0 says nothing; of an array, if all elements are this. */
    private static final Map<String, Double> NEUTRAL =
            Map.of(
                    "attention.causal", 1.0,
                    "attention.output_scale", 1.0,
                    "attention.value_scale", 1.0,
                    "attention.rope_pattern", 1.0,
                    "deepstack_mapping", -1.0);

    private final GgufMetadata metadata;
    private final GgufKeys keys;
    private final boolean isSeeing;
    private final Set<String> read;

    private GgufUnsupportedKeys(GgufFile file, String architecture, Set<String> read) {
        this.read = read;
        this.metadata = file.metadata();
        this.isSeeing = SEEING.contains(architecture);
        this.keys = new GgufKeys(file, architecture);
    }

    /** As {@link #refuse(GgufFile, String, Set)} for a decoder. */
    static void refuse(GgufFile file, String architecture) {
        refuse(file, architecture, READ);
    }

    /**
     * Looks at every key of the architecture.
     *
     * @param read keys that are read, without the architecture
     * @throws GgufFormatException naming all keys that cannot be honoured
     */
    static void refuse(GgufFile file, String architecture, Set<String> read) {
        GgufUnsupportedKeys unsupported = new GgufUnsupportedKeys(file, architecture, read);
        GgufMetadata metadata = file.metadata();
        String prefix = architecture + ".";
        List<String> found =
                metadata.keys().stream()
                        .filter(key -> key.startsWith(prefix))
                        .filter(key -> !unsupported.isHarmless(key, key.substring(prefix.length())))
                        .toList();
        if (!found.isEmpty()) {
            throw metadata.error(
                    found.getFirst(),
                    "expected a plain %s, found %s; this variant is not supported, and ignoring its"
                                    .formatted(architecture, list(metadata, found))
                            + " keys would give wrong results");
        }
    }

    private static String list(GgufMetadata metadata, List<String> keys) {
        String shown =
                keys.stream()
                        .limit(MAX_SHOWN)
                        .map(key -> key + " = " + shorten(metadata.text(key)))
                        .collect(Collectors.joining(", "));
        int more = keys.size() - MAX_SHOWN;
        return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
    }

    private static String shorten(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    private boolean isHarmless(String key, String suffix) {
        return read.contains(suffix)
                || WITHOUT_EFFECT.contains(suffix)
                || isSeeing && isOfImages(key, suffix)
                || isNeutral(key, suffix);
    }

    /** Sections for time, height and width; a further one would turn by something else. */
    private boolean isOfImages(String key, String suffix) {
        return suffix.equals(IMAGE_FEATURES)
                || suffix.equals(SECTIONS)
                        && Arrays.stream(metadata.ints(key))
                                .skip(NUM_SECTIONS)
                                .allMatch(n -> n == 0);
    }

    private boolean isNeutral(String key, String suffix) {
        return switch (metadata.type(key).orElseThrow()) {
            case STRING ->
                    metadata.string(key).isEmpty()
                            || suffix.equals("hidden_activation") && isUsual(metadata.string(key));
            case BOOL -> isNeutral(suffix, metadata.bool(key) ? 1 : 0);
            case ARRAY -> isNeutralArray(key, suffix);
            default -> isNeutral(suffix, metadata.doubleValue(key));
        };
    }

    /** Activations that the architectures with this key have anyway. */
    private boolean isUsual(String activation) {
        return keys.name("").startsWith("gemma")
                ? activation.startsWith("gelu")
                : activation.equals("silu");
    }

    private boolean isNeutralArray(String key, String suffix) {
        GgufType type = metadata.elementType(key).orElseThrow();
        if (metadata.arrayLength(key).orElseThrow() == 0) {
            return true;
        }
        if (!type.isInteger() && !type.isFloat()) {
            return false;
        }
        for (float value : metadata.floats(key)) {
            if (!isNeutral(suffix, value)) {
                return false;
            }
        }
        return true;
    }

    private boolean isNeutral(String suffix, double value) {
        return suffix.equals("attention.causal")
                ? value == 1
                : value == 0 || NEUTRAL.getOrDefault(suffix, 0.0) == value;
    }
}
