package dev.nightjar.tokenizer.algorithm;

/**
 * Byte-level byte-pair encoding: text is cut into words, and inside a word the pair of the lowest
 * rank merges first, the leftmost of equal ones.
 */
public final class BytePairEncoder implements SubwordEncoder {
    private static final int USUAL_WORD_BYTES = 64;

    private final PreTokenizer preTokenizer;
    private final TokenTable words;
    private final PairTable merges;
    private final int[] byteIds;
    private final WordCache cache = new WordCache();

    /**
     * An encoder; the array is kept, not copied.
     *
     * @param preTokenizer cuts text into words
     * @param words the tokens that a whole word becomes without a look at the merges; an empty
     *     table where the checkpoint has no such rule
     * @param merges pairs of ids and what they become
     * @param byteIds id of each byte {@code [256]}, or {@link #NO_TOKEN}
     */
    public BytePairEncoder(
            PreTokenizer preTokenizer, TokenTable words, PairTable merges, int[] byteIds) {
        this.preTokenizer = preTokenizer;
        this.words = words;
        this.merges = merges;
        this.byteIds = byteIds;
    }

    @Override
    public void encode(byte[] utf8, int from, int to, IdBuffer out) {
        MergeRun run = new MergeRun(USUAL_WORD_BYTES);
        preTokenizer.split(utf8, from, to, (start, end) -> encodeWord(utf8, start, end, run, out));
    }

    private void encodeWord(byte[] utf8, int start, int end, MergeRun run, IdBuffer out) {
        int whole = words.find(utf8, start, end);
        if (whole != TokenTable.NOT_FOUND) {
            out.add(whole, end);
            return;
        }
        if (cache.write(utf8, start, end, out)) {
            return;
        }
        run.clear();
        for (int i = start; i < end; i++) {
            run.add(i, byteIds[utf8[i] & 0xFF]);
        }
        run.merge(end, (symbols, left, right) -> merges.find(symbols.id(left), symbols.id(right)));
        for (int symbol = run.first(); !run.isEnd(symbol); symbol = run.next(symbol)) {
            out.add(run.id(symbol), run.end(symbol));
        }
        cache.put(utf8, start, end, run);
    }
}
