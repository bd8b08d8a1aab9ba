package dev.nightjar.tokenizer.algorithm;

/** A whole piece is one token or the unknown one; without an unknown token it is left out. */
public final class WordLevelEncoder implements SubwordEncoder {
    private final TokenTable words;
    private final int unknownId;

    /** An encoder over these words; the unknown id may be {@link #NO_TOKEN}. */
    public WordLevelEncoder(TokenTable words, int unknownId) {
        this.words = words;
        this.unknownId = unknownId;
    }

    @Override
    public void encode(byte[] utf8, int from, int to, IdBuffer out) {
        int id = words.find(utf8, from, to);
        out.add(id == TokenTable.NOT_FOUND ? unknownId : id, to);
    }
}
