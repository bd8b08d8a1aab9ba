package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.engine.nn.RotaryEmbedding;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.backend.Weight;
import java.util.List;
import java.util.Optional;

/**
 * BERT and its kin: token, type and position embeddings, their norm, blocks with attention in both
 * directions, pooling, and for classifiers a head {@code output(f(dense(x)))}. Positions are a
 * table or rotations, feed-forward layers with a gate or without.
 *
 * <p>What is computed for a sequence does not depend on the others of its batch. Engine thread
 * only.
 */
public final class TextEncoder implements BatchEncoder {

    private final Backend backend;
    private final EncoderConfig config;
    private final Weight tokens;
    private final Optional<Weight> types;
    private final Optional<Weight> positions;
    private final Norm embeddingNorm;
    private final List<EncoderLayer> layers;
    private final EncoderLayer.Shape shape;
    private final Optional<Linear> pooler;
    private final Optional<Linear> classifier;
    private EncoderSpace space;

    /**
     * Prepares the weights and allocates for steps of {@code tokens} tokens; a longer one makes
     * room for itself. The memory behind {@code weights} must stay valid.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if a weight is missing or has another
     *     shape
     */
    public TextEncoder(Backend backend, EncoderConfig config, WeightMap weights, int tokens) {
        this.backend = backend;
        this.config = config;
        EncoderWeights w = new EncoderWeights(backend, config, weights);
        this.tokens = w.embedding("token_embd", config.vocabSize());
        types = w.optionalEmbedding("token_types", config.numTokenTypes());
        positions = w.optionalEmbedding("position_embd", config.positionRows());
        embeddingNorm = w.norm(weights, "token_embd_norm");
        layers = w.layers();
        shape = shape(backend, config);
        boolean hasHead = config.pooling() == Pooling.RANK;
        pooler = hasHead ? Optional.of(w.head("cls", config.hiddenSize())) : Optional.empty();
        classifier =
                hasHead ? Optional.of(w.head("cls.output", config.numScores())) : Optional.empty();
        space = new EncoderSpace(backend, config, tokens);
    }

    private static EncoderLayer.Shape shape(Backend backend, EncoderConfig config) {
        float scale = (float) (1 / Math.sqrt(config.headDim()));
        Optional<RopeTable> rope =
                config.rope().rotaryDim() == 0
                        ? Optional.empty()
                        : Optional.of(
                                new RotaryEmbedding(config.rope())
                                        .table(backend, config.maxPositions()));
        return new EncoderLayer.Shape(
                new SelfAttentionSpec(config.numHeads(), config.headDim(), scale),
                rope,
                config.isGated(),
                config.activation());
    }

    /** Its hyper-parameters. */
    public EncoderConfig config() {
        return config;
    }

    /** Device memory of weights beyond the checkpoint's own. */
    public long extraWeightBytes() {
        return layers.stream().mapToLong(EncoderLayer::extraBytes).sum();
    }

    /**
     * Runs one step.
     *
     * @return one row per sequence {@code [S, outputSize]}: the pooled vector, not normalized, or
     *     the scores of the head as they are; valid until the next step
     */
    @Override
    public Matrix forward(EncoderBatch batch) {
        Poolings.pool(backend, config.pooling(), hidden(batch), batch, space.pooled);
        return classifier.isPresent() ? score(batch.numSequences()) : space.pooled;
    }

    /**
     * Runs one step up to the hidden states.
     *
     * @return {@code [T, C]}, valid until the next step
     */
    public Matrix hidden(EncoderBatch batch) {
        int T = batch.numTokens();
        if (T > space.maxTokens()) {
            // At most as many sizes as there are powers of two: the device keeps what it gave.
            space = new EncoderSpace(backend, config, Integer.highestOneBit(T - 1) << 1);
        }
        embed(batch, T);
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).forward(backend, shape, batch, space);
        }
        return space.hidden;
    }

    private void embed(EncoderBatch batch, int T) {
        backend.embed(tokens, batch.ids(), T, space.hidden);
        if (types.isPresent()) {
            backend.embed(types.get(), batch.types(), T, space.branch);
            backend.add(space.hidden, space.branch, T);
        }
        if (positions.isPresent()) {
            backend.embed(positions.get(), batch.positions(), T, space.branch);
            backend.add(space.hidden, space.branch, T);
        }
        embeddingNorm.forward(space.hidden, T, space.hidden);
    }

    private Matrix score(int S) {
        pooler.orElseThrow().forward(space.pooled, S, space.head);
        if (config.headActivation().isPresent()) {
            backend.activate(config.headActivation().get(), space.head, S);
        } else {
            backend.softCap(space.head, 1, S); // tanh
        }
        classifier.orElseThrow().forward(space.head, S, space.scores);
        return space.scores;
    }
}
