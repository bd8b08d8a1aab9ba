package dev.nightjar.tokenizer.decoder;

import java.util.ArrayList;
import java.util.List;

/**
 * A space before each token but the first one and those that continue a word.
 *
 * @param prefix what tokens that continue a word begin with
 * @param cleansUp whether spaces before punctuation are taken away
 */
public record WordPieceDecoder(String prefix, boolean cleansUp) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> parts) {
        List<String> decoded = new ArrayList<>(parts.size());
        for (String part : parts) {
            String text = decoded.isEmpty() ? part : continued(part);
            decoded.add(cleansUp ? Cleanup.ofToken(text) : text);
        }
        return decoded;
    }

    private String continued(String part) {
        return part.startsWith(prefix) ? part.substring(prefix.length()) : " " + part;
    }
}
