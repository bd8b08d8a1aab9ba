package dev.nightjar.tokenizer.decoder;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a character away at the ends of each part.
 *
 * @param content the code point
 * @param numStart how often at most at the beginning
 * @param numStop how often at most at the end
 */
public record StripDecoder(int content, int numStart, int numStop) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> parts) {
        List<String> decoded = new ArrayList<>(parts.size());
        for (String part : parts) {
            decoded.add(stripped(part));
        }
        return decoded;
    }

    private String stripped(String part) {
        int width = Character.charCount(content);
        int from = 0;
        for (int i = 0; i < numStart && from < part.length(); i++) {
            if (part.codePointAt(from) != content) {
                break;
            }
            from += width;
        }
        int to = part.length();
        for (int i = 0; i < numStop && to > from; i++) {
            if (part.codePointBefore(to) != content) {
                break;
            }
            to -= width;
        }
        return part.substring(from, Math.max(from, to));
    }
}
