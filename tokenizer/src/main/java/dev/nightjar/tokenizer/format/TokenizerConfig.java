package dev.nightjar.tokenizer.format;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a checkpoint says about its tokenizer beside the vocabulary: tokenizer_config.json,
 * special_tokens_map.json and the files of chat templates.
 *
 * @param tokenizerClass the class that Python code makes of it, such as {@code LlamaTokenizer}
 * @param specialTokens spellings by role: {@code bos_token}, {@code eos_token}, {@code unk_token},
 *     {@code pad_token}, {@code cls_token}, {@code sep_token}, {@code mask_token}
 * @param addsBos whether a text begins with BOS, where the files say so
 * @param addsEos whether a text ends with EOS, where the files say so
 * @param maxLength the longest input in tokens; empty where the files name none that is meant
 * @param chatTemplate Jinja source of the template that is used unless another is asked for
 * @param namedTemplates Jinja sources of the others by name
 * @param cleansUpSpaces whether decoding takes away spaces before punctuation
 */
public record TokenizerConfig(
        Optional<String> tokenizerClass,
        Map<String, String> specialTokens,
        Optional<Boolean> addsBos,
        Optional<Boolean> addsEos,
        OptionalInt maxLength,
        Optional<String> chatTemplate,
        Map<String, String> namedTemplates,
        Optional<Boolean> cleansUpSpaces) {
    /** Says nothing. */
    public static final TokenizerConfig EMPTY =
            new TokenizerConfig(
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty());

    /** Copies the maps. */
    public TokenizerConfig {
        specialTokens = Map.copyOf(specialTokens);
        namedTemplates = Map.copyOf(namedTemplates);
    }

    /** The spelling of the token that begins a text. */
    public Optional<String> bos() {
        return special("bos_token");
    }

    /** The spelling of the token that ends a text. */
    public Optional<String> eos() {
        return special("eos_token");
    }

    /** The spelling of the token for what the vocabulary cannot express. */
    public Optional<String> unknown() {
        return special("unk_token");
    }

    /** The spelling of the token that fills a batch. */
    public Optional<String> padding() {
        return special("pad_token");
    }

    /** The spelling of the special token with this role, such as {@code cls_token}. */
    public Optional<String> special(String role) {
        return Optional.ofNullable(specialTokens.get(role));
    }
}
