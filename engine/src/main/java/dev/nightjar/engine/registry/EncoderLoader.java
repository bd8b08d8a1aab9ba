package dev.nightjar.engine.registry;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTraits;
import dev.nightjar.engine.format.CausalPipeline;
import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.StaticConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.metrics.EncoderPlan;
import dev.nightjar.engine.model.CacheSpecs;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.model.StepLimits;
import dev.nightjar.engine.model.encoder.BatchEncoder;
import dev.nightjar.engine.model.encoder.EncoderWorkspace;
import dev.nightjar.engine.model.encoder.PipelineEncoder;
import dev.nightjar.engine.model.encoder.TextEncoder;
import dev.nightjar.engine.model.encoder.TokenTable;
import dev.nightjar.engine.nn.Workspace;
import dev.nightjar.engine.registry.HostedModel.Belongings;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.run.CausalStates;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.LoadedEncoder;
import dev.nightjar.engine.warmup.EncoderMiniature;
import dev.nightjar.engine.warmup.WarmUp;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.DeviceMemoryException;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.Optional;
import java.util.Set;

/** Puts the checkpoint of an encoder into service. */
final class EncoderLoader {

    /** Architectures by the name that GGUF gives them, or that they have here. */
    static final Set<String> KNOWN = Set.of("bert", "nomic-bert", StaticConfig.ARCHITECTURE);

    /** What decoders take unless options say otherwise: tables of rotations grow with it. */
    private static final int MAX_CONTEXT = 1 << 15;

    /** More rows make multiplications no faster; fewer let running streams go on sooner. */
    private static final int STEP_TOKENS = 2048;

    private final EngineLoop loop;
    private final WarmUp warmUp;

    /** Loads onto the loop's device; what has to be compiled for a model goes to the warm-up. */
    EncoderLoader(EngineLoop loop, WarmUp warmUp) {
        this.loop = loop;
        this.warmUp = warmUp;
    }

    /** Whether a checkpoint is an encoder, or a decoder whose files make one of it. */
    static boolean isEncoder(Checkpoint checkpoint) {
        return KNOWN.contains(checkpoint.architecture()) || checkpoint.causalPipeline().isPresent();
    }

    /**
     * Loads an encoder. The checkpoint and the memory go with it; they stay the caller's if it
     * fails. Of the options, the context limits inputs, and as many requests may wait as they say.
     *
     * @param memory where weights that are repacked lie
     * @throws ModelFormatException if it is damaged or incomplete
     */
    HostedModel load(String name, Checkpoint checkpoint, Backend memory, LoadOptions options) {
        Optional<WarmUp.Place> place = rehearse(name, checkpoint);
        try {
            return load(name, new Belongings(checkpoint, memory, place), options);
        } catch (RuntimeException | Error failure) {
            place.ifPresent(WarmUp.Place::close);
            throw failure;
        }
    }

    private Optional<WarmUp.Place> rehearse(String name, Checkpoint checkpoint) {
        if (checkpoint.staticConfig().isPresent() || checkpoint.causalPipeline().isPresent()) {
            return Optional.empty();
        }
        EncoderConfig config = checkpoint.encoderConfig();
        return Optional.of(warmUp.add(EncoderMiniature.of(name, config, checkpoint.weights())));
    }

    private HostedModel load(String name, Belongings belongings, LoadOptions options) {
        try {
            return create(name, belongings, options);
        } catch (DeviceMemoryException full) {
            Checkpoint checkpoint = belongings.checkpoint();
            throw full.ofModel(
                    name,
                    checkpoint.weightBytes(),
                    cacheBytes(checkpoint, options),
                    workspaceBytes(checkpoint));
        }
    }

    private HostedModel create(String name, Belongings belongings, LoadOptions options) {
        Checkpoint checkpoint = belongings.checkpoint();
        WeightMap weights = WeightMap.of(checkpoint.weights());
        Prepared prepared = prepare(checkpoint, belongings.memory(), weights, options);
        UnusedWeights.check(name, weights);
        Optional<Tokenizer> tokenizer = checkpoint.tokenizer();
        int vocabSize = prepared.traits.vocabSize();
        tokenizer.ifPresent(
                known ->
                        VocabularyCheck.require(
                                checkpoint.name(), known.vocabulary().size(), vocabSize));
        int maxInput = Math.min(prepared.maxTokens, options.maxContext().orElse(Integer.MAX_VALUE));
        EncoderPlan plan =
                new EncoderPlan(
                        checkpoint.weightBytes() + prepared.extraWeightBytes,
                        workspaceBytes(checkpoint),
                        maxInput,
                        STEP_TOKENS,
                        options.maxQueued());
        LoadedEncoder loaded = new LoadedEncoder(belongings.memory(), name, prepared.model, plan);
        loop.add(loaded);
        EncoderModel model =
                new EncoderModel(new ServedEncoder(loop, loaded), prepared.traits, tokenizer);
        return new HostedModel(loop, loaded, model, belongings);
    }

    private static Prepared prepare(
            Checkpoint checkpoint, Backend backend, WeightMap weights, LoadOptions options) {
        Optional<StaticConfig> table = checkpoint.staticConfig();
        if (table.isPresent()) {
            return prepare(table.get(), backend, weights);
        }
        Optional<CausalPipeline> causal = checkpoint.causalPipeline();
        return causal.isPresent()
                ? prepare(causal.get(), checkpoint, backend, weights, options)
                : prepare(checkpoint.encoderConfig(), checkpoint, backend, weights);
    }

    /** What computes, and what callers depend on. */
    private record Prepared(
            BatchEncoder model, EncoderTraits traits, int maxTokens, long extraWeightBytes) {}

    /** Activations of a step. */
    private static long workspaceBytes(Checkpoint checkpoint) {
        Optional<StaticConfig> table = checkpoint.staticConfig();
        if (table.isPresent()) {
            return (long) STEP_TOKENS * table.get().hiddenSize() * Float.BYTES;
        }
        return checkpoint.causalPipeline().isPresent()
                ? Workspace.bytes(checkpoint.config(), STEP_TOKENS, 1)
                : EncoderWorkspace.bytes(checkpoint.encoderConfig(), STEP_TOKENS);
    }

    /** Keys and values that a decoder keeps for the texts of a step. */
    private static long cacheBytes(Checkpoint checkpoint, LoadOptions options) {
        return checkpoint.causalPipeline().isEmpty()
                ? 0
                : CausalStates.cacheBytes(
                        CacheSpecs.of(checkpoint.config()), options.kvType().dtype(), STEP_TOKENS);
    }

    private static Prepared prepare(
            EncoderConfig config, Checkpoint checkpoint, Backend backend, WeightMap weights) {
        EncoderPipeline pipeline = checkpoint.encoderPipeline();
        TextEncoder text = new TextEncoder(backend, config, weights, STEP_TOKENS);
        BatchEncoder model =
                pipeline.isPlain()
                        ? text
                        : new PipelineEncoder(
                                backend, text::hidden, config.hiddenSize(), pipeline, weights);
        return new Prepared(
                model,
                EncoderTraits.of(config, pipeline),
                config.maxPositions(),
                text.extraWeightBytes());
    }

    private static Prepared prepare(
            CausalPipeline pipeline,
            Checkpoint checkpoint,
            Backend backend,
            WeightMap weights,
            LoadOptions options) {
        ModelConfig config = checkpoint.config();
        if (pipeline.prompt().isPresent()) {
            weights.ignore("cls.output.weight"); // what a judge needs of it has another name
        }
        int longest = Math.min(config.maxPositions(), options.maxContext().orElse(MAX_CONTEXT));
        int maxTokens = Math.min(longest, pipeline.maxTokens().orElse(longest));
        CausalLm decoder =
                Architectures.of(checkpoint.architecture())
                        .create(
                                backend,
                                config,
                                weights,
                                new StepLimits(STEP_TOKENS, 1, maxTokens));
        CausalStates states =
                new CausalStates(
                        backend,
                        decoder,
                        config.hiddenSize(),
                        options.kvType().dtype(),
                        STEP_TOKENS,
                        maxTokens);
        BatchEncoder model =
                new PipelineEncoder(
                        backend, states, config.hiddenSize(), pipeline.steps(), weights);
        return new Prepared(
                model, EncoderTraits.of(config, pipeline), maxTokens, decoder.extraWeightBytes());
    }

    private static Prepared prepare(StaticConfig config, Backend backend, WeightMap weights) {
        TokenTable table = new TokenTable(backend, config, weights, STEP_TOKENS);
        BatchEncoder model =
                new PipelineEncoder(
                        backend, table, config.hiddenSize(), config.pipeline(), weights);
        return new Prepared(model, EncoderTraits.of(config), config.maxTokens(), 0);
    }
}
