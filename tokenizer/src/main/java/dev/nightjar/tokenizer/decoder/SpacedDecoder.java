package dev.nightjar.tokenizer.decoder;

import java.util.List;

/** Joins tokens with spaces: what a tokenizer without a last stage does. */
public final class SpacedDecoder implements TokenDecoder {
    @Override
    public List<String> decode(List<String> parts) {
        return List.of(String.join(" ", parts));
    }
}
