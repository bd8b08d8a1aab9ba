package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonBoolean;
import dev.nightjar.engine.format.json.JsonValue.JsonDecimal;
import dev.nightjar.engine.format.json.JsonValue.JsonInteger;
import dev.nightjar.engine.format.json.JsonValue.JsonNull;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses a configuration whose family did not ask for one of its keys, if the key is not known to
 * be without effect on the result and says something: neither null, false, 0 nor empty.
 */
final class UnknownKeys {

    private static final int MAX_SHOWN = 8;

    /** About training, about how others compute, or about the files. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "_attn_implementation",
                    "_attn_implementation_autoset",
                    "_commit_hash",
                    "_name_or_path",
                    "_num_labels",
                    "add_cross_attention",
                    "architectures",
                    "attention_bias",
                    "attn_implementation",
                    "attn_config",
                    "auto_map",
                    "aux_loss_alpha",
                    "bad_words_ids",
                    "begin_suppress_tokens",
                    "bos_token_id",
                    "cache_implementation",
                    "chunk_size_feed_forward",
                    "decoder_start_token_id",
                    "do_sample",
                    "dtype",
                    "early_stopping",
                    "embd_layer",
                    "eos_token_id",
                    "ep_size",
                    "finetuning_task",
                    "forced_bos_token_id",
                    "forced_eos_token_id",
                    "gradient_checkpointing",
                    "id2label",
                    "image_token_id",
                    "initializer_range",
                    "is_decoder",
                    "is_encoder_decoder",
                    "is_llama_config",
                    "label2id",
                    "language",
                    "length_penalty",
                    "license",
                    "max_length",
                    "max_new_tokens",
                    "max_sequence_length",
                    "min_length",
                    "mlp_bias",
                    "model_type",
                    "moe_layer_freq_aux",
                    "name_or_path",
                    "no_repeat_ngram_size",
                    "num_beam_groups",
                    "num_beams",
                    "num_nextn_predict_layers",
                    "num_return_sequences",
                    "output_attentions",
                    "output_hidden_states",
                    "output_router_logits",
                    "output_scores",
                    "pad_token_id",
                    "prefix",
                    "pretraining_tp",
                    "problem_type",
                    "pruned_heads",
                    "qkv_bias",
                    "remove_invalid_values",
                    "repetition_penalty",
                    "return_dict",
                    "return_dict_in_generate",
                    "router_aux_loss_coef",
                    "router_jitter_noise",
                    "sep_token_id",
                    "seq_aux",
                    "suppress_tokens",
                    "task_specific_params",
                    "temperature",
                    "tie_encoder_decoder",
                    "tie_word_embeddings",
                    "tokenizer_class",
                    "top_k",
                    "top_p",
                    "torch_dtype",
                    "torchscript",
                    "transformers.js_config",
                    "transformers_version",
                    "typical_p",
                    "unsloth_fixed",
                    "unsloth_version",
                    "use_bfloat16",
                    "use_cache");

    /** The level around the text model of a model for several media. */
    private static final Set<String> ABOUT_OTHER_MEDIA =
            Set.of(
                    "text_config",
                    "vision_config",
                    "audio_config",
                    "boi_token_index",
                    "eoi_token_index",
                    "boi_token_id",
                    "eoi_token_id",
                    "image_token_index",
                    "mm_tokens_per_image",
                    "multimodal_projector_bias",
                    "projector_hidden_act",
                    "spatial_merge_size",
                    "vision_feature_layer");

    private UnknownKeys() {}

    static void refuse(HfConfig config) {
        List<String> unknown = unknown(config.fields().object(), config.fields().unasked());
        if (!unknown.isEmpty()) {
            throw config.fields().error(unknown.getFirst(), problem(config, unknown));
        }
        if (config.isPart()) {
            List<String> around =
                    unknown(config.root().object(), config.root().unasked()).stream()
                            .filter(key -> !ABOUT_OTHER_MEDIA.contains(key))
                            .toList();
            if (!around.isEmpty()) {
                throw config.root().error(around.getFirst(), problem(config, around));
            }
        }
    }

    private static String problem(HfConfig config, List<String> keys) {
        String shown = keys.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "));
        return ("expected keys that are known of model_type %s, found %s%s; ignoring what they ask for"
                        + " could give wrong results; remove them if they have no effect")
                .formatted(config.modelType(), shown, keys.size() > MAX_SHOWN ? " and more" : "");
    }

    private static List<String> unknown(JsonObject object, List<String> unasked) {
        Map<String, JsonValue> members = object.members();
        return unasked.stream()
                .filter(key -> !WITHOUT_EFFECT.contains(key) && !key.endsWith("dropout"))
                .filter(key -> !key.endsWith("_pdrop") && !saysNothing(members.get(key)))
                .toList();
    }

    private static boolean saysNothing(JsonValue value) {
        return switch (value) {
            case JsonNull none -> true;
            case JsonBoolean flag -> flag == JsonBoolean.FALSE;
            case JsonInteger integer -> integer.value() == 0;
            case JsonDecimal decimal -> decimal.value() == 0;
            case JsonString text -> text.value().isEmpty();
            case JsonArray array -> array.elements().isEmpty();
            case JsonObject object -> object.members().isEmpty();
        };
    }
}
