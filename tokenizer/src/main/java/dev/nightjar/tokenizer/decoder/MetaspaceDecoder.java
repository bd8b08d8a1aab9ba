package dev.nightjar.tokenizer.decoder;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a visible sign as a space; in the first token it was put there and stands for nothing.
 *
 * @param symbol the sign
 * @param dropsFirst whether signs of the first token stand for nothing
 */
public record MetaspaceDecoder(String symbol, boolean dropsFirst) implements TokenDecoder {
    @Override
    public List<String> decode(List<String> parts) {
        List<String> decoded = new ArrayList<>(parts.size());
        for (String part : parts) {
            decoded.add(part.replace(symbol, decoded.isEmpty() && dropsFirst ? "" : " "));
        }
        return decoded;
    }
}
