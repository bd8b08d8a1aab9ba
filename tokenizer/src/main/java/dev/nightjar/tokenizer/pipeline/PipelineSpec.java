package dev.nightjar.tokenizer.pipeline;

import dev.nightjar.tokenizer.SpecialIds;
import dev.nightjar.tokenizer.algorithm.SubwordEncoder;
import dev.nightjar.tokenizer.encoding.PostProcessor;
import dev.nightjar.tokenizer.normalizer.Normalizer;
import dev.nightjar.tokenizer.pretokenizer.PieceSplitter;
import java.util.List;

/**
 * The five stages and the vocabulary of a tokenizer.
 *
 * @param tokens text of each token; null where an id has none {@code [V]}
 * @param addedTokens tokens that are found before the model sees the text
 * @param normalizer the first stage
 * @param splitter the second stage
 * @param model the third stage
 * @param postProcessor the fourth stage
 * @param decoding the fifth stage
 * @param specialIds tokens with a fixed role
 */
public record PipelineSpec(
        String[] tokens,
        List<AddedToken> addedTokens,
        Normalizer normalizer,
        PieceSplitter splitter,
        SubwordEncoder model,
        PostProcessor postProcessor,
        Decoding decoding,
        SpecialIds specialIds) {
    /** Copies the list; the array is kept. */
    public PipelineSpec {
        addedTokens = List.copyOf(addedTokens);
    }

    /** This tokenizer with other special ids. */
    public PipelineSpec with(SpecialIds newSpecialIds) {
        return new PipelineSpec(
                tokens,
                addedTokens,
                normalizer,
                splitter,
                model,
                postProcessor,
                decoding,
                newSpecialIds);
    }

    /** This tokenizer with another fourth stage. */
    public PipelineSpec with(PostProcessor newPostProcessor) {
        return new PipelineSpec(
                tokens,
                addedTokens,
                normalizer,
                splitter,
                model,
                newPostProcessor,
                decoding,
                specialIds);
    }

    /** This tokenizer with another fifth stage. */
    public PipelineSpec with(Decoding newDecoding) {
        return new PipelineSpec(
                tokens,
                addedTokens,
                normalizer,
                splitter,
                model,
                postProcessor,
                newDecoding,
                specialIds);
    }
}
