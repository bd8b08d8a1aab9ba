package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.PipelineModule;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hidden states, poolings side by side, and what a pipeline does to the vector. What is computed
 * for a sequence does not depend on the others of its batch. Engine thread only.
 */
public final class PipelineEncoder implements BatchEncoder {

    /** Sequences there is room for from the beginning. */
    private static final int SEQUENCES = 64;

    private final Backend backend;
    private final HiddenStates states;
    private final int hiddenSize;
    private final List<Pooling> poolings;
    private final GrowingMatrix pooled;
    private final List<VectorStep> steps;

    /**
     * Prepares the weights of the modules. The memory behind {@code weights} must stay valid.
     *
     * @param states whose rows are pooled
     * @param hiddenSize C
     * @throws ModelFormatException if a weight is missing, or a module takes vectors of another
     *     size than it gets
     */
    public PipelineEncoder(
            Backend backend,
            HiddenStates states,
            int hiddenSize,
            EncoderPipeline pipeline,
            WeightMap weights) {
        this.backend = backend;
        this.states = states;
        this.hiddenSize = hiddenSize;
        poolings = pipeline.poolings();
        pooled = new GrowingMatrix(backend, SEQUENCES, poolings.size() * hiddenSize);
        steps = steps(backend, pipeline.modules(), poolings.size() * hiddenSize, weights);
    }

    private static List<VectorStep> steps(
            Backend backend, List<PipelineModule> modules, int pooledSize, WeightMap weights) {
        List<VectorStep> steps = new ArrayList<>(modules.size());
        int size = pooledSize;
        for (PipelineModule module : modules) {
            switch (module) {
                case PipelineModule.Normalize() ->
                        steps.add(VectorStep.UnitLength.of(backend, size));
                case PipelineModule.Dense dense -> {
                    if (dense.inputSize() != size) {
                        throw new ModelFormatException(
                                "module %s: expected vectors of %d elements, as come before it, found %d"
                                        .formatted(dense.name(), size, dense.inputSize()));
                    }
                    steps.add(projection(backend, dense, weights));
                    size = dense.outputSize();
                }
            }
        }
        return List.copyOf(steps);
    }

    private static VectorStep projection(
            Backend backend, PipelineModule.Dense dense, WeightMap weights) {
        WeightMap own = weights.sub(dense.name());
        int out = dense.outputSize();
        Linear.Part part =
                new Linear.Part(
                        own.matrix("weight", out, dense.inputSize()),
                        Optional.empty(),
                        dense.hasBias() ? Optional.of(own.vector("bias", out)) : Optional.empty());
        return new VectorStep.Projection(
                backend,
                Linear.of(backend, List.of(part)),
                dense.activation(),
                new GrowingMatrix(backend, SEQUENCES, out));
    }

    @Override
    public Matrix forward(EncoderBatch batch) {
        Matrix hidden = states.compute(batch);
        int S = batch.numSequences();
        Matrix vectors = pooled.withRows(S);
        for (int i = 0; i < poolings.size(); i++) {
            Matrix part = vectors.columns(i * hiddenSize, hiddenSize);
            Poolings.pool(backend, poolings.get(i), hidden, batch, part);
        }
        for (int i = 0; i < steps.size(); i++) {
            vectors = steps.get(i).forward(vectors, S);
        }
        return vectors;
    }

    @Override
    public void close() {
        states.close();
    }
}
