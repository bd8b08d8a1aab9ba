package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.EncoderConfigBuilder;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.ScoreHead;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.NameTableBuilder;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.backend.Activation;
import java.util.Map;
import java.util.Optional;

/**
 * ModernBERT, <a href="https://arxiv.org/abs/2412.13663">arXiv:2412.13663</a>: norms before the
 * branches, rotations instead of a table of positions, gated feed-forward layers, and most layers
 * see only what is near. Biases are where the file has some, as a rule nowhere but at the scores.
 */
final class ModernBertFamily implements EncoderFamily {

    private static final String POOLING = "classifier_pooling";
    private static final EncoderSizes SIZES =
            new EncoderSizes(
                    "hidden_size",
                    "intermediate_size",
                    "num_hidden_layers",
                    "num_attention_heads",
                    "hidden_activation");

    @Override
    public EncoderConfig config(HfConfig config, SentencePipeline pipeline) {
        Requirements.ignore(
                config,
                "classifier_bias",
                "cls_token_id",
                "decoder_bias",
                "deterministic_flash_attn",
                "initializer_cutoff_factor",
                "layer_norm_eps",
                "norm_bias",
                "position_embedding_type",
                "reference_compile",
                "repad_logits_with_grad",
                "sep_token_id",
                "sparse_pred_ignore_index",
                "sparse_prediction");
        EncoderConfigBuilder builder =
                SIZES.read(config, pipeline)
                        .maxPositions(EncoderSizes.maxPositions(config, pipeline))
                        .normEps(config.positive(1e-5, "norm_eps"))
                        .isPreNorm(true)
                        .isGated(true)
                        .head(head(config));
        return new LayersByReach(config, builder.build()).addTo(builder).build();
    }

    private static ScoreHead head(HfConfig config) {
        String pooling = config.fields().optionalText(POOLING).orElse("cls");
        if (!pooling.equals("cls") && !pooling.equals("mean")) {
            throw config.fields().error(POOLING, "expected cls or mean, found " + pooling);
        }
        Activation activation =
                ActivationNames.read(config, "classifier_activation", Activation.GELU);
        return new ScoreHead(
                pooling.equals("mean") ? Pooling.MEAN : Pooling.CLS, Optional.of(activation), true);
    }

    @Override
    public NameTable names(HfConfig config, EncoderConfig encoder) {
        int rows = encoder.intermediateSize();
        NameTableBuilder names =
                NameTable.builder()
                        .prefixes("model.")
                        .ignoreBelow("decoder.")
                        .rename("embeddings.tok_embeddings.weight", "token_embd.weight")
                        .rename("embeddings.norm.*", "token_embd_norm.*")
                        .rename("final_norm.*", "output_norm.*")
                        .rename("layers.#.attn_norm.*", "blk.#.attn_norm.*")
                        .rename("layers.#.attn.Wqkv.*", "blk.#.attn_qkv.*")
                        .rename("layers.#.attn.Wo.*", "blk.#.attn_output.*")
                        .rename("layers.#.mlp_norm.*", "blk.#.ffn_norm.*")
                        .rename("layers.#.mlp.Wo.*", "blk.#.ffn_down.*");
        split(names, "weight", rows);
        split(names, "bias", rows);
        return encoder.pooling() == Pooling.RANK
                ? names.rename("head.dense.*", "cls.*")
                        .rename("head.norm.*", "cls.norm.*")
                        .rename("classifier.*", "cls.output.*")
                        .build()
                : names.ignoreBelow("head.").build();
    }

    /** The first rows are what is activated, the others what that is multiplied with. */
    private static void split(NameTableBuilder names, String kind, int rows) {
        names.expand(
                "layers.#.mlp.Wi." + kind,
                (tensor, name) ->
                        Map.of(
                                name.apply("blk.#.ffn_gate." + kind), half(tensor, 0, rows),
                                name.apply("blk.#.ffn_up." + kind), half(tensor, rows, rows)));
    }

    private static LazyTensor half(LazyTensor both, int from, int rows) {
        if (both.shape().dim(0) != 2L * rows) {
            throw new IllegalArgumentException(
                    "expected %d rows, found %d".formatted(2L * rows, both.shape().dim(0)));
        }
        return both.slice(from, rows);
    }
}
