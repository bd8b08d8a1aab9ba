package dev.nightjar.engine.decoding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Keeps tokens back until the text they stand for is released, so that each is reported once, with
 * the piece of text that completes it, whatever was held back in between.
 *
 * <pre>
 *   tokens         |  On | ce |  up | on |
 *   text decoded   | Once upon           start of a token: what was decoded before it
 *   text released  | Once u              end of a token: what was decoded with it
 * </pre>
 *
 * @param <T> what is reported of a token
 */
public final class TokenTrace<T> {

    private final Queue<Entry<T>> held = new ArrayDeque<>();
    private int numUnfinished;
    private long decoded;
    private long released;
    private long marked;

    private static final class Entry<T> {
        final T token;
        final long start;
        long end = Long.MAX_VALUE;

        Entry(T token, long start) {
            this.token = token;
            this.start = start;
        }
    }

    /**
     * Takes a token and the text that was complete with it; an empty one leaves the token open, as
     * a part of a character that later ones complete.
     */
    public void accept(T token, String piece) {
        held.add(new Entry<>(token, decoded));
        numUnfinished++;
        decode(piece);
    }

    /** Takes text that was complete without a further token. */
    public void decode(String piece) {
        decoded += piece.length();
        if (!piece.isEmpty()) {
            held.stream().skip(held.size() - numUnfinished).forEach(entry -> entry.end = decoded);
            numUnfinished = 0;
        }
    }

    /** The tokens that are complete with the next piece of text that is released. */
    public List<T> release(String piece) {
        released += piece.length();
        return take();
    }

    private List<T> take() {
        List<T> tokens = new ArrayList<>();
        while (!held.isEmpty() && held.element().end <= released) {
            tokens.add(held.remove().token);
        }
        return tokens;
    }

    /**
     * The tokens of a piece of text that is released out of more that was decoded: all before it
     * that was not released stands for no text of this kind, and its tokens are given up.
     *
     * @param length of the piece
     * @param heldBack characters between it and the mark
     */
    public List<T> releaseMarked(int length, int heldBack) {
        long end = marked - heldBack;
        long start = end - length;
        List<T> tokens = new ArrayList<>();
        while (!held.isEmpty() && held.element().start < end) {
            Entry<T> entry = held.remove();
            if (entry.end > start) {
                tokens.add(entry.token);
            }
        }
        numUnfinished = Math.min(numUnfinished, held.size());
        return tokens;
    }

    /** Remembers that text of the kind that is reported goes up to what was decoded. */
    public void mark() {
        marked = decoded;
    }

    /** Gives up the tokens of what was decoded. */
    public void discard() {
        held.removeIf(entry -> entry.end <= decoded);
    }

    /**
     * The tokens that are left at the end of the text, all of which is released.
     *
     * @param isCut whether decoded text was given up, and those with it that begin there
     */
    public List<T> finish(boolean isCut) {
        List<T> tokens =
                held.stream()
                        .filter(entry -> !isCut || entry.start < released)
                        .map(entry -> entry.token)
                        .toList();
        held.clear();
        numUnfinished = 0;
        return tokens;
    }
}
