package dev.nightjar.engine.encoder;

import dev.nightjar.engine.format.CausalPipeline;
import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.ScoreKind;
import dev.nightjar.engine.format.StaticConfig;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What callers of an encoder depend on, whatever computes it.
 *
 * @param architecture as its file names it
 * @param task what it is good for
 * @param vocabSize V
 * @param outputSize elements of a vector, or scores of an input
 * @param poolings how hidden states become a result
 * @param scoreKind what scores mean
 * @param labels names of the scores; empty for a model of vectors
 * @param inputs how texts are written for it
 */
public record EncoderTraits(
        String architecture,
        EncoderTask task,
        int vocabSize,
        int outputSize,
        List<Pooling> poolings,
        ScoreKind scoreKind,
        List<String> labels,
        InputRules inputs) {

    /** Copies the lists and requires the objects. */
    public EncoderTraits {
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(scoreKind, "scoreKind");
        Objects.requireNonNull(inputs, "inputs");
        poolings = List.copyOf(poolings);
        labels = List.copyOf(labels);
    }

    /** Those of a model with layers. */
    public static EncoderTraits of(EncoderConfig config, EncoderPipeline pipeline) {
        boolean hasHead = pipeline.pooling() == Pooling.RANK;
        return new EncoderTraits(
                config.architecture(),
                task(config, pipeline),
                config.vocabSize(),
                hasHead ? config.numScores() : pipeline.outputSize(config.hiddenSize()),
                pipeline.poolings(),
                config.scoreKind(),
                labels(config),
                InputRules.of(config.numTokenTypes(), pipeline));
    }

    /** Those of a table of token vectors. */
    public static EncoderTraits of(StaticConfig config) {
        return new EncoderTraits(
                StaticConfig.ARCHITECTURE,
                EncoderTask.EMBED,
                config.vocabSize(),
                config.pipeline().outputSize(config.hiddenSize()),
                config.pipeline().poolings(),
                ScoreKind.QUANTITIES,
                List.of(),
                InputRules.of(config));
    }

    /**
     * Those of a decoder that makes vectors or judges pairs.
     *
     * @param config its hyper-parameters
     */
    public static EncoderTraits of(ModelConfig config, CausalPipeline pipeline) {
        EncoderPipeline steps = pipeline.steps();
        return new EncoderTraits(
                config.architecture(),
                pipeline.prompt().isPresent() ? EncoderTask.RERANK : EncoderTask.EMBED,
                config.vocabSize(),
                steps.outputSize(config.hiddenSize()),
                steps.poolings(),
                ScoreKind.QUANTITIES,
                List.of(),
                InputRules.of(pipeline));
    }

    private static EncoderTask task(EncoderConfig config, EncoderPipeline pipeline) {
        if (pipeline.pooling() != Pooling.RANK) {
            return EncoderTask.EMBED;
        }
        return config.numScores() == 1 ? EncoderTask.RERANK : EncoderTask.CLASSIFY;
    }

    private static List<String> labels(EncoderConfig config) {
        return config.labels().isEmpty()
                ? IntStream.range(0, config.numScores()).mapToObj(i -> "LABEL_" + i).toList()
                : config.labels();
    }
}
