package dev.nightjar.tokenizer.algorithm;

/** Says what two neighbouring symbols merge into, and how urgently. */
@FunctionalInterface
interface PairLookup {
    /**
     * The merge of the symbols {@code left} and {@code right} of a run, as {@link
     * MergeRun#candidate}, or {@link MergeRun#NONE}.
     */
    long find(MergeRun run, int left, int right);
}
