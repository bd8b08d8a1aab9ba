package dev.nightjar.kernels.cpu.simd.team;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The chunks of a task, dealt out to workers in ranges of neighbours. A worker passes over its own
 * range from the beginning, so what it reads is one stream and is on its way when it is wanted;
 * then it takes chunks from the ends of the ranges of others.
 *
 * <p>A range is a word (end, begin) and empty where both are equal. Whoever has moved one of them
 * owns the chunk, and sees what was written before the ranges were dealt out. A word that was read
 * long ago and is right again, as another task has the same range, does no harm.
 */
final class ChunkRanges {

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    /** Words apart, so that workers do not slow each other down. */
    private static final int GAP = 16;

    private static final int NONE = -1;

    private final int workers;
    private final long[] words;

    ChunkRanges(int workers) {
        this.workers = workers;
        words = new long[(workers + 1) * GAP];
    }

    /** Deals chunks {@code [0, chunks)} out once all earlier ones are taken. */
    void deal(int chunks) {
        int sharing = Math.min(workers, chunks);
        for (int i = 0; i < sharing; i++) {
            long begin = (long) chunks * i / sharing;
            long end = (long) chunks * (i + 1) / sharing;
            WORD.setRelease(words, at(i), end << 32 | begin);
        }
    }

    /** Takes a chunk, or returns a negative number if none is left. */
    int take(int worker) {
        int chunk = takeFirst(worker);
        for (int i = 1; chunk == NONE && i < workers; i++) {
            chunk = takeLast((worker + i) % workers);
        }
        return chunk;
    }

    private int takeFirst(int range) {
        long word = word(range);
        while (begin(word) < end(word)) {
            if (WORD.compareAndSet(words, at(range), word, word + 1)) {
                return begin(word);
            }
            word = word(range);
        }
        return NONE;
    }

    private int takeLast(int range) {
        long word = word(range);
        while (begin(word) < end(word)) {
            if (WORD.compareAndSet(words, at(range), word, word - (1L << 32))) {
                return end(word) - 1;
            }
            word = word(range);
        }
        return NONE;
    }

    private long word(int range) {
        return (long) WORD.getAcquire(words, at(range));
    }

    private static int at(int range) {
        return (range + 1) * GAP;
    }

    private static int begin(long word) {
        return (int) word;
    }

    private static int end(long word) {
        return (int) (word >>> 32);
    }
}
