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
import dev.nightjar.engine.registry.HostedModel.Belongings;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.LoadedModel;
import dev.nightjar.engine.run.MemoryPlanner;
import dev.nightjar.engine.schedule.SchedulerConfig;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.warmup.Miniature;
import dev.nightjar.engine.warmup.WarmUp;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.DeviceMemoryException;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Puts a checkpoint into service: config, plan, weights, tokenizer, template. */
final class ModelLoader {

    private final EngineLoop loop;
    private final MemoryPlanner planner;
    private final WarmUp warmUp;

    /** Loads onto the loop's device; what has to be compiled for a model goes to the warm-up. */
    ModelLoader(EngineLoop loop, MemoryPlanner planner, WarmUp warmUp) {
        this.loop = loop;
        this.planner = planner;
        this.warmUp = warmUp;
    }

    /**
     * Loads a model. The checkpoint and the memory go with it; they stay the caller's if it fails.
     *
     * @param memory where weights that are repacked lie
     * @throws dev.nightjar.engine.format.ModelFormatException if it is damaged or incomplete
     * @throws UnknownArchitectureException if nothing here runs it
     */
    HostedModel load(String name, Checkpoint checkpoint, Backend memory, LoadOptions options) {
        ModelFactory factory = Architectures.of(checkpoint.architecture());
        ModelConfig config = checkpoint.config();
        WarmUp.Place place = warmUp.add(Miniature.of(name, factory, config, checkpoint.weights()));
        try {
            Belongings belongings = new Belongings(checkpoint, memory, Optional.of(place));
            return load(name, factory, belongings, options);
        } catch (RuntimeException | Error failure) {
            place.close();
            throw failure;
        }
    }

    private HostedModel load(
            String name, ModelFactory factory, Belongings belongings, LoadOptions options) {
        Checkpoint checkpoint = belongings.checkpoint();
        ModelConfig config = checkpoint.config();
        Optional<Tokenizer> tokenizer = checkpoint.tokenizer();
        tokenizer.ifPresent(
                known ->
                        VocabularyCheck.require(
                                checkpoint.name(), known.vocabulary().size(), config.vocabSize()));
        ChatRenderer chat = ChatTemplateChoice.of(checkpoint, tokenizer, options);
        Set<Integer> ends = endTokens(checkpoint, tokenizer, chat);
        LoadedModel loaded = create(name, factory, belongings, options, ends);
        loop.add(loaded);
        TextModel text =
                new TextModel(
                        new ServedModel(loop, loaded),
                        config,
                        tokenizer,
                        chat,
                        ends,
                        checkpoint.sampling());
        return new HostedModel(loop, loaded, text, belongings);
    }

    private LoadedModel create(
            String name,
            ModelFactory factory,
            Belongings belongings,
            LoadOptions options,
            Set<Integer> ends) {
        Checkpoint checkpoint = belongings.checkpoint();
        MemoryPlan plan = plan(checkpoint, options, now(belongings.memory()));
        SchedulerConfig steps = steps(options);
        StepLimits limits =
                new StepLimits(steps.maxBatchedTokens(), steps.maxSequences(), plan.maxContext());
        WeightMap weights = WeightMap.of(checkpoint.weights());
        Backend memory = belongings.memory();
        try {
            CausalLm model = factory.create(memory, checkpoint.config(), weights, limits);
            UnusedWeights.check(name, weights);
            MemoryPlan actual = plan.withExtraWeights(model.extraWeightBytes());
            return new LoadedModel(
                    memory,
                    new LoadedModel.Parts(
                            name, model, actual, steps, options.targetItl(), ends::contains));
        } catch (DeviceMemoryException full) {
            throw full.ofModel(name, plan.weightBytes(), plan.kvBytes(), plan.workspaceBytes());
        }
    }

    private static SchedulerConfig steps(LoadOptions options) {
        return new SchedulerConfig(
                options.maxBatchedTokens(), options.maxSequences(), options.maxQueued());
    }

    /** A device may hold what others put there, models of this process or another one. */
    private MemoryPlanner now(Backend memory) {
        return memory.deviceUse().map(use -> planner.within(use.free())).orElse(planner);
    }

    /** Where the memory of a checkpoint's model will go, once those make room that have to. */
    MemoryPlan plan(Checkpoint checkpoint, LoadOptions options) {
        return plan(checkpoint, options, planner);
    }

    private static MemoryPlan plan(
            Checkpoint checkpoint, LoadOptions options, MemoryPlanner planner) {
        Architectures.of(checkpoint.architecture()); // what nothing runs is refused as such
        ModelConfig config = checkpoint.config();
        SchedulerConfig steps = steps(options);
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
