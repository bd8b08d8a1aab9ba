package dev.nightjar.tokenizer.algorithm;

/**
 * WordPiece: from left to right the longest token that fits, where a token inside a word is another
 * one than at its beginning. A word that cannot be covered, or has too many characters, is one
 * unknown token.
 *
 * <p>{@code n} bytes take at most {@code n} times the longest token, and a word is limited.
 */
public final class WordPieceEncoder implements SubwordEncoder {
    private final TokenTable starts;
    private final TokenTable continuations;
    private final int maxCodePoints;
    private final int unknownId;
    private final int longestToken;

    /**
     * An encoder of words.
     *
     * @param starts tokens that begin a word, as they are written in text
     * @param continuations tokens inside a word, without the mark that the vocabulary gives them
     * @param maxCodePoints a longer word is unknown
     * @param unknownId the unknown token, or {@link #NO_TOKEN}
     */
    public WordPieceEncoder(
            TokenTable starts, TokenTable continuations, int maxCodePoints, int unknownId) {
        this.starts = starts;
        this.continuations = continuations;
        this.maxCodePoints = maxCodePoints;
        this.unknownId = unknownId;
        this.longestToken = Math.max(starts.longestToken(), continuations.longestToken());
    }

    @Override
    public void encode(byte[] utf8, int from, int to, IdBuffer out) {
        int sizeBefore = out.size();
        boolean isCovered = isShort(utf8, from, to);
        for (int start = from; isCovered && start < to; ) {
            TokenTable table = start == from ? starts : continuations;
            int end = Math.min(to, start + longestToken);
            int id = TokenTable.NOT_FOUND;
            while (end > start && (id = table.find(utf8, start, end)) == TokenTable.NOT_FOUND) {
                end = CodePoints.previous(utf8, end);
            }
            isCovered = id != TokenTable.NOT_FOUND;
            if (isCovered) {
                out.add(id, end);
                start = end;
            }
        }
        if (!isCovered) {
            out.truncate(sizeBefore);
            out.add(unknownId, to);
        }
    }

    private boolean isShort(byte[] utf8, int from, int to) {
        int codePoints = 0;
        for (int i = from; i < to && codePoints <= maxCodePoints; i++) {
            codePoints += (utf8[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return codePoints <= maxCodePoints;
    }
}
