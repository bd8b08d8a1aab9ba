package dev.nightjar.tokenizer.algorithm;

/**
 * Byte-pair encoding of one piece of text, from symbols that a rule gives: characters or bytes,
 * with a prefix inside a word or a suffix at its end.
 *
 * <p>What is no symbol of the vocabulary becomes its bytes, if there are tokens for all of them,
 * else the unknown token; without that it is left out.
 */
public final class SymbolBpe implements SubwordEncoder {
    private static final int USUAL_WORD_BYTES = 64;

    private final SymbolRule symbols;
    private final TokenTable words;
    private final PairTable merges;
    private final Fallback fallback;
    private final boolean mergesCrossWords;

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
     * @param mergesCrossWords whether some merge joins a word and the U+2581 after it; if not, a
     *     long text is merged word by word, with the same result
     */
    public SymbolBpe(
            SymbolRule symbols,
            TokenTable words,
            PairTable merges,
            Fallback fallback,
            boolean mergesCrossWords) {
        this.symbols = symbols;
        this.words = words;
        this.merges = merges;
        this.fallback = fallback;
        this.mergesCrossWords = mergesCrossWords;
    }

    @Override
    public void encode(byte[] utf8, int from, int to, IdBuffer out) {
        int whole = words.find(utf8, from, to);
        if (whole != TokenTable.NOT_FOUND) {
            out.add(whole, to);
            return;
        }
        Pass pass = new Pass(utf8, from, to);
        for (int start = from; start < to; ) {
            int end = mergesCrossWords ? to : endOfWord(utf8, start, to);
            pass.encode(start, end, out);
            start = end;
        }
    }

    /** The end of a word with the U+2581 before it. */
    private static int endOfWord(byte[] utf8, int from, int to) {
        int i = from;
        while (isSpaceSymbol(utf8, i, to)) {
            i += 3;
        }
        while (i < to && !isSpaceSymbol(utf8, i, to)) {
            i++;
        }
        return i;
    }

    private static boolean isSpaceSymbol(byte[] utf8, int i, int to) {
        return i + 2 < to
                && utf8[i] == (byte) 0xE2
                && utf8[i + 1] == (byte) 0x96
                && utf8[i + 2] == (byte) 0x81;
    }

    /** One piece on its way through the encoder. */
    private final class Pass {
        private final byte[] utf8;
        private final int from;
        private final int to;
        private final MergeRun run = new MergeRun(USUAL_WORD_BYTES);
        private boolean endsInUnknown;

        private Pass(byte[] utf8, int from, int to) {
            this.utf8 = utf8;
            this.from = from;
            this.to = to;
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
