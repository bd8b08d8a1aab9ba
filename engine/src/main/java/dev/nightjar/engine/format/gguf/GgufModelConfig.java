package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.LatentAttention;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelConfigBuilder;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.QueryTemperature;
import dev.nightjar.engine.format.RopeConfig;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Maps the keys of a GGUF decoder to a {@link ModelConfig}. With {@code A} the architecture:
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><td>{@code A.embedding_length}</td><td>hiddenSize</td></tr>
 * <tr><td>{@code A.feed_forward_length}</td><td>intermediateSize</td></tr>
 * <tr><td>{@code A.block_count}, less {@code A.nextn_predict_layers}</td><td>numLayers; the latter
 * are numPredictLayers</td></tr>
 * <tr><td>{@code A.attention.head_count}</td><td>numHeads</td></tr>
 * <tr><td>{@code A.attention.head_count_kv}</td><td>numKvHeads; numHeads if absent</td></tr>
 * <tr><td>{@code A.attention.key_length}, {@code value_length}</td><td>headDim; hiddenSize /
 * numHeads if absent</td></tr>
 * <tr><td>{@code A.attention.layer_norm_rms_epsilon}, {@code layer_norm_epsilon}</td><td>normEps</td></tr>
 * <tr><td>{@code A.context_length}</td><td>maxPositions</td></tr>
 * <tr><td>rows of {@code token_embd.weight}</td><td>vocabSize; {@code A.vocab_size}, which some
 * files state wrongly, or the number of {@code tokenizer.ggml.tokens} if there is no such
 * tensor</td></tr>
 * <tr><td>{@code A.rope.*}</td><td>see {@link GgufRopeConfig}</td></tr>
 * <tr><td>{@code A.attention.sliding_window*}</td><td>see {@link GgufWindow}</td></tr>
 * <tr><td>{@code A.expert_*}</td><td>see {@link GgufExperts}</td></tr>
 * <tr><td>{@code A.attention.*_lora_rank}, {@code *_mla}</td><td>see {@link
 * GgufLatentAttention}</td></tr>
 * <tr><td>{@code A.*_scale}</td><td>see {@link GgufScales}</td></tr>
 * <tr><td>{@code A.attention.temperature_scale}, {@code temperature_length}</td>
 * <td>queryTemperature; the length is the original context if absent</td></tr>
 * <tr><td>{@code A.attention.clamp_kqv}, {@code max_alibi_bias}</td>
 * <td>qkvClamp, maxAlibiBias</td></tr>
 * <tr><td>{@code A.attn_logit_softcapping}, {@code final_logit_softcapping}</td>
 * <td>attentionSoftCap, logitSoftCap</td></tr>
 * </table>
 *
 * <p>The sizes that may differ from layer to layer (heads, key/value heads, feed-forward) are
 * arrays in some files; an array is accepted if all of its elements are equal.
 */
public final class GgufModelConfig {
    private static final String TYPE = "general.type";
    private static final String EMBEDDINGS = "token_embd.weight";
    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final double DEFAULT_ALIBI_BIAS = 8;
    private static final int LARGE_BAICHUAN_LAYERS = 40;
    private static final int MAX_LAYERS = 4096;
    private static final int MAX_SIZE = 1 << 24;
    private static final int MAX_HEADS = 1 << 14;
    private static final int MAX_HEAD_DIM = 1 << 14;

    private final GgufFile file;
    private final GgufKeys keys;

    private GgufModelConfig(GgufFile file, String architecture) {
        this.file = file;
        this.keys = new GgufKeys(file, architecture);
    }

    /**
     * Reads and validates the configuration of a decoder.
     *
     * @throws ModelFormatException naming the key, if one is missing, out of range, contradicts
     *     another, or asks for something that would change the results and is not implemented
     */
    public static ModelConfig read(GgufFile file) {
        requireModel(file.metadata());
        String architecture = architecture(file);
        GgufUnsupportedKeys.refuse(file, architecture);
        return new GgufModelConfig(file, architecture).read(architecture);
    }

    /** Adapters and projectors come as GGUF files too. */
    private static void requireModel(GgufMetadata metadata) {
        String type = metadata.optionalString(TYPE).orElse("model");
        if (!type.equals("model")) {
            throw metadata.error(TYPE, "expected a model, found \"%s\"".formatted(type));
        }
    }

    /**
     * The architecture that a file names.
     *
     * @throws ModelFormatException if it names none
     */
    public static String architecture(GgufFile file) {
        return file.metadata().string("general.architecture");
    }

    private ModelConfig read(String architecture) {
        int hiddenSize = keys.size("embedding_length", MAX_SIZE);
        int numBlocks = keys.size("block_count", MAX_LAYERS);
        GgufTraits traits = traits(architecture, numBlocks);
        int numPredictLayers = keys.optionalCount("nextn_predict_layers", numBlocks - 1);
        int numLayers = numBlocks - numPredictLayers;
        int numHeads = keys.layerSize("attention.head_count", numBlocks, MAX_HEADS);
        int intermediateSize = intermediateSize(architecture, numBlocks);
        int maxPositions = keys.size("context_length", MAX_SIZE);
        Optional<LatentAttention> latent = GgufLatentAttention.read(keys, architecture);
        int headDim =
                latent.map(l -> l.nopeHeadDim() + l.ropeHeadDim())
                        .orElseGet(() -> headDim(hiddenSize, numHeads));
        GgufRopeConfig ropeConfig = new GgufRopeConfig(file, keys, traits, maxPositions);
        RopeConfig rope = ropeConfig.read(latent.map(l -> l.ropeHeadDim()).orElse(headDim));
        Optional<QueryTemperature> temperature =
                GgufTemperature.read(keys, headDim, rope, maxPositions);
        ModelConfigBuilder builder =
                ModelConfig.builder(architecture)
                        .name(file.metadata().optionalString("general.name").orElse(""))
                        .vocabSize(vocabSize())
                        .hiddenSize(hiddenSize)
                        .intermediateSize(intermediateSize)
                        .numLayers(numLayers)
                        .numPredictLayers(numPredictLayers)
                        .numHeads(numHeads)
                        .numKvHeads(latent.isPresent() ? 1 : numKvHeads(numBlocks, numHeads))
                        .headDim(headDim)
                        .normEps(normEps())
                        .maxPositions(maxPositions)
                        .rope(latent.isPresent() ? GgufLatentAttention.unscaled(rope) : rope)
                        .activation(traits.activation())
                        .slidingWindow(GgufWindow.read(keys, architecture, numLayers, rope))
                        .experts(GgufExperts.read(keys, architecture, intermediateSize, numLayers))
                        .latentAttention(latent)
                        .parallelResidual(keys.flag("use_parallel_residual"))
                        .maxAlibiBias(maxAlibiBias(architecture, traits))
                        .queryTemperature(temperature)
                        .qkvClamp(Math.max(0, keys.number("attention.clamp_kqv", 0)))
                        .attentionSoftCap(keys.number("attn_logit_softcapping", 0))
                        .logitSoftCap(keys.number("final_logit_softcapping", 0));
        new GgufScales(keys, architecture).read(builder, hiddenSize, numLayers, numHeads);
        latent.ifPresent(l -> builder.attentionScale(GgufLatentAttention.scale(keys, l, rope)));
        return builder.build();
    }

    /** Files that are nothing but experts may leave it out; Qwen 1 counts gate and up together. */
    private int intermediateSize(String architecture, int numBlocks) {
        String key = "feed_forward_length";
        if (!keys.contains(key) && keys.contains("expert_feed_forward_length")) {
            return keys.size("expert_feed_forward_length", MAX_SIZE);
        }
        int size = keys.layerSize(key, numBlocks, MAX_SIZE);
        return architecture.equals("qwen") ? size / 2 : size;
    }

    /** The larger Baichuan has linear biases instead of rotations, which no key says. */
    private static GgufTraits traits(String architecture, int numBlocks) {
        GgufTraits traits = GgufTraits.of(architecture);
        return architecture.equals("baichuan") && numBlocks == LARGE_BAICHUAN_LAYERS
                ? traits.with(GgufTraits.Positions.ALIBI)
                : traits;
    }

    /** MPT alone states it, as some of its models have none. */
    private double maxAlibiBias(String architecture, GgufTraits traits) {
        if (traits.positions() != GgufTraits.Positions.ALIBI) {
            return 0;
        }
        double absent = architecture.equals("mpt") ? 0 : DEFAULT_ALIBI_BIAS;
        return keys.number("attention.max_alibi_bias", absent);
    }

    /** Of whichever norm the architecture has. */
    private double normEps() {
        String rms = "attention.layer_norm_rms_epsilon";
        String layer = "attention.layer_norm_epsilon";
        return keys.positive(keys.contains(rms) || !keys.contains(layer) ? rms : layer);
    }

    private int numKvHeads(int numBlocks, int numHeads) {
        String key = "attention.head_count_kv";
        if (!keys.contains(key)) {
            return numHeads;
        }
        int numKvHeads = keys.layerSize(key, numBlocks, MAX_HEADS);
        if (numHeads % numKvHeads != 0) {
            throw keys.error(
                    key,
                    "expected a divisor of the %d query heads, found %d"
                            .formatted(numHeads, numKvHeads));
        }
        return numKvHeads;
    }

    private int headDim(int hiddenSize, int numHeads) {
        OptionalInt keyLength = keys.optionalSize("attention.key_length", MAX_HEAD_DIM);
        OptionalInt valueLength = keys.optionalSize("attention.value_length", MAX_HEAD_DIM);
        if (keyLength.isEmpty() && hiddenSize % numHeads != 0) {
            throw keys.error(
                    "attention.head_count",
                    "expected a divisor of the embedding length %d, found %d"
                            .formatted(hiddenSize, numHeads));
        }
        int headDim = keyLength.orElse(hiddenSize / numHeads);
        if (headDim > MAX_HEAD_DIM) {
            throw keys.error(
                    "attention.head_count",
                    "expected heads of at most %d dimensions, found %d"
                            .formatted(MAX_HEAD_DIM, headDim));
        }
        if (valueLength.orElse(headDim) != headDim) {
            throw keys.error(
                    "attention.value_length",
                    "expected %d as the key length, found %d"
                            .formatted(headDim, valueLength.getAsInt()));
        }
        return headDim;
    }

    private int vocabSize() {
        boolean hasEmbeddings = file.tensors().containsKey(EMBEDDINGS);
        OptionalInt stated = keys.optionalSize("vocab_size", MAX_SIZE);
        if (!hasEmbeddings && stated.isPresent()) {
            return stated.getAsInt();
        }
        long found =
                hasEmbeddings
                        ? file.tensors().get(EMBEDDINGS).shape().rows()
                        : file.metadata().arrayLength(TOKENS).orElse(0);
        if (found < 1 || found > MAX_SIZE) {
            throw new ModelFormatException(
                    "%s: expected a vocabulary size from 1 to %d by %s, the rows of %s or %s, found %d"
                            .formatted(
                                    file.name(),
                                    MAX_SIZE,
                                    keys.name("vocab_size"),
                                    EMBEDDINGS,
                                    TOKENS,
                                    found));
        }
        return (int) found;
    }
}
