package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.algorithm.StringTable;
import java.util.Arrays;

/**
 * The tokens of a vocabulary while it is read: by id, with holes. Memory follows the number of
 * tokens, not the ids that a file names.
 */
public final class TokenList {
    /** Ids may lie this far above the number of tokens, as holes do occur. */
    private static final int SPARE_IDS = 1 << 16;

    private String[] texts = new String[1024];
    private int[] ids = new int[1024];
    private int size;
    private int maxId = -1;
    private StringTable table;

    /** Appends a token with its id, which is not negative. */
    public void add(String text, int id) {
        table = null;
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, 2 * size);
            ids = Arrays.copyOf(ids, 2 * size);
        }
        texts[size] = text;
        ids[size++] = id;
        maxId = Math.max(maxId, id);
    }

    /** How many tokens were added. */
    public int size() {
        return size;
    }

    /** The tokens by id {@code [V]}, null in holes; of tokens with one id the last one. */
    public String[] byId() {
        if (maxId >= 2L * size + SPARE_IDS) {
            throw new TokenizerFormatException(
                    ("vocabulary: expected ids near the number of tokens, found id %d among %d"
                                    + " tokens; use an undamaged file")
                            .formatted(maxId, size));
        }
        String[] tokens = new String[maxId + 1];
        for (int i = 0; i < size; i++) {
            tokens[ids[i]] = texts[i];
        }
        return tokens;
    }

    /** A table that finds ids by text; made once, when all tokens are there. */
    public StringTable table() {
        if (table == null) {
            table = new StringTable(byId());
        }
        return table;
    }
}
