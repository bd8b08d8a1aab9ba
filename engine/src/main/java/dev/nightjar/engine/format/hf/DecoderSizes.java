package dev.nightjar.engine.format.hf;

import static dev.nightjar.engine.format.hf.HfConfig.MAX_HEADS;
import static dev.nightjar.engine.format.hf.HfConfig.MAX_HEAD_DIM;
import static dev.nightjar.engine.format.hf.HfConfig.MAX_LAYERS;
import static dev.nightjar.engine.format.hf.HfConfig.MAX_SIZE;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelConfigBuilder;

/**
 * The sizes that every decoder has, read from the keys that most families share.
 *
 * @param vocabSize {@code vocab_size}
 * @param hiddenSize {@code hidden_size}
 * @param intermediateSize {@code intermediate_size}
 * @param numLayers {@code num_hidden_layers}
 * @param numHeads {@code num_attention_heads}
 * @param numKvHeads {@code num_key_value_heads}; {@code numHeads} if absent
 * @param headDim {@code head_dim}; {@code hiddenSize / numHeads} if absent
 * @param maxPositions {@code max_position_embeddings}
 */
public record DecoderSizes(
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int numLayers,
        int numHeads,
        int numKvHeads,
        int headDim,
        int maxPositions) {

    /** Reads the usual keys. */
    public static DecoderSizes read(HfConfig config) {
        return read(config, config.size(MAX_SIZE, "intermediate_size"));
    }

    /** Reads the usual keys but {@code intermediate_size}. */
    public static DecoderSizes read(HfConfig config, int intermediateSize) {
        int maxPositions = config.size(MAX_SIZE, "max_position_embeddings", "n_positions", "n_ctx");
        return read(config, intermediateSize, maxPositions);
    }

    /** Reads the usual keys but {@code intermediate_size} and {@code max_position_embeddings}. */
    public static DecoderSizes read(HfConfig config, int intermediateSize, int maxPositions) {
        int hiddenSize = config.size(MAX_SIZE, "hidden_size", "n_embd", "n_embed");
        int numHeads = config.size(MAX_HEADS, "num_attention_heads", "n_head");
        return new DecoderSizes(
                config.size(MAX_SIZE, "vocab_size"),
                hiddenSize,
                intermediateSize,
                config.size(MAX_LAYERS, "num_hidden_layers", "n_layer"),
                numHeads,
                numKvHeads(config, numHeads),
                headDim(config, hiddenSize, numHeads),
                maxPositions);
    }

    /** Starts a configuration with these sizes. */
    public ModelConfigBuilder builder(String architecture, HfConfig config) {
        return ModelConfig.builder(architecture)
                .name(config.root().optionalText("_name_or_path").orElse(""))
                .vocabSize(vocabSize)
                .hiddenSize(hiddenSize)
                .intermediateSize(intermediateSize)
                .numLayers(numLayers)
                .numHeads(numHeads)
                .numKvHeads(numKvHeads)
                .headDim(headDim)
                .maxPositions(maxPositions);
    }

    /** The same with another context. */
    public DecoderSizes withMaxPositions(int value) {
        return new DecoderSizes(
                vocabSize,
                hiddenSize,
                intermediateSize,
                numLayers,
                numHeads,
                numKvHeads,
                headDim,
                value);
    }

    private static int numKvHeads(HfConfig config, int numHeads) {
        int numKvHeads = config.optionalSize(MAX_HEADS, "num_key_value_heads").orElse(numHeads);
        if (numHeads % numKvHeads != 0) {
            throw config.fields()
                    .error(
                            "num_key_value_heads",
                            "expected a divisor of the %d query heads, found %d"
                                    .formatted(numHeads, numKvHeads));
        }
        return numKvHeads;
    }

    private static int headDim(HfConfig config, int hiddenSize, int numHeads) {
        int implied = hiddenSize / numHeads;
        if (!config.fields().contains("head_dim")
                && (hiddenSize % numHeads != 0 || implied > MAX_HEAD_DIM)) {
            throw config.fields()
                    .error(
                            "num_attention_heads",
                            "expected a divisor of the hidden size %d into heads of at most %d, found %d"
                                    .formatted(hiddenSize, MAX_HEAD_DIM, numHeads));
        }
        return config.optionalSize(MAX_HEAD_DIM, "head_dim").orElse(implied);
    }
}
