package dev.nightjar.engine.format;

import java.util.List;
import java.util.Objects;

/**
 * What stands around the hidden states of an encoder: how texts are written for it, how hidden
 * states become one vector, and what is done to that.
 *
 * @param poolings whose results stand side by side, in the order of the vector; at least one
 * @param poolsPrompt whether the tokens of a prompt count in {@code poolings}
 * @param modules what is done to the vector, in order; without a normalization at the end, which is
 *     for callers to choose
 * @param prompts texts that may go in front
 * @param lowersCase whether texts are written in lower case before all else
 */
public record EncoderPipeline(
        List<Pooling> poolings,
        boolean poolsPrompt,
        List<PipelineModule> modules,
        EncoderPrompts prompts,
        boolean lowersCase) {

    /** Copies the lists and checks that there is a pooling. */
    public EncoderPipeline {
        poolings = List.copyOf(poolings);
        modules = List.copyOf(modules);
        Objects.requireNonNull(prompts, "prompts");
        if (poolings.isEmpty() || poolings.size() > 1 && poolings.contains(Pooling.RANK)) {
            throw new IllegalArgumentException("expected poolings, found " + poolings);
        }
    }

    /** One pooling and nothing else. */
    public static EncoderPipeline of(Pooling pooling) {
        return new EncoderPipeline(List.of(pooling), true, List.of(), EncoderPrompts.none(), false);
    }

    /** The first of the poolings. */
    public Pooling pooling() {
        return poolings.getFirst();
    }

    /** Whether one pooling of all tokens is all that becomes of hidden states. */
    public boolean isPlain() {
        return poolings.size() == 1 && poolsPrompt && modules.isEmpty();
    }

    /**
     * Elements of a vector.
     *
     * @param hiddenSize C
     */
    public int outputSize(int hiddenSize) {
        int size = poolings.size() * hiddenSize;
        for (PipelineModule module : modules) {
            if (module instanceof PipelineModule.Dense dense) {
                size = dense.outputSize();
            }
        }
        return size;
    }
}
