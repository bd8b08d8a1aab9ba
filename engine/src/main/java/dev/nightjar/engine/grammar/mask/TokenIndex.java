package dev.nightjar.engine.grammar.mask;

import java.util.ArrayList;
import java.util.List;

/** A vocabulary prepared for masks. Immutable. */
public final class TokenIndex {

    private final TokenTexts texts;
    private final TokenTrie trie;
    private final int maxTokenBytes;
    private final int[] endTokens;

    /** Tokens without text that do not end a text. */
    private final int[] textless;

    private TokenIndex(TokenTexts texts) {
        this.texts = texts;
        trie = TokenTrie.of(texts.texts());
        maxTokenBytes = texts.maxTokenBytes();
        endTokens = texts.endTokens().stream().mapToInt(Integer::intValue).sorted().toArray();
        List<Integer> found = new ArrayList<>();
        for (int id = 0; id < texts.texts().length; id++) {
            if (!texts.hasText(id) && !texts.endTokens().contains(id)) {
                found.add(id);
            }
        }
        textless = found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Sorts the tokens of a vocabulary. */
    public static TokenIndex of(TokenTexts texts) {
        return new TokenIndex(texts);
    }

    TokenTrie trie() {
        return trie;
    }

    /** The number of tokens. */
    public int numTokens() {
        return texts.texts().length;
    }

    /** The number of words of a mask. */
    public int numWords() {
        return (texts.numLogits() + 63) / 64;
    }

    /** The length of the longest token. */
    public int maxTokenBytes() {
        return maxTokenBytes;
    }

    byte[] text(int id) {
        return texts.texts()[id];
    }

    boolean isEndToken(int id) {
        return texts.endTokens().contains(id);
    }

    void addEndTokens(long[] mask) {
        add(endTokens, mask);
    }

    void addTextless(long[] mask) {
        add(textless, mask);
    }

    private static void add(int[] ids, long[] mask) {
        for (int id : ids) {
            mask[id >> 6] |= 1L << id;
        }
    }
}
