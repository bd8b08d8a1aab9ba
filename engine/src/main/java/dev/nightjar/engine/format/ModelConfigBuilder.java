package dev.nightjar.engine.format;

import dev.nightjar.kernels.backend.Activation;
import java.util.Optional;

/**
 * Collects the hyper-parameters of a {@link ModelConfig}. What is not set has the value that
 * changes nothing: no window, no experts, factors of one.
 */
public final class ModelConfigBuilder {

    private final String architecture;
    private String name = "";
    private int vocabSize;
    private int hiddenSize;
    private int intermediateSize;
    private int numLayers;
    private int numPredictLayers;
    private int numHeads;
    private int numKvHeads;
    private int headDim;
    private double normEps = 1e-5;
    private int maxPositions;
    private RopeConfig rope = RopeConfig.none();
    private Activation activation = Activation.SILU;
    private Optional<SlidingWindow> slidingWindow = Optional.empty();
    private Optional<ExpertsConfig> experts = Optional.empty();
    private Optional<LatentAttention> latentAttention = Optional.empty();
    private boolean parallelResidual;
    private double maxAlibiBias;
    private Optional<QueryTemperature> queryTemperature = Optional.empty();
    private double qkvClamp;
    private double attentionScale;
    private double attentionSoftCap;
    private double logitSoftCap;
    private double embeddingScale = 1;
    private double residualScale = 1;
    private double logitScale = 1;

    ModelConfigBuilder(String architecture) {
        this.architecture = architecture;
    }

    /** Sets what {@link ModelConfig#name()} says: of the model. */
    public ModelConfigBuilder name(String value) {
        name = value;
        return this;
    }

    /** Sets what {@link ModelConfig#vocabSize()} says: rows of the embedding table. */
    public ModelConfigBuilder vocabSize(int value) {
        vocabSize = value;
        return this;
    }

    /** Sets what {@link ModelConfig#hiddenSize()} says: width of the residual stream. */
    public ModelConfigBuilder hiddenSize(int value) {
        hiddenSize = value;
        return this;
    }

    /** Sets what {@link ModelConfig#intermediateSize()} says: width of the feed-forward layers. */
    public ModelConfigBuilder intermediateSize(int value) {
        intermediateSize = value;
        return this;
    }

    /** Sets what {@link ModelConfig#numLayers()} says: blocks. */
    public ModelConfigBuilder numLayers(int value) {
        numLayers = value;
        return this;
    }

    /**
     * Sets what {@link ModelConfig#numPredictLayers()} says: blocks that predict further tokens.
     */
    public ModelConfigBuilder numPredictLayers(int value) {
        numPredictLayers = value;
        return this;
    }

    /** Sets what {@link ModelConfig#numHeads()} says: query heads. */
    public ModelConfigBuilder numHeads(int value) {
        numHeads = value;
        return this;
    }

    /** Sets what {@link ModelConfig#numKvHeads()} says: key/value heads. */
    public ModelConfigBuilder numKvHeads(int value) {
        numKvHeads = value;
        return this;
    }

    /** Sets what {@link ModelConfig#headDim()} says: dimensions of a head. */
    public ModelConfigBuilder headDim(int value) {
        headDim = value;
        return this;
    }

    /** Sets what {@link ModelConfig#normEps()} says: added to the mean square or the variance. */
    public ModelConfigBuilder normEps(double value) {
        normEps = value;
        return this;
    }

    /** Sets what {@link ModelConfig#maxPositions()} says: longest context. */
    public ModelConfigBuilder maxPositions(int value) {
        maxPositions = value;
        return this;
    }

    /** Sets what {@link ModelConfig#rope()} says: rotary position embedding. */
    public ModelConfigBuilder rope(RopeConfig value) {
        rope = value;
        return this;
    }

    /** Sets what {@link ModelConfig#activation()} says: of the feed-forward layers. */
    public ModelConfigBuilder activation(Activation value) {
        activation = value;
        return this;
    }

    /** Sets what {@link ModelConfig#slidingWindow()} says: layers that see only the last tokens. */
    public ModelConfigBuilder slidingWindow(Optional<SlidingWindow> value) {
        slidingWindow = value;
        return this;
    }

    /** Sets what {@link ModelConfig#experts()} says: mixture of experts. */
    public ModelConfigBuilder experts(Optional<ExpertsConfig> value) {
        experts = value;
        return this;
    }

    /**
     * Sets what {@link ModelConfig#latentAttention()} says: keys and values through a latent
     * vector.
     */
    public ModelConfigBuilder latentAttention(Optional<LatentAttention> value) {
        latentAttention = value;
        return this;
    }

    /**
     * Sets what {@link ModelConfig#parallelResidual()} says: whether attention and feed-forward
     * read the same input.
     */
    public ModelConfigBuilder parallelResidual(boolean value) {
        parallelResidual = value;
        return this;
    }

    /** Sets what {@link ModelConfig#maxAlibiBias()} says: largest ALiBi bias; 0 for none. */
    public ModelConfigBuilder maxAlibiBias(double value) {
        maxAlibiBias = value;
        return this;
    }

    /**
     * Sets what {@link ModelConfig#queryTemperature()} says: growth of scores with the position.
     */
    public ModelConfigBuilder queryTemperature(Optional<QueryTemperature> value) {
        queryTemperature = value;
        return this;
    }

    /** Sets what {@link ModelConfig#qkvClamp()} says: bound of queries, keys and values. */
    public ModelConfigBuilder qkvClamp(double value) {
        qkvClamp = value;
        return this;
    }

    /**
     * Sets what {@link ModelConfig#attentionScale()} says: factor on attention scores; 0 for the
     * usual one.
     */
    public ModelConfigBuilder attentionScale(double value) {
        attentionScale = value;
        return this;
    }

    /**
     * Sets what {@link ModelConfig#attentionSoftCap()} says: bound of attention scores; 0 for none.
     */
    public ModelConfigBuilder attentionSoftCap(double value) {
        attentionSoftCap = value;
        return this;
    }

    /** Sets what {@link ModelConfig#logitSoftCap()} says: bound of logits; 0 for none. */
    public ModelConfigBuilder logitSoftCap(double value) {
        logitSoftCap = value;
        return this;
    }

    /** Sets what {@link ModelConfig#embeddingScale()} says: factor on embeddings. */
    public ModelConfigBuilder embeddingScale(double value) {
        embeddingScale = value;
        return this;
    }

    /** Sets what {@link ModelConfig#residualScale()} says: factor on what each branch adds. */
    public ModelConfigBuilder residualScale(double value) {
        residualScale = value;
        return this;
    }

    /** Sets what {@link ModelConfig#logitScale()} says: factor on logits. */
    public ModelConfigBuilder logitScale(double value) {
        logitScale = value;
        return this;
    }

    /** The configuration. */
    public ModelConfig build() {
        return new ModelConfig(
                architecture,
                name,
                vocabSize,
                hiddenSize,
                intermediateSize,
                numLayers,
                numPredictLayers,
                numHeads,
                numKvHeads,
                headDim,
                normEps,
                maxPositions,
                rope,
                activation,
                slidingWindow,
                experts,
                latentAttention,
                parallelResidual,
                maxAlibiBias,
                queryTemperature,
                qkvClamp,
                attentionScale,
                attentionSoftCap,
                logitSoftCap,
                embeddingScale,
                residualScale,
                logitScale);
    }
}
