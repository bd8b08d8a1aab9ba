package dev.nightjar.tokenizer.decoder;

import java.util.List;

/**
 * One rule of the last stage. Immutable, safe for use by many threads.
 *
 * <p>The joined result of the last rule is the text.
 */
public interface TokenDecoder {
    /** The parts of the text that these tokens, or the parts of the rule before, stand for. */
    List<String> decode(List<String> parts);
}
