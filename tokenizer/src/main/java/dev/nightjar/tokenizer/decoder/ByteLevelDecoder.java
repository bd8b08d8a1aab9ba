package dev.nightjar.tokenizer.decoder;

import dev.nightjar.tokenizer.algorithm.ByteAlphabet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads letters as bytes, and all bytes together as UTF-8; what is none becomes U+FFFD. */
public final class ByteLevelDecoder implements TokenDecoder {
    @Override
    public List<String> decode(List<String> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part : parts) {
            bytes.writeBytes(ByteAlphabet.bytesOf(part));
        }
        return List.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
