package dev.nightjar.engine.sample;

import dev.nightjar.engine.request.TokenConstraint;
import java.util.Optional;

/**
 * A sequence's constraint with the mask it fills, reused from token to token. What the constraint
 * throws is kept: it fails this sequence and no other.
 */
final class ConstraintMask {

    private final TokenConstraint constraint;
    private final long[] words;
    private final int vocabSize;
    private String failure;

    ConstraintMask(TokenConstraint constraint, int vocabSize) {
        this.constraint = constraint;
        this.vocabSize = vocabSize;
        this.words = new long[Math.ceilDiv(vocabSize, Long.SIZE)];
    }

    /**
     * The mask of the next token. Some tokens are held back, unless nothing else is left: where a
     * text must end, it ends.
     */
    long[] next(int[] heldBack) {
        try {
            constraint.fillMask(words);
        } catch (RuntimeException | Error thrown) {
            fail(thrown);
            return words;
        }
        if (count() > 0) {
            holdBack(heldBack);
        } else if (!isComplete()) {
            failure = "the constraint allows no token here";
        }
        return words;
    }

    private void holdBack(int[] tokens) {
        int remaining = count();
        for (int token : tokens) {
            remaining -= (int) (words[token / Long.SIZE] >>> token & 1);
        }
        for (int token : tokens) {
            if (remaining > 0) {
                words[token / Long.SIZE] &= ~(1L << token);
            }
        }
    }

    /** Allowed tokens; bits beyond the vocabulary stand for none and are cleared. */
    private int count() {
        int rest = vocabSize % Long.SIZE;
        if (rest > 0) {
            words[words.length - 1] &= (1L << rest) - 1;
        }
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Takes the chosen token. */
    void accept(int token) {
        try {
            constraint.accept(token);
        } catch (RuntimeException | Error thrown) {
            fail(thrown);
        }
    }

    /** Whether nothing but the end may follow. */
    boolean isComplete() {
        try {
            return failure == null && constraint.isComplete();
        } catch (RuntimeException | Error thrown) {
            fail(thrown);
            return false;
        }
    }

    private void fail(Throwable thrown) {
        String message = thrown.getMessage();
        failure = message == null ? "the constraint failed: " + thrown : message;
    }

    /** Why the sequence cannot go on. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }
}
