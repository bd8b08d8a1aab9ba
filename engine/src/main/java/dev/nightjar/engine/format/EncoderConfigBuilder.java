package dev.nightjar.engine.format;

import dev.nightjar.kernels.backend.Activation;
import java.util.List;
import java.util.Optional;

/**
 * Collects the hyper-parameters of an {@link EncoderConfig}. What is not set is as BERT has it,
 * without any tables beside that of tokens.
 */
public final class EncoderConfigBuilder {

    private final String architecture;
    private String name = "";
    private int vocabSize;
    private int numTokenTypes;
    private int positionRows;
    private int hiddenSize;
    private int intermediateSize;
    private int numLayers;
    private int numHeads;
    private double normEps = 1e-12;
    private boolean isPreNorm;
    private int maxPositions;
    private RopeConfig rope = RopeConfig.none();
    private Optional<LocalAttention> localAttention = Optional.empty();
    private Optional<RelativePositions> relativePositions = Optional.empty();
    private boolean isGated;
    private Activation activation = Activation.GELU;
    private Pooling pooling = Pooling.MEAN;
    private int numScores;
    private ScoreHead head = ScoreHead.TANH;
    private ScoreKind scoreKind = ScoreKind.ONE_OF_ALL;
    private List<String> labels = List.of();

    EncoderConfigBuilder(String architecture) {
        this.architecture = architecture;
    }

    /** Begins with all that another configuration says. */
    EncoderConfigBuilder(EncoderConfig from) {
        architecture = from.architecture();
        name = from.name();
        vocabSize = from.vocabSize();
        numTokenTypes = from.numTokenTypes();
        positionRows = from.positionRows();
        hiddenSize = from.hiddenSize();
        intermediateSize = from.intermediateSize();
        numLayers = from.numLayers();
        numHeads = from.numHeads();
        normEps = from.normEps();
        isPreNorm = from.isPreNorm();
        maxPositions = from.maxPositions();
        rope = from.rope();
        localAttention = from.localAttention();
        relativePositions = from.relativePositions();
        isGated = from.isGated();
        activation = from.activation();
        pooling = from.pooling();
        numScores = from.numScores();
        head = from.head();
        scoreKind = from.scoreKind();
        labels = from.labels();
    }

    /** Sets what {@link EncoderConfig#name()} says: of the model. */
    public EncoderConfigBuilder name(String value) {
        name = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#vocabSize()} says: rows of the embedding table. */
    public EncoderConfigBuilder vocabSize(int value) {
        vocabSize = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#numTokenTypes()} says: rows of the table of token types. */
    public EncoderConfigBuilder numTokenTypes(int value) {
        numTokenTypes = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#positionRows()} says: rows of the table of positions. */
    public EncoderConfigBuilder positionRows(int value) {
        positionRows = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#hiddenSize()} says: C. */
    public EncoderConfigBuilder hiddenSize(int value) {
        hiddenSize = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#intermediateSize()} says: F. */
    public EncoderConfigBuilder intermediateSize(int value) {
        intermediateSize = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#numLayers()} says: L. */
    public EncoderConfigBuilder numLayers(int value) {
        numLayers = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#numHeads()} says: H. */
    public EncoderConfigBuilder numHeads(int value) {
        numHeads = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#normEps()} says: added to the variance. */
    public EncoderConfigBuilder normEps(double value) {
        normEps = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#isPreNorm()} says: whether norms stand before branches. */
    public EncoderConfigBuilder isPreNorm(boolean value) {
        isPreNorm = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#maxPositions()} says: most tokens of an input. */
    public EncoderConfigBuilder maxPositions(int value) {
        maxPositions = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#rope()} says: rotary position embedding. */
    public EncoderConfigBuilder rope(RopeConfig value) {
        rope = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#localAttention()} says: layers that see only what is near. */
    public EncoderConfigBuilder localAttention(LocalAttention value) {
        localAttention = Optional.of(value);
        return this;
    }

    /** Sets what {@link EncoderConfig#relativePositions()} says: biases by distance. */
    public EncoderConfigBuilder relativePositions(RelativePositions value) {
        relativePositions = Optional.of(value);
        return this;
    }

    /** Sets what {@link EncoderConfig#isGated()} says: whether feed-forward layers have a gate. */
    public EncoderConfigBuilder isGated(boolean value) {
        isGated = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#activation()} says: of the feed-forward layers. */
    public EncoderConfigBuilder activation(Activation value) {
        activation = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#pooling()} says: what becomes of hidden states. */
    public EncoderConfigBuilder pooling(Pooling value) {
        pooling = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#numScores()} says: scores of the head. */
    public EncoderConfigBuilder numScores(int value) {
        numScores = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#head()} says: the form of the head. */
    public EncoderConfigBuilder head(ScoreHead value) {
        head = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#scoreKind()} says: what the scores mean. */
    public EncoderConfigBuilder scoreKind(ScoreKind value) {
        scoreKind = value;
        return this;
    }

    /** Sets what {@link EncoderConfig#labels()} says: names of the scores. */
    public EncoderConfigBuilder labels(List<String> value) {
        labels = value;
        return this;
    }

    /** The configuration. */
    public EncoderConfig build() {
        return new EncoderConfig(
                architecture,
                name,
                vocabSize,
                numTokenTypes,
                positionRows,
                hiddenSize,
                intermediateSize,
                numLayers,
                numHeads,
                normEps,
                isPreNorm,
                maxPositions,
                rope,
                localAttention,
                relativePositions,
                isGated,
                activation,
                pooling,
                numScores,
                head,
                scoreKind,
                labels);
    }
}
