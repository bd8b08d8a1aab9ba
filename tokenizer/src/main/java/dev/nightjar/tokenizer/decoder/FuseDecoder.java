package dev.nightjar.tokenizer.decoder;

import java.util.List;

/** Joins all parts, so that the rules after it see one. */
public final class FuseDecoder implements TokenDecoder {
    @Override
    public List<String> decode(List<String> parts) {
        return List.of(String.join("", parts));
    }
}
