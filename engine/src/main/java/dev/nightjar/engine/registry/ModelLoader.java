package dev.nightjar.engine.registry;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufModelConfig;
import dev.nightjar.engine.format.gguf.GgufTokenizer;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.model.CacheSpecs;
import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.model.ModelFactory;
import dev.nightjar.engine.model.StepLimits;
import dev.nightjar.engine.nn.Workspace;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.LoadedModel;
import dev.nightjar.engine.run.MemoryPlanner;
import dev.nightjar.engine.schedule.SchedulerConfig;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.ChatTemplates;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Puts a checkpoint into service: config, plan, weights, tokenizer, template. */
public final class ModelLoader {

    private static final System.Logger LOG = System.getLogger(ModelLoader.class.getName());

    /** Rotary tables that old converters wrote; they follow from the config. */
    private static final String DERIVED_ROTARY_TENSOR = "attn_rot_embd.weight";

    private final EngineLoop loop;
    private final MemoryPlanner planner;

    /** Loads onto the loop's device. */
    public ModelLoader(EngineLoop loop, MemoryPlanner planner) {
        this.loop = loop;
        this.planner = planner;
    }

    /**
     * Loads a model. The file must stay open as long as the loop runs, as its memory is used in
     * place.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if the file is damaged or incomplete
     * @throws UnknownArchitectureException if nothing here runs it
     */
    public TextModel load(String name, GgufFile file, LoadOptions options) {
        ModelFactory factory = Architectures.of(GgufModelConfig.architecture(file));
        ModelConfig config = GgufModelConfig.read(file);
        Optional<Tokenizer> tokenizer = GgufTokenizer.spec(file).map(Tokenizer::of);
        tokenizer.ifPresent(known -> checkVocabulary(file, known, config));
        Optional<ChatTemplate> template = template(file, options);
        SchedulerConfig steps =
                new SchedulerConfig(
                        options.maxBatchedTokens(), options.maxSequences(), options.maxQueued());
        MemoryPlan plan = plan(file, config, options, steps);
        WeightMap weights = WeightMap.of(file);
        CausalLm model = create(factory, config, weights, steps, plan);
        checkUnused(name, weights);
        MemoryPlan actual = plan.withExtraWeights(model.extraWeightBytes());
        LoadedModel loaded =
                new LoadedModel(
                        loop.backend(),
                        new LoadedModel.Parts(name, model, actual, steps, endTokens(tokenizer)));
        loop.add(loaded);
        return new TextModel(new ServedModel(loop, loaded), config, tokenizer, template);
    }

    /** Checkpoints may pad their embedding beyond the vocabulary, never the other way round. */
    private static void checkVocabulary(GgufFile file, Tokenizer tokenizer, ModelConfig config) {
        int size = tokenizer.vocabulary().size();
        if (size > config.vocabSize()) {
            throw new ModelFormatException(
                    "%s: the vocabulary has %d tokens, but the embedding only %d rows"
                            .formatted(file.name(), size, config.vocabSize()));
        }
    }

    private MemoryPlan plan(
            GgufFile file, ModelConfig config, LoadOptions options, SchedulerConfig steps) {
        long workspace = Workspace.bytes(config, steps.maxBatchedTokens(), steps.maxSequences());
        long weights = file.tensors().values().stream().mapToLong(info -> info.bytes()).sum();
        MemoryPlanner.Demand demand =
                new MemoryPlanner.Demand(
                        CacheSpecs.of(config), config.maxPositions(), weights, workspace);
        return planner.plan(demand, options.blockSize(), options.maxContext(), options.kvBytes());
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

    private static Optional<ChatTemplate> template(GgufFile file, LoadOptions options) {
        if (options.chatTemplate().isPresent()) {
            String name = options.chatTemplate().get();
            return name.equals(LoadOptions.NO_TEMPLATE)
                    ? Optional.empty()
                    : Optional.of(ChatTemplates.named(name));
        }
        return GgufTokenizer.chatTemplate(file).map(ChatTemplates::of);
    }

    private static IntPredicate endTokens(Optional<Tokenizer> tokenizer) {
        return tokenizer
                .<IntPredicate>map(known -> known.vocabulary().endOfGeneration()::contains)
                .orElse(id -> false);
    }

    /** A layer's tensor that nobody asked for would be maths left out: a wrong result. */
    private static void checkUnused(String name, WeightMap weights) {
        List<String> unused = weights.unused();
        List<String> inLayers =
                unused.stream()
                        .filter(tensor -> tensor.startsWith("blk."))
                        .filter(tensor -> !tensor.endsWith(DERIVED_ROTARY_TENSOR))
                        .toList();
        if (!inLayers.isEmpty()) {
            throw new UnusedWeightsException(inLayers);
        }
        if (!unused.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "model {0}: tensors of its file that are not used: {1}",
                    name,
                    String.join(", ", unused));
        }
    }
}
