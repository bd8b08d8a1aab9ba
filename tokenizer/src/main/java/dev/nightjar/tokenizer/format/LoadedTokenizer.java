package dev.nightjar.tokenizer.format;

import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.encoding.Padding;
import dev.nightjar.tokenizer.encoding.Truncation;
import dev.nightjar.tokenizer.mistral.MistralVersion;
import java.util.Objects;
import java.util.Optional;

/**
 * A tokenizer with what the files beside it say.
 *
 * @param tokenizer the tokenizer
 * @param config what the checkpoint says about it
 * @param truncation how tokenizer.json wants inputs to be cut, if it says so
 * @param padding how tokenizer.json wants inputs to be filled, if it says so
 * @param promptFormat how conversations are written, if the file is Mistral's own
 */
public record LoadedTokenizer(
        Tokenizer tokenizer,
        TokenizerConfig config,
        Optional<Truncation> truncation,
        Optional<Padding> padding,
        Optional<MistralVersion> promptFormat) {
    /** Checks that nothing is null. */
    public LoadedTokenizer {
        Objects.requireNonNull(tokenizer, "tokenizer");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(truncation, "truncation");
        Objects.requireNonNull(padding, "padding");
        Objects.requireNonNull(promptFormat, "promptFormat");
    }
}
