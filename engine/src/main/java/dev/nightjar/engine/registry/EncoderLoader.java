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
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.model.StepLimits;
import dev.nightjar.engine.model.encoder.BatchEncoder;
import dev.nightjar.engine.model.encoder.EncoderWorkspace;
import dev.nightjar.engine.model.encoder.PipelineEncoder;
import dev.nightjar.engine.model.encoder.TextEncoder;
import dev.nightjar.engine.model.encoder.TokenTable;
import dev.nightjar.engine.nn.Workspace;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.run.CausalStates;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.LoadedEncoder;
import dev.nightjar.engine.warmup.EncoderMiniature;
import dev.nightjar.engine.warmup.WarmUp;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.Optional;
import java.util.Set;

/** Puts the checkpoint of an encoder into service. */
public final class EncoderLoader {

    /** Architectures by the name that GGUF gives them, or that they have here. */
    static final Set<String> KNOWN = Set.of("bert", "nomic-bert", StaticConfig.ARCHITECTURE);

    /** What decoders take unless options say otherwise: tables of rotations grow with it. */
    private static final int MAX_CONTEXT = 1 << 15;

    /** More rows make multiplications no faster; fewer let running streams go on sooner. */
    private static final int STEP_TOKENS = 2048;

    private final EngineLoop loop;
    private final WarmUp warmUp;

    /** Loads onto the loop's device; what has to be compiled for a model goes to the warm-up. */
    public EncoderLoader(EngineLoop loop, WarmUp warmUp) {
        this.loop = loop;
        this.warmUp = warmUp;
    }

    /** Whether a checkpoint is an encoder, or a decoder whose files make one of it. */
    public static boolean isEncoder(Checkpoint checkpoint) {
        return KNOWN.contains(checkpoint.architecture()) || checkpoint.causalPipeline().isPresent();
    }

    /**
     * Loads an encoder. The checkpoint must stay open as long as the loop runs, as its memory is
     * used in place. Of the options, the context limits inputs, and as many requests may wait as
     * they say.
     *
     * @throws ModelFormatException if it is damaged or incomplete
     */
    public EncoderModel load(String name, Checkpoint checkpoint, LoadOptions options) {
        WeightMap weights = WeightMap.of(checkpoint.weights());
        Optional<StaticConfig> table = checkpoint.staticConfig();
        Optional<CausalPipeline> causal = checkpoint.causalPipeline();
        Prepared prepared =
                table.isPresent()
                        ? prepare(table.get(), weights)
                        : causal.isPresent()
                                ? prepare(causal.get(), checkpoint, weights, options)
                                : prepare(name, checkpoint.encoderConfig(), checkpoint, weights);
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
                        prepared.workspaceBytes,
                        maxInput,
                        STEP_TOKENS,
                        options.maxQueued());
        LoadedEncoder loaded = new LoadedEncoder(loop.backend(), name, prepared.model, plan);
        loop.add(loaded);
        return new EncoderModel(new ServedEncoder(loop, loaded), prepared.traits, tokenizer);
    }

    /** What computes, and what callers depend on. */
    private record Prepared(
            BatchEncoder model,
            EncoderTraits traits,
            int maxTokens,
            long extraWeightBytes,
            long workspaceBytes) {}

    private Prepared prepare(
            String name, EncoderConfig config, Checkpoint checkpoint, WeightMap weights) {
        warmUp.add(EncoderMiniature.of(name, config, checkpoint.weights()));
        EncoderPipeline pipeline = checkpoint.encoderPipeline();
        TextEncoder text = new TextEncoder(loop.backend(), config, weights, STEP_TOKENS);
        BatchEncoder model =
                pipeline.isPlain()
                        ? text
                        : new PipelineEncoder(
                                loop.backend(),
                                text::hidden,
                                config.hiddenSize(),
                                pipeline,
                                weights);
        return new Prepared(
                model,
                EncoderTraits.of(config, pipeline),
                config.maxPositions(),
                text.extraWeightBytes(),
                EncoderWorkspace.bytes(config, STEP_TOKENS));
    }

    private Prepared prepare(
            CausalPipeline pipeline,
            Checkpoint checkpoint,
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
                                loop.backend(),
                                config,
                                weights,
                                new StepLimits(STEP_TOKENS, 1, maxTokens));
        CausalStates states =
                new CausalStates(
                        loop.backend(),
                        decoder,
                        config.hiddenSize(),
                        options.kvType().dtype(),
                        STEP_TOKENS,
                        maxTokens);
        BatchEncoder model =
                new PipelineEncoder(
                        loop.backend(), states, config.hiddenSize(), pipeline.steps(), weights);
        return new Prepared(
                model,
                EncoderTraits.of(config, pipeline),
                maxTokens,
                decoder.extraWeightBytes(),
                Workspace.bytes(config, STEP_TOKENS, 1));
    }

    private Prepared prepare(StaticConfig config, WeightMap weights) {
        TokenTable table = new TokenTable(loop.backend(), config, weights, STEP_TOKENS);
        BatchEncoder model =
                new PipelineEncoder(
                        loop.backend(), table, config.hiddenSize(), config.pipeline(), weights);
        long workspace = (long) STEP_TOKENS * config.hiddenSize() * Float.BYTES;
        return new Prepared(model, EncoderTraits.of(config), config.maxTokens(), 0, workspace);
    }
}
