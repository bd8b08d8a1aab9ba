package dev.nightjar.engine.format;

import dev.nightjar.kernels.backend.Activation;
import java.util.Objects;
import java.util.Optional;

/**
 * The hyper-parameters of a decoder, whatever format they came from. Readers validate what they
 * read and name the key of their format in errors; the record itself checks nothing but presence.
 * What an architecture always does the same way is not here but in its file.
 *
 * @param architecture as the format names it, for instance {@code llama}
 * @param name of the model, possibly empty
 * @param vocabSize rows of the embedding table
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the feed-forward layers
 * @param numLayers blocks
 * @param numPredictLayers blocks behind those that predict further tokens; they are not run
 * @param numHeads query heads
 * @param numKvHeads key/value heads, a divisor of {@code numHeads}
 * @param headDim dimensions of a head; {@code numHeads * headDim} may differ from the hidden size
 * @param normEps added to the mean square or the variance
 * @param maxPositions longest context
 * @param rope rotary position embedding
 * @param activation of the feed-forward layers
 * @param slidingWindow layers that see only the last tokens
 * @param experts mixture of experts
 * @param latentAttention keys and values through a latent vector
 * @param parallelResidual whether attention and feed-forward read the same input, where an
 *     architecture has both forms
 * @param maxAlibiBias largest ALiBi bias; 0 for none
 * @param queryTemperature growth of attention scores with the position
 * @param qkvClamp bound of queries, keys and values; 0 for none
 * @param attentionScale factor on attention scores; 0 for {@code 1 / sqrt(headDim)}
 * @param attentionSoftCap bound of attention scores; 0 for none
 * @param logitSoftCap bound of logits; 0 for none
 * @param embeddingScale factor on embeddings
 * @param residualScale factor on what each branch adds
 * @param logitScale factor on logits
 */
public record ModelConfig(
        String architecture,
        String name,
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int numLayers,
        int numPredictLayers,
        int numHeads,
        int numKvHeads,
        int headDim,
        double normEps,
        int maxPositions,
        RopeConfig rope,
        Activation activation,
        Optional<SlidingWindow> slidingWindow,
        Optional<ExpertsConfig> experts,
        Optional<LatentAttention> latentAttention,
        boolean parallelResidual,
        double maxAlibiBias,
        Optional<QueryTemperature> queryTemperature,
        double qkvClamp,
        double attentionScale,
        double attentionSoftCap,
        double logitSoftCap,
        double embeddingScale,
        double residualScale,
        double logitScale) {

    /** Requires the objects. */
    public ModelConfig {
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rope, "rope");
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(slidingWindow, "slidingWindow");
        Objects.requireNonNull(experts, "experts");
        Objects.requireNonNull(latentAttention, "latentAttention");
        Objects.requireNonNull(queryTemperature, "queryTemperature");
    }

    /** Starts a configuration of a plain decoder. */
    public static ModelConfigBuilder builder(String architecture) {
        return new ModelConfigBuilder(architecture);
    }

    /** Tokens that a layer sees; 0 means all. */
    public int windowOf(int layer) {
        return slidingWindow
                .filter(window -> window.covers(layer))
                .map(SlidingWindow::size)
                .orElse(0);
    }

    /** Rotary embedding of a layer. */
    public RopeConfig ropeOf(int layer) {
        return slidingWindow
                .filter(window -> window.covers(layer))
                .flatMap(SlidingWindow::rope)
                .orElse(rope);
    }
}
