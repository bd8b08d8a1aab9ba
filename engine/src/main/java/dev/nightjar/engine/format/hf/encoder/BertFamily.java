package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.NameTableBuilder;

/** BERT; its classifiers stand on the pooler. */
final class BertFamily implements EncoderFamily {

    static final String LAYER = "encoder.layer.#.";

    private static final int MAX_TYPES = 1 << 16;

    @Override
    public EncoderConfig config(HfConfig config, SentencePipeline pipeline) {
        return EncoderSizes.BERT
                .read(config, pipeline, 0)
                .numTokenTypes(types(config))
                .normEps(eps(config))
                .build();
    }

    static int types(HfConfig config) {
        return config.optionalSize(MAX_TYPES, "type_vocab_size").orElse(2);
    }

    static double eps(HfConfig config) {
        return config.positive(1e-12, "layer_norm_eps");
    }

    @Override
    public NameTable names(HfConfig config, EncoderConfig encoder) {
        NameTableBuilder names =
                layers(NameTable.builder().prefixes("bert."))
                        .rename("embeddings.position_embeddings.weight", "position_embd.weight")
                        .ignoreBelow("cls.predictions.", "cls.seq_relationship.");
        if (encoder.pooling() == Pooling.RANK) {
            names.rename("pooler.dense.*", "cls.*").rename("classifier.*", "cls.output.*");
        } else {
            names.ignore("pooler.dense.weight", "pooler.dense.bias");
        }
        return names.build();
    }

    /** What BERT and RoBERTa name alike. */
    static NameTableBuilder layers(NameTableBuilder names) {
        String attention = LAYER + "attention.";
        return norm(
                        aroundAttention(names),
                        attention + "output.LayerNorm",
                        "blk.#.attn_output_norm")
                .rename("embeddings.token_type_embeddings.weight", "token_types.weight")
                .rename(attention + "self.query.*", "blk.#.attn_q.*")
                .rename(attention + "self.key.*", "blk.#.attn_k.*")
                .rename(attention + "self.value.*", "blk.#.attn_v.*")
                .rename(attention + "output.dense.*", "blk.#.attn_output.*");
    }

    /** What MPNet names like them too: embeddings and feed-forward layers. */
    static NameTableBuilder aroundAttention(NameTableBuilder names) {
        return norm(
                        norm(names, "embeddings.LayerNorm", "token_embd_norm"),
                        LAYER + "output.LayerNorm",
                        "blk.#.layer_output_norm")
                .ignore("embeddings.position_ids", "embeddings.token_type_ids")
                .rename("embeddings.word_embeddings.weight", "token_embd.weight")
                .rename(LAYER + "intermediate.dense.*", "blk.#.ffn_up.*")
                .rename(LAYER + "output.dense.*", "blk.#.ffn_down.*");
    }

    /** The oldest files have other names for the weights of norms. */
    static NameTableBuilder norm(NameTableBuilder names, String from, String to) {
        return names.rename(from + ".*", to + ".*")
                .rename(from + ".gamma", to + ".weight")
                .rename(from + ".beta", to + ".bias");
    }
}
