package dev.nightjar.tokenizer.algorithm;

/**
 * Byte-pair encoding as SentencePiece does it: code points merge into the token with the highest
 * score, the leftmost of equal ones, over the whole text without words.
 *
 * <p>The table knows tokens as they read, U+2581 being a space already; so text is never escaped,
 * and a U+2581 that a text really contains is no space. What is no token falls back to its bytes,
 * or, where the vocabulary lacks one of them, to one unknown token for each such stretch.
 */
public final class SentencePieceBpe implements SubwordEncoder {
    private final TokenTable tokens;
    private final int[] ranks;
    private final int[] byteIds;
    private final int unknownId;

    /**
     * An encoder over a vocabulary of {@code V} tokens; the arrays are kept, not copied.
     *
     * @param tokens the tokens that text can become
     * @param ranks order of merging by id, not negative, lowest first {@code [V]}
     * @param byteIds id of each byte {@code [256]}, or {@link #NO_TOKEN}
     * @param unknownId id of the unknown token, or {@link #NO_TOKEN}
     */
    public SentencePieceBpe(TokenTable tokens, int[] ranks, int[] byteIds, int unknownId) {
        this.tokens = tokens;
        this.ranks = ranks;
        this.byteIds = byteIds;
        this.unknownId = unknownId;
    }

    @Override
    public void encode(byte[] utf8, int from, int to, IdBuffer out) {
        MergeRun run = new MergeRun(to - from + 1);
        for (int start = from; start < to; ) {
            int end = start + CodePoints.length(utf8[start]);
            run.add(start, tokens.find(utf8, start, end));
            start = end;
        }
        run.merge(to, (symbols, left, right) -> candidate(utf8, symbols, left, right));
        boolean isInUnknown = false;
        for (int symbol = run.first(); !run.isEnd(symbol); symbol = run.next(symbol)) {
            if (run.id(symbol) != TokenTable.NOT_FOUND) {
                out.add(run.id(symbol));
                isInUnknown = false;
            } else {
                isInUnknown = fallBack(utf8, run, symbol, isInUnknown, out);
            }
        }
    }

    private long candidate(byte[] utf8, MergeRun run, int left, int right) {
        int merged = tokens.find(utf8, run.start(left), run.end(right));
        return merged == TokenTable.NOT_FOUND
                ? MergeRun.NONE
                : MergeRun.candidate(ranks[merged], merged);
    }

    /** Writes a symbol that is no token; answers whether it ended in the unknown token. */
    private boolean fallBack(
            byte[] utf8, MergeRun run, int symbol, boolean isInUnknown, IdBuffer out) {
        int start = run.start(symbol);
        int end = run.end(symbol);
        for (int i = start; i < end; i++) {
            if (byteIds[utf8[i] & 0xFF] == NO_TOKEN) {
                if (!isInUnknown) {
                    out.add(unknownId);
                }
                return true;
            }
        }
        for (int i = start; i < end; i++) {
            out.add(byteIds[utf8[i] & 0xFF]);
        }
        return false;
    }
}
