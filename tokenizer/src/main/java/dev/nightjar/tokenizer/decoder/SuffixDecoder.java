package dev.nightjar.tokenizer.decoder;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a suffix as the space after a word; after the last token there is none.
 *
 * @param suffix what the last token of a word ends with, not empty
 */
public record SuffixDecoder(String suffix) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> parts) {
        List<String> decoded = new ArrayList<>(parts.size());
        for (String part : parts) {
            boolean isLast = decoded.size() == parts.size() - 1;
            decoded.add(part.replace(suffix, isLast ? "" : " "));
        }
        return decoded;
    }
}
