package dev.nightjar.server.answer;

import dev.nightjar.engine.encoder.Classification;
import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.Overflow;
import dev.nightjar.engine.encoder.RankedText;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;

/**
 * What a request asks of an encoder: it depends on nothing but the model and what is asked for.
 *
 * @param model which answers
 * @param asked the task and all of its inputs
 * @param work computes the results; gives up when its thread is interrupted
 * @param tokens how many a result took
 * @param resultBytes about what a result takes in memory
 * @param <T> a result; immutable
 */
public record EncoderCall<T>(
        EncoderModel model,
        List<?> asked,
        Callable<List<T>> work,
        ToIntFunction<T> tokens,
        long resultBytes) {

    private static final long OBJECT_BYTES = 48;

    /**
     * Vectors.
     *
     * @param inputs texts or token ids
     * @param work encodes the inputs and computes
     */
    public static EncoderCall<Embedding> embed(
            EncoderModel model,
            List<?> inputs,
            EmbedOptions options,
            int maxTokens,
            Callable<List<Embedding>> work) {
        return new EncoderCall<>(
                model,
                List.of("embed", inputs, options, maxTokens),
                work,
                Embedding::numTokens,
                OBJECT_BYTES + (long) Float.BYTES * model.outputSize());
    }

    /** Texts by how well they suit a query. */
    public static EncoderCall<RankedText> rerank(
            EncoderModel model, String query, List<String> texts, Overflow overflow) {
        return new EncoderCall<>(
                model,
                List.of("rerank", query, texts, overflow),
                () -> model.rerank(query, texts, overflow),
                RankedText::numTokens,
                OBJECT_BYTES);
    }

    /** Labels of texts. */
    public static EncoderCall<Classification> classify(
            EncoderModel model, List<String> texts, Overflow overflow) {
        return new EncoderCall<>(
                model,
                List.of("classify", texts, overflow),
                () -> model.classify(texts, overflow),
                Classification::numTokens,
                OBJECT_BYTES * (1 + model.outputSize()));
    }

    /** Tokens of all results. */
    long numTokens(List<T> results) {
        return results.stream().mapToLong(tokens::applyAsInt).sum();
    }
}
