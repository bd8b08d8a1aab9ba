package dev.nightjar.tokenizer.format;

import dev.nightjar.tokenizer.SpecialIds;
import dev.nightjar.tokenizer.encoding.PostProcessor;
import dev.nightjar.tokenizer.pipeline.Decoding;
import dev.nightjar.tokenizer.pipeline.PipelineSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What tokenizer_config.json changes in a tokenizer.json.
 *
 * <ul>
 *   <li>The tokens with a role get their ids.
 *   <li>Of the Llama family, {@code add_bos_token} and {@code add_eos_token} make the
 *       post-processor anew, as Python's classes do. Of others, only a BOS that is asked for and
 *       that the post-processor does not add is added.
 *   <li>{@code clean_up_tokenization_spaces} counts where decoding is not exact anyway; byte-pair
 *       tokens spell every space, and to take some away would change the text.
 * </ul>
 */
final class ConfigRules {
    private static final Set<String> REBUILDING_CLASSES =
            Set.of("Llama", "CodeLlama", "Gemma", "Cohere", "Cohere2");

    private final TokenizerConfig config;

    ConfigRules(TokenizerConfig config) {
        this.config = config;
    }

    PipelineSpec apply(PipelineSpec spec) {
        List<String> tokens = Arrays.asList(spec.tokens());
        OptionalInt bos = id(config.bos(), tokens);
        OptionalInt eos = id(config.eos(), tokens);
        SpecialIds ids =
                new SpecialIds(
                        bos,
                        eos,
                        id(config.unknown(), tokens),
                        id(config.padding(), tokens),
                        OptionalInt.empty(),
                        OptionalInt.empty());
        return spec.with(ids)
                .with(postProcessor(spec.postProcessor(), bos, eos))
                .with(cleanup(spec.decoding()));
    }

    private static OptionalInt id(Optional<String> token, List<String> tokens) {
        int id = token.map(tokens::indexOf).orElse(-1);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    private PostProcessor postProcessor(PostProcessor ofFile, OptionalInt bos, OptionalInt eos) {
        boolean isSaid = config.addsBos().isPresent() || config.addsEos().isPresent();
        if (isSaid && isRebuilt()) {
            return PostProcessor.around(
                    config.addsBos().orElse(true) ? bos : OptionalInt.empty(),
                    config.addsEos().orElse(false) ? eos : OptionalInt.empty());
        }
        boolean asksForBos = config.addsBos().orElse(false) && bos.isPresent();
        boolean hasBos =
                asksForBos && Arrays.stream(ofFile.prefix()).anyMatch(id -> id == bos.getAsInt());
        return asksForBos && !hasBos ? ofFile.after(bos.getAsInt()) : ofFile;
    }

    private boolean isRebuilt() {
        String name = config.tokenizerClass().orElse("");
        int end = name.indexOf("Tokenizer");
        return end > 0 && REBUILDING_CLASSES.contains(name.substring(0, end));
    }

    private Decoding cleanup(Decoding decoding) {
        return config.cleansUpSpaces().orElse(true)
                ? decoding
                : decoding.with(Decoding.TextCleanup.NONE);
    }
}
