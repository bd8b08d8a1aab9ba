package dev.nightjar.engine.format.packed;

import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.tensor.DType;
import java.util.Optional;

/** Which group each input belongs to: consecutive ones, or any after sorting by activation. */
final class GroupOrder {
    private final int numInputs;
    private final int groupSize;
    private final Optional<int[]> index;
    private final int numGroups;

    private GroupOrder(int numInputs, int groupSize, Optional<int[]> index) {
        this.numInputs = numInputs;
        this.groupSize = groupSize;
        this.index = index;
        this.numGroups = (numInputs + groupSize - 1) / groupSize;
    }

    /** Groups of {@code groupSize} consecutive inputs; of all of them if that is -1. */
    static GroupOrder consecutive(int numInputs, int groupSize) {
        return new GroupOrder(numInputs, groupSize == -1 ? numInputs : groupSize, Optional.empty());
    }

    /**
     * Groups as {@code g_idx} says.
     *
     * @throws IllegalArgumentException if it is not one group number for each input
     */
    static GroupOrder of(String name, LazyTensor index, int numInputs, int groupSize) {
        GroupOrder plain = consecutive(numInputs, groupSize);
        if (index.dtype() != DType.I32 || index.shape().numElements() != numInputs) {
            throw new IllegalArgumentException(
                    "tensor %s.g_idx: expected I32 [%d], found %s %s"
                            .formatted(name, numInputs, index.dtype(), index.shape()));
        }
        int[] groups = index.copyFrom(tensor -> tensor.data().toArray(Bits.INT));
        boolean isPlain = true;
        for (int i = 0; i < numInputs; i++) {
            if (groups[i] < 0 || groups[i] >= plain.numGroups) {
                throw new IllegalArgumentException(
                        "tensor %s.g_idx: expected groups 0 to %d, found %d"
                                .formatted(name, plain.numGroups - 1, groups[i]));
            }
            isPlain &= groups[i] == plain.of(i);
        }
        return isPlain ? plain : new GroupOrder(numInputs, plain.groupSize, Optional.of(groups));
    }

    int numGroups() {
        return numGroups;
    }

    int of(int input) {
        return index.isPresent() ? index.get()[input] : input / groupSize;
    }

    /** Whether every run of {@code count} inputs lies in one group. */
    boolean isInMultiplesOf(int count) {
        return index.isEmpty() && (groupSize % count == 0 || groupSize >= numInputs);
    }
}
