package dev.nightjar.tokenizer.decoder;

import dev.nightjar.tokenizer.algorithm.ByteTokens;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads tokens {@code <0xNN>} in a row as UTF-8; where they are none, each becomes U+FFFD. */
public final class ByteFallbackDecoder implements TokenDecoder {
    private static final String REPLACEMENT = "\uFFFD";

    @Override
    public List<String> decode(List<String> parts) {
        List<String> decoded = new ArrayList<>(parts.size());
        byte[] bytes = new byte[parts.size()];
        int held = 0;
        for (String part : parts) {
            int value = ByteTokens.valueOf(part);
            if (value >= 0) {
                bytes[held++] = (byte) value;
                continue;
            }
            flush(bytes, held, decoded);
            held = 0;
            decoded.add(part);
        }
        flush(bytes, held, decoded);
        return decoded;
    }

    private static void flush(byte[] bytes, int length, List<String> out) {
        if (length == 0) {
            return;
        }
        try {
            ByteBuffer held = ByteBuffer.wrap(bytes, 0, length);
            out.add(StandardCharsets.UTF_8.newDecoder().decode(held).toString());
        } catch (CharacterCodingException e) {
            out.add(REPLACEMENT.repeat(length));
        }
    }
}
