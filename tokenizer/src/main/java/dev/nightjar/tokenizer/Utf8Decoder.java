package dev.nightjar.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** The one incremental decoder: joins the bytes of tokens and reads them as UTF-8. */
final class Utf8Decoder implements IncrementalDecoder {
    /** A UTF-8 sequence has four bytes, so at most three wait for the rest. */
    private static final int MAX_HELD_BYTES = 3;

    private final IntFunction<byte[]> bytesOf;
    private final CharsetDecoder utf8 =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer held = ByteBuffer.allocate(64);

    Utf8Decoder(IntFunction<byte[]> bytesOf) {
        this.bytesOf = bytesOf;
    }

    @Override
    public String accept(int id) {
        byte[] bytes = bytesOf.apply(id);
        if (bytes.length > held.remaining()) {
            held = ByteBuffer.allocate(bytes.length + MAX_HELD_BYTES).put(held.flip());
        }
        held.put(bytes);
        held.flip();
        CharBuffer text = CharBuffer.allocate(held.remaining());
        utf8.decode(held, text, false);
        held.compact();
        return text.flip().toString();
    }

    @Override
    public String flush() {
        held.flip();
        CharBuffer text = CharBuffer.allocate(held.remaining() + 1);
        utf8.decode(held, text, true);
        utf8.flush(text);
        utf8.reset();
        held.clear();
        return text.flip().toString();
    }
}
