package dev.nightjar.tokenizer.algorithm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * Bytes as symbols, each written as a letter of the {@link ByteAlphabet}: all but the first of a
 * piece have a prefix, the last has a suffix; mostly both are empty.
 */
public final class ByteSymbols implements SymbolRule {
    private static final int NUM_BYTES = 256;
    private static final int FIRST = 1;
    private static final int LAST = 2;

    /** Ids by place in the word (sum of bits) and byte {@code [4][256]}. */
    private final int[][] ids = new int[4][NUM_BYTES];

    private final String prefix;
    private final String suffix;

    /**
     * A rule.
     *
     * @param idOf the id of a token as the vocabulary writes it, or {@link TokenTable#NOT_FOUND}
     * @param prefix stands before all but the first symbol of a piece
     * @param suffix stands after the last symbol of a piece
     */
    public ByteSymbols(ToIntFunction<String> idOf, String prefix, String suffix) {
        this.prefix = prefix;
        this.suffix = suffix;
        for (int place = 0; place < ids.length; place++) {
            String before = (place & FIRST) != 0 ? "" : prefix;
            String after = (place & LAST) != 0 ? suffix : "";
            Arrays.setAll(
                    ids[place],
                    value -> idOf.applyAsInt(before + ByteAlphabet.letter(value) + after));
        }
    }

    @Override
    public int length(byte lead) {
        return 1;
    }

    @Override
    public int find(byte[] utf8, int start, int end, boolean isFirst, boolean isLast) {
        return ids[(isFirst ? FIRST : 0) | (isLast ? LAST : 0)][utf8[start] & 0xFF];
    }

    @Override
    public byte[] written(byte[] utf8, int start, int end, boolean isFirst, boolean isLast) {
        String letter = String.valueOf(ByteAlphabet.letter(utf8[start] & 0xFF));
        String symbol = (isFirst ? "" : prefix) + letter + (isLast ? suffix : "");
        return symbol.getBytes(StandardCharsets.UTF_8);
    }
}
