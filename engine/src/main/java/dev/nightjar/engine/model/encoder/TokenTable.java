package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.format.StaticConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import java.util.List;

/** Hidden states of a model without layers: each token's row of a table. Engine thread only. */
public final class TokenTable implements HiddenStates {

    private final Backend backend;
    private final Weight table;
    private final GrowingMatrix hidden;

    /**
     * Prepares the table, whose memory must stay valid, and allocates for steps of {@code tokens}
     * tokens; a longer one makes room for itself.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if there is none or it has another
     *     shape
     */
    public TokenTable(Backend backend, StaticConfig config, WeightMap weights, int tokens) {
        this.backend = backend;
        table =
                backend.prepare(
                        WeightUse.EMBEDDING,
                        List.of(
                                weights.matrix(
                                        StaticConfig.TABLE,
                                        config.vocabSize(),
                                        config.hiddenSize())));
        hidden = new GrowingMatrix(backend, tokens, config.hiddenSize());
    }

    @Override
    public Matrix compute(EncoderBatch batch) {
        Matrix rows = hidden.withRows(batch.numTokens());
        backend.embed(table, batch.ids(), batch.numTokens(), rows);
        return rows;
    }
}
