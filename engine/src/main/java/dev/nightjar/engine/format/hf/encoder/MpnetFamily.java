package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.RelativePositions;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.NameTableBuilder;
import dev.nightjar.engine.format.hf.Requirements;

/**
 * MPNet, <a href="https://arxiv.org/abs/2004.09297">arXiv:2004.09297</a>: RoBERTa without token
 * types and with biases by distance beside its table of positions; classifiers are RoBERTa's.
 */
final class MpnetFamily implements EncoderFamily {

    /** Not keys of its configuration, or without effect where they are. */
    private static final RelativePositions RELATIVE = new RelativePositions(32, 128);

    /** Behind the padding token, whose id is 1 whatever the configuration says. */
    private static final int OFFSET = 2;

    @Override
    public EncoderConfig config(HfConfig config, SentencePipeline pipeline) {
        Requirements.number(config, "relative_attention_num_buckets", RELATIVE.numBuckets());
        return EncoderSizes.BERT
                .read(config, pipeline, OFFSET)
                .normEps(BertFamily.eps(config))
                .relativePositions(RELATIVE)
                .build();
    }

    @Override
    public NameTable names(HfConfig config, EncoderConfig encoder) {
        String attention = BertFamily.LAYER + "attention.";
        NameTableBuilder names = NameTable.builder().prefixes("mpnet.");
        BertFamily.norm(names, attention + "LayerNorm", "blk.#.attn_output_norm");
        BertFamily.aroundAttention(names)
                .rename("encoder.relative_attention_bias.weight", "attn_rel_b.weight")
                .rename(attention + "attn.q.*", "blk.#.attn_q.*")
                .rename(attention + "attn.k.*", "blk.#.attn_k.*")
                .rename(attention + "attn.v.*", "blk.#.attn_v.*")
                .rename(attention + "attn.o.*", "blk.#.attn_output.*");
        return RobertaFamily.behindPadding(names, OFFSET, encoder).build();
    }
}
