package dev.nightjar.engine.model;

import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import java.util.List;

/** A decoder that turns a batch of tokens into logits, keeping keys and values in a paged cache. */
public interface CausalLm {

    /** V. */
    int vocabSize();

    /** What each layer keeps per token. */
    List<KvLayerSpec> cacheSpec();

    /**
     * Runs one step: writes the keys and values of all tokens and computes the logits of the rows
     * the batch asks for. Allocates nothing and reads nothing back.
     */
    StepHandle forward(ForwardBatch batch, KvStore kv);

    /**
     * Runs one step as {@link #forward} does, up to the final norm.
     *
     * @return of all tokens {@code [T, C]}, valid until the next step
     */
    Matrix hiddenStates(ForwardBatch batch, KvStore kv);

    /** Logits {@code [numLogitRows, V]} of the last step; valid once its handle is done. */
    Matrix logits();

    /** Device memory of weights beyond the checkpoint's own. */
    long extraWeightBytes();
}
