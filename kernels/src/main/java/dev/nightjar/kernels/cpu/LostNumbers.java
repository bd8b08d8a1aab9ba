package dev.nightjar.kernels.cpu;

import java.util.BitSet;

/**
 * Which slots of a layer hold a NaN that vector kernels would not see, because halves and bytes as
 * they widen them have none. Nobody needs it unless a model fails, so it costs nothing until then.
 */
final class LostNumbers {

    private volatile BitSet slots;

    /** Whether there may be any. */
    boolean isEmpty() {
        return slots == null;
    }

    /** Notes what was written to a slot. */
    void note(int slot, boolean isNumber) {
        if (!isNumber || slots != null) {
            set(slot, !isNumber);
        }
    }

    private synchronized void set(int slot, boolean isLost) {
        BitSet changed = slots == null ? new BitSet() : slots;
        changed.set(slot, isLost);
        slots = changed.isEmpty() ? null : changed;
    }

    /** Copies what is known of {@code count} slots. */
    void copy(int from, int to, int count) {
        for (int i = 0; i < count; i++) {
            note(to + i, !contains(from + i));
        }
    }

    /** Whether the slot lost its number. */
    boolean contains(int slot) {
        BitSet lost = slots;
        if (lost == null) {
            return false;
        }
        synchronized (this) {
            return lost.get(slot);
        }
    }
}
