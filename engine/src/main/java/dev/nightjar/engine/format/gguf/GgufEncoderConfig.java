package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.ScoreKind;
import dev.nightjar.kernels.backend.Activation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Maps the keys and tensors of a GGUF encoder to an {@link EncoderConfig}. With {@code A} the
 * architecture, {@code bert} or {@code nomic-bert}:
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><td>{@code A.embedding_length}, {@code feed_forward_length}, {@code block_count}, {@code
 * attention.head_count}</td><td>sizes</td></tr>
 * <tr><td>{@code A.context_length}, rows of {@code position_embd.weight} if there is such a
 * tensor</td><td>maxPositions, the smaller one</td></tr>
 * <tr><td>rows of {@code token_embd.weight}, {@code token_types.weight}</td><td>vocabSize,
 * numTokenTypes</td></tr>
 * <tr><td>{@code A.attention.layer_norm_epsilon}</td><td>normEps</td></tr>
 * <tr><td>{@code A.rope.*}</td><td>see {@link GgufRopeConfig}</td></tr>
 * <tr><td>{@code A.pooling_type}</td><td>1 mean, 2 cls, 3 last, 4 rank; 0 or absent says nothing
 * and is read as the mean</td></tr>
 * <tr><td>rows of {@code cls.output.weight}</td><td>numScores</td></tr>
 * <tr><td>{@code A.classifier.output_labels}</td><td>labels</td></tr>
 * </table>
 */
public final class GgufEncoderConfig {

    private static final System.Logger LOG = System.getLogger(GgufEncoderConfig.class.getName());

    private static final int MAX_SIZE = 1 << 24;

    /** Tables of rotations are made for all of them at load. */
    private static final int MAX_POSITIONS = 1 << 17;

    private static final int MAX_WIDTH = 1 << 20;
    private static final int MAX_LAYERS = 4096;
    private static final int MAX_HEADS = 1 << 14;
    private static final int MAX_SCORES = 1 << 16;
    private static final int MAX_TYPES = 1 << 16;
    private static final String CAUSAL = "attention.causal";
    private static final String POOLING = "pooling_type";
    private static final String LABELS = "classifier.output_labels";
    private static final String HEAD = "cls.output.weight";
    private static final String POOLER = "cls.weight";

    /** What this class and {@link GgufRopeConfig} read. */
    private static final Set<String> READ =
            Set.of(
                    "vocab_size",
                    "context_length",
                    "embedding_length",
                    "block_count",
                    "feed_forward_length",
                    "attention.head_count",
                    "attention.head_count_kv",
                    "attention.key_length",
                    "attention.value_length",
                    "attention.layer_norm_epsilon",
                    CAUSAL,
                    LABELS,
                    "rope.dimension_count",
                    "rope.freq_base",
                    "rope.scale_linear",
                    "rope.scaling.type",
                    "rope.scaling.factor",
                    "rope.scaling.original_context_length",
                    "rope.scaling.attn_factor");

    private final GgufFile file;
    private final GgufKeys keys;
    private final String architecture;

    private GgufEncoderConfig(GgufFile file, String architecture) {
        this.file = file;
        this.keys = new GgufKeys(file, architecture);
        this.architecture = architecture;
    }

    /**
     * Reads and validates the configuration of an encoder.
     *
     * @throws ModelFormatException naming the key or tensor, if one is missing, out of range,
     *     contradicts another, or asks for something that is not implemented
     */
    public static EncoderConfig read(GgufFile file) {
        String architecture = GgufModelConfig.architecture(file);
        GgufUnsupportedKeys.refuse(file, architecture, READ);
        return new GgufEncoderConfig(file, architecture).read();
    }

    private EncoderConfig read() {
        if (keys.flag(CAUSAL)) {
            throw keys.error(CAUSAL, "expected false for an encoder, found true");
        }
        int hiddenSize = keys.size("embedding_length", MAX_WIDTH);
        int numLayers = keys.size("block_count", MAX_LAYERS);
        int numHeads = heads(hiddenSize, numLayers);
        int positionRows = rows("position_embd.weight", MAX_POSITIONS).orElse(0);
        int stated = keys.size("context_length", MAX_POSITIONS);
        int maxPositions = positionRows == 0 ? stated : Math.min(stated, positionRows);
        GgufTraits traits = GgufTraits.of(architecture);
        RopeConfig rope =
                new GgufRopeConfig(file, keys, traits, maxPositions).read(hiddenSize / numHeads);
        boolean isGated = file.tensors().containsKey("blk.0.ffn_gate.weight");
        Pooling pooling = pooling();
        int numScores = pooling == Pooling.RANK ? numScores() : 0;
        return EncoderConfig.builder(architecture)
                .name(file.metadata().optionalString("general.name").orElse(""))
                .vocabSize(rows("token_embd.weight", MAX_SIZE).orElseThrow(this::noEmbedding))
                .numTokenTypes(rows("token_types.weight", MAX_TYPES).orElse(0))
                .positionRows(positionRows)
                .hiddenSize(hiddenSize)
                .intermediateSize(keys.layerSize("feed_forward_length", numLayers, MAX_WIDTH))
                .numLayers(numLayers)
                .numHeads(numHeads)
                .normEps(keys.positive("attention.layer_norm_epsilon"))
                .maxPositions(maxPositions)
                .rope(rope)
                .isGated(isGated)
                .activation(isGated ? traits.activation() : Activation.GELU)
                .pooling(pooling)
                .numScores(numScores)
                .scoreKind(numScores == 1 ? ScoreKind.EACH_BY_ITSELF : ScoreKind.ONE_OF_ALL)
                .labels(labels(numScores))
                .build();
    }

    private int heads(int hiddenSize, int numLayers) {
        int numHeads = keys.layerSize("attention.head_count", numLayers, MAX_HEADS);
        if (hiddenSize % numHeads != 0) {
            throw keys.error(
                    "attention.head_count",
                    "expected a divisor of the embedding length %d, found %d"
                            .formatted(hiddenSize, numHeads));
        }
        requireSame("attention.head_count_kv", numHeads, numLayers);
        requireSame("attention.key_length", hiddenSize / numHeads, numLayers);
        requireSame("attention.value_length", hiddenSize / numHeads, numLayers);
        return numHeads;
    }

    private void requireSame(String suffix, int expected, int numLayers) {
        if (keys.contains(suffix)) {
            int found = keys.layerSize(suffix, numLayers, MAX_SIZE);
            if (found != expected) {
                throw keys.error(suffix, "expected %d, found %d".formatted(expected, found));
            }
        }
    }

    private Pooling pooling() {
        int code = keys.optionalCount(POOLING, 4);
        if (code == 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: {1} does not say how texts become vectors; the mean is taken",
                    file.name(),
                    keys.name(POOLING));
            return Pooling.MEAN;
        }
        return Pooling.values()[code - 1];
    }

    /** A converter that drops the layer before the scores leaves a head with other results. */
    private int numScores() {
        int scores = rows(HEAD, MAX_SCORES).orElse(0);
        if (scores == 0) {
            throw new ModelFormatException(
                    "%s: %s says that a head judges texts, expected tensor %s, found none; convert the model with its classifier"
                            .formatted(file.name(), keys.name(POOLING), HEAD));
        }
        if (!file.tensors().containsKey(POOLER)) {
            throw new ModelFormatException(
                    ("%s: expected tensor %s beside %s, found none: the converter dropped the pooler of"
                                    + " this cross-encoder, so its scores would not be those of the"
                                    + " original; use the original model folder (safetensors), or a"
                                    + " GGUF file that has it")
                            .formatted(file.name(), POOLER, HEAD));
        }
        return scores;
    }

    private List<String> labels(int numScores) {
        if (numScores == 0) {
            return List.of();
        }
        List<String> labels = file.metadata().optionalStrings(keys.name(LABELS)).orElse(List.of());
        if (!labels.isEmpty() && labels.size() != numScores) {
            throw keys.error(
                    LABELS,
                    "expected %d labels, one per score of %s, found %d"
                            .formatted(numScores, HEAD, labels.size()));
        }
        return labels;
    }

    private Optional<Integer> rows(String tensor, int max) {
        GgufTensorInfo info = file.tensors().get(tensor);
        if (info == null) {
            return Optional.empty();
        }
        long rows = info.shape().rank() == 1 ? 1 : info.shape().rows();
        if (rows < 1 || rows > max) {
            throw new ModelFormatException(
                    "%s: tensor %s: expected 1 to %d rows, found %d"
                            .formatted(file.name(), tensor, max, rows));
        }
        return Optional.of((int) rows);
    }

    private ModelFormatException noEmbedding() {
        return new ModelFormatException(
                "%s: expected tensor token_embd.weight, found none".formatted(file.name()));
    }
}
