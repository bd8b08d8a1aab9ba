package dev.nightjar.engine.registry;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.metrics.EncoderPlan;
import dev.nightjar.engine.model.encoder.EncoderWorkspace;
import dev.nightjar.engine.model.encoder.TextEncoder;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.LoadedEncoder;
import dev.nightjar.engine.warmup.EncoderMiniature;
import dev.nightjar.engine.warmup.WarmUp;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.Optional;
import java.util.Set;

/** Puts the checkpoint of an encoder into service. */
public final class EncoderLoader {

    /** Architectures by the name that GGUF gives them. */
    static final Set<String> KNOWN = Set.of("bert", "nomic-bert");

    /** More rows make multiplications no faster; fewer let running streams go on sooner. */
    private static final int STEP_TOKENS = 2048;

    private final EngineLoop loop;
    private final WarmUp warmUp;

    /** Loads onto the loop's device; what has to be compiled for a model goes to the warm-up. */
    public EncoderLoader(EngineLoop loop, WarmUp warmUp) {
        this.loop = loop;
        this.warmUp = warmUp;
    }

    /** Whether a checkpoint of this architecture is an encoder. */
    public static boolean isEncoder(String architecture) {
        return KNOWN.contains(architecture);
    }

    /**
     * Loads an encoder. The checkpoint must stay open as long as the loop runs, as its memory is
     * used in place. Of the options, the context limits inputs, and as many requests may wait as
     * they say.
     *
     * @throws ModelFormatException if it is damaged or incomplete
     */
    public EncoderModel load(String name, Checkpoint checkpoint, LoadOptions options) {
        EncoderConfig config = checkpoint.encoderConfig();
        warmUp.add(EncoderMiniature.of(name, config, checkpoint.weights()));
        Optional<Tokenizer> tokenizer = checkpoint.tokenizer();
        tokenizer.ifPresent(
                known ->
                        VocabularyCheck.require(
                                checkpoint.name(), known.vocabulary().size(), config.vocabSize()));
        int maxInput =
                Math.min(config.maxPositions(), options.maxContext().orElse(Integer.MAX_VALUE));
        WeightMap weights = WeightMap.of(checkpoint.weights());
        TextEncoder model = new TextEncoder(loop.backend(), config, weights, STEP_TOKENS);
        UnusedWeights.check(name, weights);
        EncoderPlan plan =
                new EncoderPlan(
                        checkpoint.weightBytes() + model.extraWeightBytes(),
                        EncoderWorkspace.bytes(config, STEP_TOKENS),
                        maxInput,
                        STEP_TOKENS,
                        options.maxQueued());
        LoadedEncoder loaded = new LoadedEncoder(loop.backend(), name, model, plan);
        loop.add(loaded);
        return new EncoderModel(new ServedEncoder(loop, loaded), config, tokenizer);
    }
}
