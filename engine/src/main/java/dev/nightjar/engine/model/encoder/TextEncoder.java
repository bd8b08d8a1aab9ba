package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import java.util.List;
import java.util.Optional;

/**
 * BERT and its kin: token, type and position embeddings, their norm, blocks with attention in both
 * directions, pooling, and for classifiers a head. Positions are a table, rotations or biases by
 * distance; norms stand behind the branches or before them; layers may see only what is near;
 * feed-forward layers have a gate or not.
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
    private final Optional<Norm> lastNorm;
    private final Optional<ClassifierHead> head;
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
        lastNorm = w.lastNorm();
        head = w.head();
        space = new EncoderSpace(backend, config, tokens);
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
        Pooling stated = config.pooling();
        Pooling pooling = stated == Pooling.RANK ? config.head().input() : stated;
        Poolings.pool(backend, pooling, hidden(batch), batch, space.pooled);
        return head.isPresent() ? head.get().forward(batch.numSequences(), space) : space.pooled;
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
            layers.get(i).forward(batch, space);
        }
        if (lastNorm.isPresent()) {
            lastNorm.get().forward(space.hidden, T, space.hidden);
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
}
