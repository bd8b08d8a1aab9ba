package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.NameTableBuilder;

/**
 * RoBERTa, XLM-R, CamemBERT: positions begin behind the padding token's, and classifiers have a
 * layer of their own instead of the pooler.
 */
final class RobertaFamily implements EncoderFamily {

    private static final int DEFAULT_PADDING = 1;

    @Override
    public EncoderConfig config(HfConfig config, SentencePipeline pipeline) {
        return EncoderSizes.BERT
                .read(config, pipeline, offset(config))
                .numTokenTypes(BertFamily.types(config))
                .normEps(BertFamily.eps(config))
                .build();
    }

    /** Rows of the table of positions that no token has: up to the padding's, inclusive. */
    private static int offset(HfConfig config) {
        long padding = config.fields().optionalInteger("pad_token_id").orElse(DEFAULT_PADDING);
        if (padding < 0 || padding > HfConfig.MAX_SIZE) {
            throw config.fields().error("pad_token_id", "expected a token id, found " + padding);
        }
        return (int) padding + 1;
    }

    @Override
    public NameTable names(HfConfig config, EncoderConfig encoder) {
        NameTableBuilder names = BertFamily.layers(NameTable.builder().prefixes("roberta."));
        return behindPadding(names, offset(config), encoder).build();
    }

    /** The table of positions without the rows that no token has, and the head. */
    static NameTableBuilder behindPadding(
            NameTableBuilder names, int offset, EncoderConfig encoder) {
        return names.change(
                        "embeddings.position_embeddings.weight",
                        "position_embd.weight",
                        table -> table.slice(offset, encoder.positionRows()))
                .ignore("pooler.dense.weight", "pooler.dense.bias")
                .ignoreBelow("lm_head.")
                .rename("classifier.dense.*", "cls.*")
                .rename("classifier.out_proj.*", "cls.output.*");
    }
}
