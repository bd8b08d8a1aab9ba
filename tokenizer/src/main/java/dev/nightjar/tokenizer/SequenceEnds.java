package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.algorithm.IdBuffer;
import java.util.OptionalInt;

/**
 * The tokens that a checkpoint wants at the ends of a sequence.
 *
 * @param bos put before it, if any
 * @param eos put after it, if any
 */
record SequenceEnds(OptionalInt bos, OptionalInt eos) {

    static SequenceEnds of(TokenizerSpec spec) {
        return new SequenceEnds(
                spec.addBos() ? spec.specialIds().bos() : OptionalInt.empty(),
                spec.addEos() ? spec.specialIds().eos() : OptionalInt.empty());
    }

    /** A copy with BOS before it, unless it stands there already. */
    int[] withBos(int[] ids) {
        return begun(ids).toArray();
    }

    /** A copy with BOS before and EOS after it, unless they stand there already. */
    int[] withSpecials(int[] ids) {
        IdBuffer all = begun(ids);
        if (eos.isPresent() && (ids.length == 0 || ids[ids.length - 1] != eos.getAsInt())) {
            all.add(eos.getAsInt());
        }
        return all.toArray();
    }

    private IdBuffer begun(int[] ids) {
        IdBuffer all = new IdBuffer(ids.length + 2);
        if (bos.isPresent() && (ids.length == 0 || ids[0] != bos.getAsInt())) {
            all.add(bos.getAsInt());
        }
        for (int id : ids) {
            all.add(id);
        }
        return all;
    }
}
