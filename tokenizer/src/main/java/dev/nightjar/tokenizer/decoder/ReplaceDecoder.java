package dev.nightjar.tokenizer.decoder;

import dev.nightjar.tokenizer.pattern.TextPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a text in the place of every match of a pattern.
 *
 * @param pattern what is replaced
 * @param content what stands there instead
 */
public record ReplaceDecoder(TextPattern pattern, String content) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> parts) {
        List<String> decoded = new ArrayList<>(parts.size());
        for (String part : parts) {
            decoded.add(replaced(part));
        }
        return decoded;
    }

    private String replaced(String part) {
        StringBuilder out = new StringBuilder();
        int[] copied = {0};
        pattern.forEachMatch(
                part,
                (from, to) -> {
                    out.append(part, copied[0], from).append(content);
                    copied[0] = to;
                });
        return out.append(part, copied[0], part.length()).toString();
    }
}
