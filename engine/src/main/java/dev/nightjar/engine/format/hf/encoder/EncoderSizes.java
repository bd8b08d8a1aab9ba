package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.hf.ActivationNames;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.kernels.backend.Activation;
import java.util.Optional;

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

    private static final int MAX_WIDTH = 1 << 20;
    private static final int MAX_POSITIONS = 1 << 17;

    /**
     * The configuration.
     *
     * @param numTokenTypes rows of the table of types; 0 if there is none
     * @param normEps added to the variance
     * @param offset rows of the table of positions that no token has
     * @param headActivation of the head; tanh when empty
     */
    EncoderConfig read(
            HfConfig config,
            SentencePipeline pipeline,
            int numTokenTypes,
            double normEps,
            int offset,
            Optional<Activation> headActivation) {
        refuseOthers(config);
        int width = config.size(MAX_WIDTH, hiddenSize);
        int heads = config.size(HfConfig.MAX_HEADS, numHeads);
        if (width % heads != 0) {
            throw config.fields()
                    .error(numHeads, "expected a divisor of %d, found %d".formatted(width, heads));
        }
        int rows = config.size(MAX_POSITIONS, "max_position_embeddings") - offset;
        if (rows < 1) {
            throw config.fields()
                    .error(
                            "max_position_embeddings",
                            "expected more than the %d rows before the first position"
                                    .formatted(offset));
        }
        Pooling pooling = pipeline.pooling();
        ScoreLabels labels =
                pooling == Pooling.RANK ? ScoreLabels.read(config) : ScoreLabels.none();
        return new EncoderConfig(
                EncoderFamilies.ARCHITECTURE,
                "",
                config.size(HfConfig.MAX_SIZE, "vocab_size"),
                numTokenTypes,
                rows,
                width,
                config.size(MAX_WIDTH, intermediateSize),
                config.size(HfConfig.MAX_LAYERS, numLayers),
                heads,
                normEps,
                Math.min(rows, pipeline.maxTokens().orElse(rows)),
                RopeConfig.none(),
                false,
                ActivationNames.read(config, activation, Activation.GELU),
                pooling,
                labels.names().size(),
                headActivation,
                labels.kind(),
                labels.names());
    }

    private static void refuseOthers(HfConfig config) {
        Requirements.text(config, "position_embedding_type", "absolute");
        Requirements.unset(config, "is_decoder", "sinusoidal_pos_embds");
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
