package dev.nightjar.engine.registry;

import dev.nightjar.engine.answer.AnswerFormat;
import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.model.CacheSpecs;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.model.ModelFactory;
import dev.nightjar.engine.model.StepLimits;
import dev.nightjar.engine.nn.Workspace;
import dev.nightjar.engine.prompt.ChatRenderer;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.LoadedModel;
import dev.nightjar.engine.run.MemoryPlanner;
import dev.nightjar.engine.schedule.SchedulerConfig;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.warmup.Miniature;
import dev.nightjar.engine.warmup.WarmUp;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Puts a checkpoint into service: config, plan, weights, tokenizer, template. */
public final class ModelLoader {

    private final EngineLoop loop;
    private final MemoryPlanner planner;
    private final WarmUp warmUp;

    /** Loads onto the loop's device; what has to be compiled for a model goes to the warm-up. */
    public ModelLoader(EngineLoop loop, MemoryPlanner planner, WarmUp warmUp) {
        this.loop = loop;
        this.planner = planner;
        this.warmUp = warmUp;
    }

    /**
     * Loads a model. The checkpoint must stay open as long as the loop runs, as its memory is used
     * in place.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if it is damaged or incomplete
     * @throws UnknownArchitectureException if nothing here runs it
     */
    public TextModel load(String name, Checkpoint checkpoint, LoadOptions options) {
        ModelFactory factory = Architectures.of(checkpoint.architecture());
        ModelConfig config = checkpoint.config();
        warmUp.add(Miniature.of(name, factory, config, checkpoint.weights()));
        Optional<Tokenizer> tokenizer = checkpoint.tokenizer();
        tokenizer.ifPresent(
                known ->
                        VocabularyCheck.require(
                                checkpoint.name(), known.vocabulary().size(), config.vocabSize()));
        ChatRenderer chat = ChatTemplateChoice.of(checkpoint, tokenizer, options);
        SchedulerConfig steps =
                new SchedulerConfig(
                        options.maxBatchedTokens(), options.maxSequences(), options.maxQueued());
        MemoryPlan plan = plan(checkpoint, config, options, steps);
        Set<Integer> ends = endTokens(checkpoint, tokenizer, chat);
        WeightMap weights = WeightMap.of(checkpoint.weights());
        CausalLm model = create(factory, config, weights, steps, plan);
        UnusedWeights.check(name, weights);
        MemoryPlan actual = plan.withExtraWeights(model.extraWeightBytes());
        LoadedModel loaded =
                new LoadedModel(
                        loop.backend(),
                        new LoadedModel.Parts(name, model, actual, steps, ends::contains));
        loop.add(loaded);
        return new TextModel(
                new ServedModel(loop, loaded),
                config,
                tokenizer,
                chat,
                ends,
                checkpoint.sampling());
    }

    private MemoryPlan plan(
            Checkpoint checkpoint, ModelConfig config, LoadOptions options, SchedulerConfig steps) {
        long workspace = Workspace.bytes(config, steps.maxBatchedTokens(), steps.maxSequences());
        MemoryPlanner.Demand demand =
                new MemoryPlanner.Demand(
                        CacheSpecs.of(config),
                        config.maxPositions(),
                        checkpoint.weightBytes(),
                        workspace);
        return planner.plan(
                demand,
                options.blockSize(),
                options.kvType().dtype(),
                options.maxContext(),
                options.kvBytes());
    }

    private CausalLm create(
            ModelFactory factory,
            ModelConfig config,
            WeightMap weights,
            SchedulerConfig steps,
            MemoryPlan plan) {
        StepLimits limits =
                new StepLimits(steps.maxBatchedTokens(), steps.maxSequences(), plan.maxContext());
        return factory.create(loop.backend(), config, weights, limits);
    }

    /**
     * What the checkpoint and its vocabulary say, as the format of the model's answers wants it.
     */
    private static Set<Integer> endTokens(
            Checkpoint checkpoint, Optional<Tokenizer> tokenizer, ChatRenderer chat) {
        Set<Integer> ends = new TreeSet<>(checkpoint.endTokens());
        tokenizer
                .map(Tokenizer::vocabulary)
                .ifPresent(
                        vocabulary -> {
                            ends.addAll(vocabulary.endOfGeneration());
                            AnswerFormat format = chat.answers().format();
                            ids(vocabulary, format.goesOnAfter()).forEach(ends::remove);
                            ids(vocabulary, format.endsWith()).forEach(ends::add);
                        });
        return Set.copyOf(ends);
    }

    private static Stream<Integer> ids(Vocabulary vocabulary, List<String> tokens) {
        return tokens.stream()
                .map(vocabulary::id)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt);
    }
}
