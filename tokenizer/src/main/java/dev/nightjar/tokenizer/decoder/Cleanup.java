package dev.nightjar.tokenizer.decoder;

/** Takes away spaces that stand before punctuation and English contractions. */
public final class Cleanup {
    private static final String[] PUNCTUATION = {
        " .", ".", " ?", "?", " !", "!", " ,", ",", " ' ", "'", " n't", "n't", " 'm", "'m"
    };
    private static final String[] DO_NOT = {" do not", " don't"};
    private static final String[] CONTRACTIONS = {" 's", "'s", " 've", "'ve", " 're", "'re"};

    private Cleanup() {}

    /** What a decoder does to a token that it cleans up. */
    static String ofToken(String token) {
        return replace(replace(replace(token, PUNCTUATION), DO_NOT), CONTRACTIONS);
    }

    /** What is done to a whole text whose tokenizer asks for it. */
    public static String ofText(String text) {
        return replace(replace(text, PUNCTUATION), CONTRACTIONS);
    }

    private static String replace(String text, String[] pairs) {
        String result = text;
        for (int i = 0; i < pairs.length; i += 2) {
            result = result.replace(pairs[i], pairs[i + 1]);
        }
        return result;
    }
}
