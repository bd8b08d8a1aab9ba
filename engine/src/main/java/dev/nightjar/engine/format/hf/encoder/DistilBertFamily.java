package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.ScoreHead;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.Requirements;

/** DistilBERT: BERT without token types, under names of its own; classifiers have a ReLU. */
final class DistilBertFamily implements EncoderFamily {

    /** Not a key of its configuration. */
    private static final double EPS = 1e-12;

    private static final EncoderSizes SIZES =
            new EncoderSizes("dim", "hidden_dim", "n_layers", "n_heads", "activation");

    @Override
    public EncoderConfig config(HfConfig config, SentencePipeline pipeline) {
        Requirements.ignore(config, "qa_dropout", "seq_classif_dropout", "tie_weights_");
        return SIZES.read(config, pipeline, 0).normEps(EPS).head(ScoreHead.RELU).build();
    }

    @Override
    public NameTable names(HfConfig config, EncoderConfig encoder) {
        String layer = "transformer.layer.#.";
        return NameTable.builder()
                .prefixes("distilbert.")
                .ignore("embeddings.position_ids")
                .ignoreBelow("vocab_")
                .rename("embeddings.word_embeddings.weight", "token_embd.weight")
                .rename("embeddings.position_embeddings.weight", "position_embd.weight")
                .rename("embeddings.LayerNorm.*", "token_embd_norm.*")
                .rename(layer + "attention.q_lin.*", "blk.#.attn_q.*")
                .rename(layer + "attention.k_lin.*", "blk.#.attn_k.*")
                .rename(layer + "attention.v_lin.*", "blk.#.attn_v.*")
                .rename(layer + "attention.out_lin.*", "blk.#.attn_output.*")
                .rename(layer + "sa_layer_norm.*", "blk.#.attn_output_norm.*")
                .rename(layer + "ffn.lin1.*", "blk.#.ffn_up.*")
                .rename(layer + "ffn.lin2.*", "blk.#.ffn_down.*")
                .rename(layer + "output_layer_norm.*", "blk.#.layer_output_norm.*")
                .rename("pre_classifier.*", "cls.*")
                .rename("classifier.*", "cls.output.*")
                .build();
    }
}
