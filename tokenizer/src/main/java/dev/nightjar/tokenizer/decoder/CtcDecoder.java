package dev.nightjar.tokenizer.decoder;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the path of a CTC model: equal tokens in a row are one, padding stands for nothing.
 *
 * @param padding the token between equal letters, not empty
 * @param wordDelimiter the token that stands for a space, not empty
 * @param cleansUp whether it does, and spaces before punctuation are taken away
 */
public record CtcDecoder(String padding, String wordDelimiter, boolean cleansUp)
        implements TokenDecoder {
    @Override
    public List<String> decode(List<String> parts) {
        List<String> decoded = new ArrayList<>();
        String last = null;
        for (String part : parts) {
            if (part.equals(last)) {
                continue;
            }
            last = part;
            String text = part.replace(padding, "");
            text = cleansUp ? Cleanup.ofToken(text).replace(wordDelimiter, " ") : text;
            if (!text.isEmpty()) {
                decoded.add(text);
            }
        }
        return decoded;
    }
}
