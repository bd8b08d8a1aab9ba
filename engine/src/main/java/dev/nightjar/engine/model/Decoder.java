package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.engine.nn.Workspace;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import java.util.List;
import java.util.Optional;

/**
 * A decoder of any architecture: embedding, blocks, final norm, output head. What differs is in the
 * blocks, which the file of the architecture puts together with a {@link DecoderBuilder}.
 */
final class Decoder implements CausalLm {

    private final Backend backend;
    private final ModelConfig config;
    private final Workspace space;
    private final Parts parts;
    private final long extraWeightBytes;

    /**
     * The parts in order of use.
     *
     * @param embedding {@code [V, C]}
     * @param positions learned position embeddings {@code [maxPositions, C]}
     * @param embeddingNorm norm of the embeddings
     * @param blocks the layers
     * @param norm the final norm
     * @param lmHead projection to {@code [rows, V]}
     */
    record Parts(
            Weight embedding,
            Optional<Weight> positions,
            Optional<Norm> embeddingNorm,
            List<Block> blocks,
            Norm norm,
            Linear lmHead) {}

    Decoder(
            Backend backend,
            ModelConfig config,
            StepLimits limits,
            Parts parts,
            long extraWeightBytes) {
        this.backend = backend;
        this.config = config;
        this.parts = parts;
        this.extraWeightBytes = extraWeightBytes;
        space = new Workspace(backend, config, limits.maxTokens(), limits.maxLogitRows());
    }

    @Override
    public StepHandle forward(ForwardBatch batch, KvStore kv) {
        runBlocks(batch, kv);
        int rows = batch.numLogitRows();
        Matrix last = space.lastHidden();
        backend.gatherRows(space.hidden(), batch.logitRows(), rows, last);
        parts.norm.forward(last, rows, last);
        parts.lmHead.forward(last, rows, space.logits());
        if (config.logitScale() != 1) {
            backend.scale(space.logits(), (float) config.logitScale(), rows);
        }
        if (config.logitSoftCap() != 0) {
            backend.softCap(space.logits(), (float) config.logitSoftCap(), rows);
        }
        return StepHandle.COMPLETED;
    }

    @Override
    public Matrix hiddenStates(ForwardBatch batch, KvStore kv) {
        runBlocks(batch, kv);
        parts.norm.forward(space.hidden(), batch.numTokens(), space.hidden());
        return space.hidden();
    }

    private void runBlocks(ForwardBatch batch, KvStore kv) {
        embed(batch);
        List<Block> blocks = parts.blocks;
        for (int i = 0; i < blocks.size(); i++) {
            blocks.get(i).forward(batch, kv, space);
        }
    }

    private void embed(ForwardBatch batch) {
        int T = batch.numTokens();
        Matrix hidden = space.hidden();
        backend.embed(parts.embedding, batch.ids(), T, hidden);
        if (config.embeddingScale() != 1) {
            backend.scale(hidden, (float) config.embeddingScale(), T);
        }
        if (parts.positions.isPresent()) {
            backend.embed(parts.positions.get(), batch.positions(), T, space.branch());
            backend.add(hidden, space.branch(), T);
        }
        if (parts.embeddingNorm.isPresent()) {
            parts.embeddingNorm.get().forward(hidden, T, hidden);
        }
    }

    @Override
    public int vocabSize() {
        return config.vocabSize();
    }

    @Override
    public List<KvLayerSpec> cacheSpec() {
        return CacheSpecs.of(config);
    }

    @Override
    public Matrix logits() {
        return space.logits();
    }

    @Override
    public long extraWeightBytes() {
        return extraWeightBytes;
    }
}
