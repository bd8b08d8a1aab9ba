package dev.nightjar.engine.format;

import dev.nightjar.kernels.backend.Activation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The hyper-parameters of a text encoder with attention in both directions. Readers validate what
 * they read; an {@link EncoderConfigBuilder} collects it.
 *
 * @param architecture as the format names it, for instance {@code bert}
 * @param name of the model, possibly empty
 * @param vocabSize rows of the embedding table
 * @param numTokenTypes rows of the table of token types; 0 if there is none
 * @param positionRows rows of the table of positions; 0 if there is none
 * @param hiddenSize C
 * @param intermediateSize F
 * @param numLayers L
 * @param numHeads H, a divisor of C
 * @param normEps added to the variance
 * @param isPreNorm whether norms stand before the branches instead of behind them: the first
 *     attention then has none, and a last one stands behind all layers
 * @param maxPositions most tokens of an input
 * @param rope rotary position embedding
 * @param localAttention layers that see only what is near; all see everything when empty
 * @param relativePositions biases of scores by distance, shared by all layers; none when empty
 * @param isGated whether feed-forward layers have a gate
 * @param activation of the feed-forward layers
 * @param pooling what becomes of hidden states
 * @param numScores scores of the head; 0 if there is none
 * @param head the form of the head, if there is one
 * @param scoreKind what the scores mean
 * @param labels names of the scores; empty if the checkpoint has none
 */
public record EncoderConfig(
        String architecture,
        String name,
        int vocabSize,
        int numTokenTypes,
        int positionRows,
        int hiddenSize,
        int intermediateSize,
        int numLayers,
        int numHeads,
        double normEps,
        boolean isPreNorm,
        int maxPositions,
        RopeConfig rope,
        Optional<LocalAttention> localAttention,
        Optional<RelativePositions> relativePositions,
        boolean isGated,
        Activation activation,
        Pooling pooling,
        int numScores,
        ScoreHead head,
        ScoreKind scoreKind,
        List<String> labels) {

    /** Requires the objects. */
    public EncoderConfig {
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rope, "rope");
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(pooling, "pooling");
        Objects.requireNonNull(localAttention, "localAttention");
        Objects.requireNonNull(relativePositions, "relativePositions");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(scoreKind, "scoreKind");
        labels = List.copyOf(labels);
    }

    /** Starts a configuration that is BERT's where nothing is set. */
    public static EncoderConfigBuilder builder(String architecture) {
        return new EncoderConfigBuilder(architecture);
    }

    /** D. */
    public int headDim() {
        return hiddenSize / numHeads;
    }

    /** Elements of a result: scores, or those of a vector. */
    public int outputSize() {
        return pooling == Pooling.RANK ? numScores : hiddenSize;
    }

    /** This configuration in another size; heads keep theirs. */
    public EncoderConfig sized(
            int newVocabSize,
            int newPositions,
            int newHiddenSize,
            int newIntermediateSize,
            int newNumLayers) {
        return new EncoderConfigBuilder(this)
                .vocabSize(newVocabSize)
                .positionRows(Math.min(newPositions, positionRows))
                .maxPositions(newPositions)
                .hiddenSize(newHiddenSize)
                .numHeads(newHiddenSize / headDim())
                .intermediateSize(newIntermediateSize)
                .numLayers(newNumLayers)
                .build();
    }

    /** This configuration with another activation. */
    public EncoderConfig withActivation(Activation newActivation) {
        return new EncoderConfigBuilder(this).activation(newActivation).build();
    }
}
