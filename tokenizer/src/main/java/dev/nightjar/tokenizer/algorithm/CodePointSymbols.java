package dev.nightjar.tokenizer.algorithm;

/**
 * Characters as symbols: all but the first of a piece have a prefix, the last has a suffix; mostly
 * both are empty.
 */
public final class CodePointSymbols implements SymbolRule {
    private final TokenTable tokens;
    private final byte[] prefix;
    private final byte[] suffix;

    /** A rule over these tokens; the arrays are kept, not copied. */
    public CodePointSymbols(TokenTable tokens, byte[] prefix, byte[] suffix) {
        this.tokens = tokens;
        this.prefix = prefix;
        this.suffix = suffix;
    }

    @Override
    public int length(byte lead) {
        return CodePoints.length(lead);
    }

    @Override
    public int find(byte[] utf8, int start, int end, boolean isFirst, boolean isLast) {
        boolean isBare = (isFirst || prefix.length == 0) && (!isLast || suffix.length == 0);
        if (isBare) {
            return tokens.find(utf8, start, end);
        }
        byte[] symbol = written(utf8, start, end, isFirst, isLast);
        return tokens.find(symbol, 0, symbol.length);
    }

    @Override
    public byte[] written(byte[] utf8, int start, int end, boolean isFirst, boolean isLast) {
        int before = isFirst ? 0 : prefix.length;
        int after = isLast ? suffix.length : 0;
        byte[] symbol = new byte[before + end - start + after];
        System.arraycopy(prefix, 0, symbol, 0, before);
        System.arraycopy(utf8, start, symbol, before, end - start);
        System.arraycopy(suffix, 0, symbol, symbol.length - after, after);
        return symbol;
    }
}
