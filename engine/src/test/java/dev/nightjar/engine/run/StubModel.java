package dev.nightjar.engine.run;

import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.model.StepHandle;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import java.util.function.BiConsumer;

/** A model without weights, whose steps are what a test makes of them. */
final class StubModel implements CausalLm {

    private final Matrix logits;
    private final BiConsumer<ForwardBatch, Matrix> step;

    /** The step writes rows of logits. */
    StubModel(Backend backend, int maxRows, int vocab, BiConsumer<ForwardBatch, Matrix> step) {
        logits = Matrix.of(backend.allocate((long) maxRows * vocab), vocab);
        this.step = step;
    }

    /** Makes token 1 the likeliest, or all of them impossible. */
    static void write(Matrix logits, int row, float ofTokenOne) {
        float[] values = new float[logits.cols()];
        values[1] = ofTokenOne;
        logits.buffer().write((long) row * values.length, values, 0, values.length);
    }

    @Override
    public StepHandle forward(ForwardBatch batch, KvStore kv) {
        step.accept(batch, logits);
        return StepHandle.COMPLETED;
    }

    @Override
    public Matrix hiddenStates(ForwardBatch batch, KvStore kv) {
        throw new UnsupportedOperationException("only logits are asked for here");
    }

    @Override
    public int vocabSize() {
        return logits.cols();
    }

    @Override
    public List<KvLayerSpec> cacheSpec() {
        return List.of(new KvLayerSpec(1, 4, DType.F32));
    }

    @Override
    public Matrix logits() {
        return logits;
    }

    @Override
    public long extraWeightBytes() {
        return 0;
    }
}
