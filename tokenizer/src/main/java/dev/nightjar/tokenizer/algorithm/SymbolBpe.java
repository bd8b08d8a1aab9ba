package dev.nightjar.tokenizer.algorithm;

/**
 * Byte-pair encoding of one piece of text, from symbols that a rule gives: characters or bytes,
 * with a prefix inside a word or a suffix at its end.
 *
 * <p>What is no symbol of the vocabulary becomes its bytes, if there are tokens for all of them,
 * else the unknown token; without that it is left out.
 *
 * <p>Frequent words are remembered, see {@link WordCache}.
 */
public final class SymbolBpe implements SubwordEncoder {
    private static final int USUAL_WORD_BYTES = 64;

    private final SymbolRule symbols;
    private final TokenTable words;
    private final PairTable merges;
    private final Fallback fallback;
    private final WordBorders borders;
    private final int longestWord;
    private final WordCache cache = new WordCache();

    /**
     * What stands for symbols outside the vocabulary.
     *
     * @param byteIds id of each byte {@code [256]}, or {@link #NO_TOKEN}
     * @param unknownId the unknown token, or {@link #NO_TOKEN}
     * @param fusesUnknown whether several unknown symbols in a row are one token
     */
    public record Fallback(int[] byteIds, int unknownId, boolean fusesUnknown) {}

    /**
     * An encoder.
     *
     * @param symbols cuts a piece into symbols
     * @param words the tokens that a whole piece becomes without a look at the merges
     * @param merges pairs of ids and what they become
     * @param fallback what stands for symbols outside the vocabulary
     * @param borders where no merge reaches across, so that a long text is merged word by word;
     *     {@link WordBorders#NONE} where a symbol has a prefix or suffix, or where merges join what
     *     stands for other symbols
     */
    public SymbolBpe(
            SymbolRule symbols,
            TokenTable words,
            PairTable merges,
            Fallback fallback,
            WordBorders borders) {
        this.symbols = symbols;
        this.words = words;
        this.merges = merges;
        this.fallback = fallback;
        this.borders = borders;
        longestWord = words.longestToken();
    }

    @Override
    public void encode(byte[] utf8, int from, int to, IdBuffer out) {
        // Without such tokens, a long text need not be hashed.
        int whole = to - from <= longestWord ? words.find(utf8, from, to) : TokenTable.NOT_FOUND;
        if (whole != TokenTable.NOT_FOUND) {
            out.add(whole, to);
            return;
        }
        Pass pass = new Pass(utf8, from, to);
        for (int start = from; start < to; ) {
            int end = borders.endOfWord(utf8, start, to);
            pass.encodeWord(start, end, out);
            start = end;
        }
    }

    /** One piece on its way through the encoder. */
    private final class Pass {
        private final byte[] utf8;
        private final int from;
        private final int to;
        private final MergeRun run = new MergeRun(USUAL_WORD_BYTES);
        private boolean endsInUnknown;
        private boolean hasUnknown;

        private Pass(byte[] utf8, int from, int to) {
            this.utf8 = utf8;
            this.from = from;
            this.to = to;
        }

        private void encodeWord(int start, int end, IdBuffer out) {
            if (cache.write(utf8, start, end, out)) {
                endsInUnknown = false;
                return;
            }
            hasUnknown = false;
            encode(start, end, out);
            // Whether an unknown symbol is a token of its own depends on the word before.
            if (!hasUnknown) {
                cache.put(utf8, start, end, run);
            }
        }

        private void encode(int start, int end, IdBuffer out) {
            run.clear();
            for (int i = start; i < end; ) {
                int after = i + symbols.length(utf8[i]);
                int id = symbols.find(utf8, i, after, i == from, after == to);
                if (id == TokenTable.NOT_FOUND) {
                    addFallback(i, after);
                } else {
                    run.add(i, id);
                    endsInUnknown = false;
                }
                i = after;
            }
            run.merge(end, (all, left, right) -> merges.find(all.id(left), all.id(right)));
            for (int symbol = run.first(); !run.isEnd(symbol); symbol = run.next(symbol)) {
                out.add(run.id(symbol), run.end(symbol));
            }
        }

        private void addFallback(int start, int end) {
            byte[] symbol = symbols.written(utf8, start, end, start == from, end == to);
            if (hasAllBytes(symbol)) {
                for (int i = 0; i < symbol.length; i++) {
                    run.add(Math.min(start + i, end), fallback.byteIds[symbol[i] & 0xFF]);
                }
                endsInUnknown = false;
            } else if (fallback.unknownId != NO_TOKEN) {
                if (!(endsInUnknown && fallback.fusesUnknown)) {
                    run.add(start, fallback.unknownId);
                }
                endsInUnknown = true;
                hasUnknown = true;
            }
        }

        private boolean hasAllBytes(byte[] symbol) {
            for (byte value : symbol) {
                if (fallback.byteIds[value & 0xFF] == NO_TOKEN) {
                    return false;
                }
            }
            return true;
        }
    }
}
