package dev.nightjar.tokenizer.algorithm;

/** The symbols that byte-pair encoding begins with, and their ids. Immutable. */
public interface SymbolRule {
    /** How many bytes the symbol has that begins with this byte. */
    int length(byte lead);

    /**
     * The id of the symbol {@code utf8[start, end)}, or {@link TokenTable#NOT_FOUND}.
     *
     * @param isFirst whether it begins the piece
     * @param isLast whether it ends the piece
     */
    int find(byte[] utf8, int start, int end, boolean isFirst, boolean isLast);

    /** The bytes of the symbol with what the rule puts before and after it. */
    byte[] written(byte[] utf8, int start, int end, boolean isFirst, boolean isLast);
}
