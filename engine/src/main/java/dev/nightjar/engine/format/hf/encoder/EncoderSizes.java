package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.EncoderConfigBuilder;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.kernels.backend.Activation;

/**
 * What families of encoders read alike under keys of their own.
 *
 * @param hiddenSize key of C
 * @param intermediateSize key of F
 * @param numLayers key of L
 * @param numHeads key of H
 * @param activation key of the activation
 */
record EncoderSizes(
        String hiddenSize,
        String intermediateSize,
        String numLayers,
        String numHeads,
        String activation) {

    static final EncoderSizes BERT =
            new EncoderSizes(
                    "hidden_size",
                    "intermediate_size",
                    "num_hidden_layers",
                    "num_attention_heads",
                    "hidden_act");

    private static final String POSITIONS = "max_position_embeddings";
    private static final int MAX_WIDTH = 1 << 20;
    private static final int MAX_POSITIONS = 1 << 17;

    /** The configuration without positions; the norm's addend and the rest are BERT's. */
    EncoderConfigBuilder read(HfConfig config, SentencePipeline pipeline) {
        Requirements.unset(config, "is_decoder");
        ignoreTraining(config);
        int width = config.size(MAX_WIDTH, hiddenSize);
        int heads = config.size(HfConfig.MAX_HEADS, numHeads);
        if (width % heads != 0) {
            throw config.fields()
                    .error(numHeads, "expected a divisor of %d, found %d".formatted(width, heads));
        }
        Pooling pooling = pipeline.pooling();
        ScoreLabels labels =
                pooling == Pooling.RANK ? ScoreLabels.read(config) : ScoreLabels.none();
        return EncoderConfig.builder(EncoderFamilies.ARCHITECTURE)
                .vocabSize(config.size(HfConfig.MAX_SIZE, "vocab_size"))
                .hiddenSize(width)
                .intermediateSize(config.size(MAX_WIDTH, intermediateSize))
                .numLayers(config.size(HfConfig.MAX_LAYERS, numLayers))
                .numHeads(heads)
                .activation(ActivationNames.read(config, activation, Activation.GELU))
                .pooling(pooling)
                .numScores(labels.names().size())
                .scoreKind(labels.kind())
                .labels(labels.names());
    }

    /**
     * As above, with a table of positions.
     *
     * @param offset rows of the table that no token has
     */
    EncoderConfigBuilder read(HfConfig config, SentencePipeline pipeline, int offset) {
        Requirements.text(config, "position_embedding_type", "absolute");
        Requirements.unset(config, "sinusoidal_pos_embds");
        int rows = config.size(MAX_POSITIONS, POSITIONS) - offset;
        if (rows < 1) {
            throw config.fields()
                    .error(
                            POSITIONS,
                            "expected more than the %d rows before the first position"
                                    .formatted(offset));
        }
        return read(config, pipeline)
                .positionRows(rows)
                .maxPositions(Math.min(rows, pipeline.maxTokens().orElse(rows)));
    }

    /** Most tokens of an input where no table limits them. */
    static int maxPositions(HfConfig config, SentencePipeline pipeline) {
        int stated = config.size(MAX_POSITIONS, POSITIONS);
        return Math.min(stated, pipeline.maxTokens().orElse(stated));
    }

    /** Keys about training, about heads of other tasks, and about names. */
    private static void ignoreTraining(HfConfig config) {
        Requirements.ignore(
                config,
                "attention_dropout",
                "attention_probs_dropout_prob",
                "directionality",
                "hidden_dropout_prob",
                "num_labels",
                "output_past",
                "pooler_fc_size",
                "pooler_num_attention_heads",
                "pooler_num_fc_layers",
                "pooler_size_per_head",
                "pooler_type",
                "sbert_ce_default_activation_function",
                "sentence_transformers",
                "tie_weights_");
    }
}
