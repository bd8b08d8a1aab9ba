package dev.nightjar.tokenizer.decoder;

import java.util.List;

/**
 * Several rules one after the other.
 *
 * @param decoders in the order in which they work
 */
public record DecoderSequence(List<TokenDecoder> decoders) implements TokenDecoder {
    /** Copies the list. */
    public DecoderSequence {
        decoders = List.copyOf(decoders);
    }

    @Override
    public List<String> decode(List<String> parts) {
        List<String> decoded = parts;
        for (TokenDecoder decoder : decoders) {
            decoded = decoder.decode(decoded);
        }
        return decoded;
    }
}
