package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;
import java.util.Optional;

/**
 * RoBERTa, XLM-R, CamemBERT: positions begin behind the padding token's, and classifiers have a
 * layer of their own instead of the pooler.
 */
final class RobertaFamily implements EncoderFamily {

    private static final int DEFAULT_PADDING = 1;

    @Override
    public EncoderConfig config(HfConfig config, SentencePipeline pipeline) {
        return EncoderSizes.BERT.read(
                config,
                pipeline,
                BertFamily.types(config),
                BertFamily.eps(config),
                offset(config),
                Optional.empty());
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
        int offset = offset(config);
        return BertFamily.layers(NameTable.builder().prefixes("roberta."))
                .change(
                        "embeddings.position_embeddings.weight",
                        "position_embd.weight",
                        table -> table.slice(offset, encoder.positionRows()))
                .ignore("pooler.dense.weight", "pooler.dense.bias")
                .ignoreBelow("lm_head.")
                .rename("classifier.dense.*", "cls.*")
                .rename("classifier.out_proj.*", "cls.output.*")
                .build();
    }
}
