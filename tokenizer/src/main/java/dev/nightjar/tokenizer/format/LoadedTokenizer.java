package dev.nightjar.tokenizer.format;

import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.encoding.Padding;
import dev.nightjar.tokenizer.encoding.Truncation;
import java.util.Objects;
import java.util.Optional;

/**
 * A tokenizer with what the files beside it say.
 *
 * @param tokenizer the tokenizer
 * @param config what the checkpoint says about it
 * @param truncation how tokenizer.json wants inputs to be cut, if it says so
 * @param padding how tokenizer.json wants inputs to be filled, if it says so
 */
public record LoadedTokenizer(
        Tokenizer tokenizer,
        TokenizerConfig config,
        Optional<Truncation> truncation,
        Optional<Padding> padding) {
    /** Checks that nothing is null. */
    public LoadedTokenizer {
        Objects.requireNonNull(tokenizer, "tokenizer");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(truncation, "truncation");
        Objects.requireNonNull(padding, "padding");
    }
}
