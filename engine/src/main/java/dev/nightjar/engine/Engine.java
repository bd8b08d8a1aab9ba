package dev.nightjar.engine;

import dev.nightjar.engine.checkpoint.Checkpoints;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.store.ModelStore;
import dev.nightjar.engine.lifecycle.ManagerConfig;
import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.lifecycle.ModelManager;
import dev.nightjar.engine.lifecycle.ModelSource;
import dev.nightjar.engine.lifecycle.ModelSpec;
import dev.nightjar.engine.lifecycle.ModelSpec.Loading;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.engine.lifecycle.UnknownModelException;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.predict.Predictor;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.registry.DeviceHost;
import dev.nightjar.engine.registry.DeviceHost.Rehearsing;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.MemoryPlanner;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import dev.nightjar.engine.warmup.WarmUp;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.DeviceChoice;
import dev.nightjar.kernels.backend.DeviceUse;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An inference engine in this JVM: open it on one or more models, generate from any number of
 * threads, close it. Knows no HTTP.
 *
 * <pre>{@code
 * try (Engine engine = Engine.open(Path.of("model.gguf"))) {
 *     System.out.println(engine.generate("Once upon a time").text());
 *     engine.stream(List.of(ChatMessage.user("Who are you?"))).awaitText(System.out::print);
 * }
 * }</pre>
 *
 * <p>A file of an encoder, such as BERT, becomes one of {@link #encoders} instead of a model of
 * text, and one of XGBoost, LightGBM or scikit-learn one of {@link #rowModels}.
 *
 * <p>The short calls take the first model; {@link #require} finds another by name. What a request
 * can ask for beyond its prompt stands in {@link TextRequest}.
 *
 * <p>Long because its builder has a documented method for each option, and alone may call its
 * constructor.
 */
public final class Engine implements AutoCloseable {

    private final EngineLoop loop;
    private final WarmUp warmUp;
    private final ModelManager manager;

    private Engine(Builder builder) {
        loop = new EngineLoop(Backends.open(builder.backendOptions));
        warmUp = new WarmUp(builder.backendOptions, loop::isBusy);
        long memory =
                Math.min(memoryBytes(loop), builder.manager.budgetBytes().orElse(Long.MAX_VALUE));
        manager =
                new ModelManager(
                        new DeviceHost(loop, new MemoryPlanner(memory), warmUp, builder.rehearsing),
                        builder.manager);
        try {
            builder.mixedSpecs().forEach(manager::add);
            builder.specs.values().stream()
                    .filter(spec -> spec.loading() == Loading.EAGER)
                    .forEach(spec -> manager.load(spec.name()));
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /** Opens an engine with one model, named after its file, and default options. */
    public static Engine open(Path model) {
        return builder().model(model).open();
    }

    /** Opens an engine with the small demo model that ships with it. */
    public static Engine openDemo() {
        return builder().demoModel().open();
    }

    /** Collects models and options. */
    public static Builder builder() {
        return new Builder();
    }

    /** The models of text that are loaded, in the order they were added. */
    public List<TextModel> models() {
        return loaded(ModelInstance::text);
    }

    /**
     * The first model of text.
     *
     * @throws ModelNotLoadedException if none is loaded
     * @throws dev.nightjar.engine.request.EngineClosedException if the engine was closed
     */
    public TextModel model() {
        manager.requireOpen();
        return models().stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                ModelNotLoadedException.ofText(
                                        names(encoders(), EncoderModel::name)));
    }

    /** The encoders that are loaded, in the order they were added. */
    public List<EncoderModel> encoders() {
        return loaded(ModelInstance::encoder);
    }

    /** A loaded encoder by name. */
    public Optional<EncoderModel> encoder(String name) {
        return instance(name).flatMap(ModelInstance::encoder);
    }

    /**
     * An encoder by name that has to be there.
     *
     * @throws ModelNotLoadedException if it is not
     */
    public EncoderModel requireEncoder(String name) {
        return encoder(name)
                .orElseThrow(
                        () ->
                                new ModelNotLoadedException(
                                        name, names(encoders(), EncoderModel::name)));
    }

    /** The models of rows that are loaded, in the order they were added. */
    public List<RowModel> rowModels() {
        return loaded(ModelInstance::rows);
    }

    /**
     * A model of rows by name that has to be there.
     *
     * @throws ModelNotLoadedException if it is not
     */
    public RowModel requireRows(String name) {
        return instance(name)
                .flatMap(ModelInstance::rows)
                .orElseThrow(
                        () ->
                                new ModelNotLoadedException(
                                        name, names(rowModels(), RowModel::name)));
    }

    /** A loaded model of text by name. */
    public Optional<TextModel> model(String name) {
        return instance(name).flatMap(ModelInstance::text);
    }

    /**
     * A model of text by name that has to be there.
     *
     * @throws ModelNotLoadedException if it is not
     */
    public TextModel require(String name) {
        return model(name)
                .orElseThrow(
                        () -> new ModelNotLoadedException(name, names(models(), TextModel::name)));
    }

    /**
     * Loads one more model while the others run, and waits for it.
     *
     * @throws IllegalArgumentException if there is one of this name
     * @throws dev.nightjar.engine.format.ModelFormatException if a file is damaged; the model is
     *     not known then
     */
    public void load(String name, Path path) {
        load(ModelSpec.of(name, ModelSource.of(path, LoadOptions.defaults())));
    }

    /** As {@link #load(String, Path)}, with everything that can be said of a model. */
    public void load(ModelSpec spec) {
        manager.add(spec);
        try {
            manager.load(spec.name());
        } catch (RuntimeException | Error failure) {
            forget(spec.name());
            throw failure;
        }
    }

    private void forget(String name) {
        try {
            manager.remove(name);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes a model out of service while the others run: it refuses new work, what runs goes on to
     * its end, then everything that it holds in memory is released. Waits for that.
     *
     * @throws UnknownModelException if there is none of this name
     */
    public void unload(String name) throws InterruptedException {
        manager.remove(name);
    }

    /**
     * Lends models to requests, loads and unloads them under a budget. Whoever keeps one of the
     * models above over a longer time should hold a lease of it.
     */
    public ModelManager manager() {
        return manager;
    }

    private Optional<ModelInstance> instance(String name) {
        return manager.status(name).flatMap(ModelStatus::instance);
    }

    private <T> List<T> loaded(Function<ModelInstance, Optional<T>> kind) {
        return manager.statuses().stream()
                .flatMap(status -> status.instance().stream())
                .flatMap(instance -> kind.apply(instance).stream())
                .toList();
    }

    private static <T> Set<String> names(List<T> models, Function<T, String> name) {
        return models.stream().map(name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Continues a text with the first model, greedily and up to 256 tokens, and waits for the whole
     * text.
     */
    public Completion generate(String prompt) throws InterruptedException {
        return generate(Defaults.continuing(prompt));
    }

    /**
     * Answers a conversation with the first model, greedily and up to 1,024 tokens, and waits for
     * the whole answer.
     */
    public Completion generate(List<ChatMessage> conversation) throws InterruptedException {
        return generate(Defaults.answering(conversation));
    }

    /** Generates with the first model and waits for the whole text. */
    public Completion generate(TextRequest request) throws InterruptedException {
        return model().generate(request);
    }

    /** As {@link #generate(String)}, piece by piece; read the stream to its end or close it. */
    public TextStream stream(String prompt) {
        return stream(Defaults.continuing(prompt));
    }

    /** As {@link #generate(List)}, piece by piece; read the stream to its end or close it. */
    public TextStream stream(List<ChatMessage> conversation) {
        return stream(Defaults.answering(conversation));
    }

    /** Begins a generation with the first model; read the stream to its end or close it. */
    public TextStream stream(TextRequest request) {
        return model().start(request);
    }

    /** The counters of all models of text together. */
    public EngineStats stats() {
        return models().stream().map(TextModel::stats).reduce(EngineStats.NONE, EngineStats::plus);
    }

    /** Whether the engine's thread has ended by a failure, so that nothing is computed any more. */
    public boolean hasFailed() {
        return loop.hasFailed();
    }

    /**
     * How long the step has taken that is computed now; zero while there is nothing to do. A step
     * takes milliseconds to seconds: much more means that the engine is stuck.
     */
    public Duration turnTime() {
        return loop.turnTime();
    }

    /** The name and width of the compute backend in use. */
    public String backendName() {
        return loop.backend().name();
    }

    /** Where models are computed: {@code cpu}, {@code cuda:0}. */
    public String device() {
        return loop.backend().device();
    }

    /**
     * What the device's own memory has left; empty where models lie in that of the machine. What a
     * model holds stands in its plan.
     */
    public Optional<DeviceUse> deviceUse() {
        return loop.backend().deviceUse();
    }

    /** Threads that kernels run on. */
    public int threads() {
        return loop.backend().threads();
    }

    /** Memory of the machine, or of the container that this process runs in. */
    public long machineBytes() {
        return SystemMemory.totalBytes();
    }

    /**
     * Compiles the kernels in the background while no request runs, some seconds of processor time,
     * so that the first request finds them fast. Returns at once.
     */
    public void warmUp() {
        warmUp.start();
    }

    /** Refuses new work and waits until what runs has ended, at most that long. */
    public void drain(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        loop.drain(atMost);
        for (RowModel model : rowModels()) {
            model.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }

    /** Ends what runs, stops all threads and releases all memory. */
    @Override
    public void close() {
        warmUp.close();
        manager.close();
        loop.close();
    }

    /** What models have to themselves: the device's memory, or that of the machine. */
    private static long memoryBytes(EngineLoop loop) {
        return loop.backend().memoryBytes().orElseGet(SystemMemory::totalBytes);
    }

    /** Collects models and options; {@link #open} does the work. */
    public static final class Builder {

        private final Map<String, ModelSpec> specs = new LinkedHashMap<>();
        private LoadOptions options = LoadOptions.defaults();
        private BackendOptions backendOptions = BackendOptions.defaults();
        private Optional<Mixture> mixture = Optional.empty();
        private Rehearsing rehearsing = Rehearsing.WHEN_STARTED;
        private ManagerConfig manager = ManagerConfig.defaults();

        private Builder() {}

        /** Options of the models added after this call. */
        public Builder options(LoadOptions value) {
            options = value;
            return this;
        }

        /** Threads for kernels; 0 takes one per core that this process may use. */
        public Builder threads(int value) {
            backendOptions = backendOptions.withThreads(value);
            return this;
        }

        /** A compute backend by name instead of the best one available. */
        public Builder backend(String value) {
            backendOptions = backendOptions.withName(value);
            return this;
        }

        /** Where to compute instead of on the processor. */
        public Builder device(DeviceChoice value) {
            backendOptions = backendOptions.withDevice(value);
            return this;
        }

        /**
         * Begins with {@link Engine#warmUp} while a large model is being loaded, which hides it.
         */
        public Builder warmUpWhileLoading() {
            rehearsing = Rehearsing.WHILE_LOADING;
            return this;
        }

        /** Where weights are kept instead of in memory of their own. */
        public Builder weightLayout(WeightLayout value) {
            backendOptions = backendOptions.withLayout(value);
            return this;
        }

        /**
         * The types that matrices of more bits are quantized to while they are loaded, of the
         * models added after this call; see {@link dev.nightjar.engine.quantize.Quantizer} for
         * files.
         */
        public Builder quantizeTo(Mixture value) {
            mixture = Optional.of(value);
            return this;
        }

        /**
         * Whether functions are assembled for the processor where they are faster than what the
         * JVM's compiler makes of the Vector API; by default they are. Results of Q4_0, Q4_K and
         * Q6_K are the same in all bits.
         */
        public Builder assembly(boolean value) {
            backendOptions = backendOptions.withAssembly(value);
            return this;
        }

        /**
         * How activations are multiplied, instead of in blocks of 8 bits with integer codes. {@link
         * ActivationPrecision#INT8} is refused when the engine is opened where the processor lacks
         * what it needs.
         */
        public Builder activations(ActivationPrecision value) {
            backendOptions = backendOptions.withActivations(value);
            return this;
        }

        /**
         * A model named after its file or folder: a GGUF file, a folder with a {@code config.json}
         * and weights in safetensors or torch files, or one of those files; or a file of XGBoost,
         * LightGBM or scikit-learn.
         */
        public Builder model(Path path) {
            return model(
                    ModelSource.isOfRows(path)
                            ? Predictor.defaultName(path)
                            : Checkpoints.defaultName(path),
                    path);
        }

        /** A model under a name of its own; see {@link #model(Path)}. */
        public Builder model(String name, Path path) {
            return add(name, ModelSource.of(path, options));
        }

        /**
         * A model of this user's store, named as it is referred to here.
         *
         * @throws dev.nightjar.engine.hub.HubException.NotFound if it has to be pulled first
         */
        public Builder model(ModelRef ref) {
            return model(ref.toString(), ModelStore.ofUser().require(ref).path());
        }

        /** The small demo model that ships with the engine. */
        public Builder demoModel() {
            return add(DemoModels.TEXT, DemoModels.text(options));
        }

        /**
         * The small demo encoder for a task, named {@code nightjar-demo-embed}, {@code -rerank} or
         * {@code -classify}.
         */
        public Builder demoEncoder(EncoderTask task) {
            return add(DemoModels.name(task), DemoModels.encoder(task, options));
        }

        /** The demo encoders of all tasks. */
        public Builder demoEncoders() {
            for (EncoderTask task : EncoderTask.values()) {
                demoEncoder(task);
            }
            return this;
        }

        /** The small demo model of rows, named {@code nightjar-demo-predict}. */
        public Builder demoRows() {
            return add(DemoModels.ROWS, DemoModels.rows(options));
        }

        /** A model with everything that can be said of it. */
        public Builder add(ModelSpec spec) {
            if (specs.putIfAbsent(spec.name(), spec) != null) {
                throw new IllegalArgumentException(
                        "two models are named '%s'; give one of them another name"
                                .formatted(spec.name()));
            }
            return this;
        }

        /** The memory that models share, and how long requests wait for one. */
        public Builder manager(ManagerConfig value) {
            manager = value;
            return this;
        }

        /** The names of the models added so far. */
        public List<String> names() {
            return List.copyOf(specs.keySet());
        }

        /** The models, quantized as asked for all unless something is said for one. */
        private List<ModelSpec> mixedSpecs() {
            return specs.values().stream()
                    .map(
                            spec ->
                                    mixture.isPresent()
                                                    && spec.source().mixture().isEmpty()
                                                    && !spec.source().isOfRows()
                                            ? spec.withSource(
                                                    spec.source().quantizedTo(mixture.get()))
                                            : spec)
                    .toList();
        }

        private Builder add(String name, ModelSource source) {
            return add(ModelSpec.of(name, source));
        }

        /**
         * Loads everything that is loaded eagerly.
         *
         * @throws dev.nightjar.engine.format.ModelFormatException if a file is damaged
         * @throws IllegalStateException if no model was added
         */
        public Engine open() {
            if (specs.isEmpty()) {
                throw new IllegalStateException("an engine needs at least one model; add one");
            }
            return new Engine(this);
        }
    }
}
