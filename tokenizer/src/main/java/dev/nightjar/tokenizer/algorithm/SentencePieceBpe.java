package dev.nightjar.tokenizer.algorithm;

/**
 * Byte-pair encoding as SentencePiece does it: code points merge into the token with the highest
 * score, the leftmost of equal ones.
 *
 * <p>The table knows tokens as they read, U+2581 being a space already; so text is never escaped.
 * What is no token falls back to its bytes, or, where the vocabulary lacks one of them, to one
 * unknown token for each such stretch.
 *
 * <p>Merges run over the whole text. Where no token spans two words, as in most vocabularies, they
 * cannot cross the border between a word and the space after it; then each word is merged on its
 * own, with the same result and a heap that stays in the cache.
 */
public final class SentencePieceBpe implements SubwordEncoder {
    private static final int USUAL_WORD_BYTES = 64;

    private final TokenTable tokens;
    private final int[] ranks;
    private final int[] byteIds;
    private final int unknownId;
    private final boolean mergesCrossWords;
    private final WordCache cache = new WordCache();

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
        this.mergesCrossWords = tokens.spansWords();
    }

    @Override
    public void encode(byte[] utf8, int from, int to, IdBuffer out) {
        Pass pass = new Pass(utf8, out);
        for (int start = from; start < to; ) {
            int end = mergesCrossWords ? to : endOfWord(utf8, start, to);
            pass.encode(start, end);
            start = end;
        }
    }

    /** The end of a word with the spaces before it. */
    private static int endOfWord(byte[] utf8, int from, int to) {
        int i = from;
        while (i < to && utf8[i] == ' ') {
            i++;
        }
        while (i < to && utf8[i] != ' ') {
            i++;
        }
        return i;
    }

    /** One text on its way through the encoder. */
    private final class Pass {
        private final byte[] utf8;
        private final IdBuffer out;
        private final MergeRun run = new MergeRun(USUAL_WORD_BYTES);
        private boolean endsInUnknown;

        private Pass(byte[] utf8, IdBuffer out) {
            this.utf8 = utf8;
            this.out = out;
        }

        private void encode(int from, int to) {
            if (!mergesCrossWords && cache.write(utf8, from, to, out)) {
                endsInUnknown = false;
                return;
            }
            run.clear();
            for (int start = from; start < to; ) {
                int end = start + CodePoints.length(utf8[start]);
                run.add(start, tokens.find(utf8, start, end));
                start = end;
            }
            run.merge(to, this::candidate);
            boolean isKnown = true;
            for (int symbol = run.first(); !run.isEnd(symbol); symbol = run.next(symbol)) {
                write(run.start(symbol), run.end(symbol), run.id(symbol));
                isKnown &= run.id(symbol) != TokenTable.NOT_FOUND;
            }
            if (isKnown && !mergesCrossWords) {
                cache.put(utf8, from, to, run);
            }
        }

        private long candidate(MergeRun symbols, int left, int right) {
            int merged = tokens.find(utf8, symbols.start(left), symbols.end(right));
            return merged == TokenTable.NOT_FOUND
                    ? MergeRun.NONE
                    : MergeRun.candidate(ranks[merged], merged);
        }

        private void write(int start, int end, int id) {
            if (id != TokenTable.NOT_FOUND) {
                out.add(id, end);
            } else if (hasAllBytes(start, end)) {
                for (int i = start; i < end; i++) {
                    out.add(byteIds[utf8[i] & 0xFF], i + 1);
                }
            } else {
                if (endsInUnknown) {
                    out.extendLast(end);
                } else {
                    out.add(unknownId, end);
                }
                endsInUnknown = true;
                return;
            }
            endsInUnknown = false;
        }

        private boolean hasAllBytes(int start, int end) {
            for (int i = start; i < end; i++) {
                if (byteIds[utf8[i] & 0xFF] == NO_TOKEN) {
                    return false;
                }
            }
            return true;
        }
    }
}
