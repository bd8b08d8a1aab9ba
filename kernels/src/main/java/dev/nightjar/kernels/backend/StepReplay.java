package dev.nightjar.kernels.backend;

/**
 * How a backend computes steps of decoding, each of which makes the same ops as the one before: on
 * a processor op by op, on a GPU perhaps by a recording of them. Made once for each model by {@link
 * Backend#stepReplay}; belongs to the thread of the ops.
 *
 * <p>What may differ from step to step lies in index buffers, which the caller has committed. A
 * recording checks none of their values again: an index that does not exist gives NaN.
 */
public interface StepReplay extends AutoCloseable {

    /** The slot of a row that pads a step: its key and its value are not kept. */
    int NO_SLOT = -1;

    /** Computes every step op by op. */
    StepReplay DIRECT =
            new StepReplay() {

                @Override
                public int rowsFor(int rows) {
                    return rows;
                }

                @Override
                public void run(int rows, AttentionMetadata attention, Runnable ops) {
                    ops.run();
                }

                @Override
                public void close() {}
            };

    /**
     * With how many rows a step of so many should be computed, at least as many: one recording
     * serves several sizes. The caller pads as far as it has room; a row's slot is {@link #NO_SLOT}
     * then and its result is nobody's.
     */
    int rowsFor(int rows);

    /**
     * Computes a step in which each of {@code rows} sequences has one token whose logits are
     * wanted.
     *
     * @param attention the metadata of its attention, the same object in each step
     * @param ops makes the ops; the same ones in each step of so many rows
     */
    void run(int rows, AttentionMetadata attention, Runnable ops);

    /** Forgets all recordings; before anything is freed that the ops use. */
    @Override
    void close();
}
