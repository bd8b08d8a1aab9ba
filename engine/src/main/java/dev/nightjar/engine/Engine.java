package dev.nightjar.engine;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Checkpoints;
import dev.nightjar.engine.checkpoint.GgufCheckpoint;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.store.ModelStore;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.quantize.QuantizedCheckpoint;
import dev.nightjar.engine.registry.EncoderLoader;
import dev.nightjar.engine.registry.ModelLoader;
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
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * text.
 *
 * <p>The short calls take the first model; {@link #require} finds another by name. What a request
 * can ask for beyond its prompt stands in {@link TextRequest}.
 */
public final class Engine implements AutoCloseable {

    /** Loading less takes less time than compiling kernels, which would only delay it. */
    private static final long LARGE_BYTES = 1L << 27;

    private final EngineLoop loop;
    private final WarmUp warmUp;
    private final boolean isEager;
    private final Arena arena;
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final Map<String, TextModel> models = new LinkedHashMap<>();
    private final Map<String, EncoderModel> encoders = new LinkedHashMap<>();

    private Engine(Builder builder) {
        loop = new EngineLoop(Backends.open(builder.backendOptions));
        warmUp = new WarmUp(builder.backendOptions, loop::isBusy);
        isEager = builder.isWarmedUp;
        arena = Arena.ofShared();
        try (DemoEncoders demo = new DemoEncoders()) {
            ModelLoader loader =
                    new ModelLoader(loop, new MemoryPlanner(SystemMemory.totalBytes()), warmUp);
            EncoderLoader encoderLoader = new EncoderLoader(loop, warmUp);
            builder.sources.forEach(
                    (name, source) ->
                            load(loader, encoderLoader, open(builder, name, demo), name, source));
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

    /** All models of text, in the order they were added; none if all are encoders. */
    public List<TextModel> models() {
        return List.copyOf(models.values());
    }

    /**
     * The first model of text.
     *
     * @throws ModelNotLoadedException if all models are encoders
     */
    public TextModel model() {
        if (models.isEmpty()) {
            throw ModelNotLoadedException.ofText(encoders.keySet());
        }
        return models.values().iterator().next();
    }

    /** All encoders, in the order they were added. */
    public List<EncoderModel> encoders() {
        return List.copyOf(encoders.values());
    }

    /** An encoder by name. */
    public Optional<EncoderModel> encoder(String name) {
        return Optional.ofNullable(encoders.get(name));
    }

    /**
     * An encoder by name that has to be there.
     *
     * @throws ModelNotLoadedException if it is not
     */
    public EncoderModel requireEncoder(String name) {
        return encoder(name)
                .orElseThrow(() -> new ModelNotLoadedException(name, encoders.keySet()));
    }

    /** A model of text by name. */
    public Optional<TextModel> model(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /**
     * A model of text by name that has to be there.
     *
     * @throws ModelNotLoadedException if it is not
     */
    public TextModel require(String name) {
        return model(name).orElseThrow(() -> new ModelNotLoadedException(name, models.keySet()));
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

    /** Threads that kernels run on. */
    public int threads() {
        return loop.backend().threads();
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
        loop.drain(atMost);
    }

    /** Ends what runs, stops all threads and releases all memory. */
    @Override
    public void close() {
        warmUp.close();
        loop.close();
        checkpoints.forEach(Checkpoint::close);
        checkpoints.clear();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private Checkpoint open(Builder builder, String name, DemoEncoders demo) {
        Checkpoint original = open(name, builder.sources.get(name), demo);
        return builder.mixture.isPresent()
                ? QuantizedCheckpoint.of(original, builder.mixture.get())
                : original;
    }

    private Checkpoint open(String name, Builder.Source source, DemoEncoders demo) {
        if (source.path().isPresent()) {
            return Checkpoints.open(source.path().get());
        }
        return name.equals(DemoModel.NAME)
                ? new GgufCheckpoint(DemoModel.open(arena))
                : demo.open(name);
    }

    private void load(
            ModelLoader loader,
            EncoderLoader encoderLoader,
            Checkpoint checkpoint,
            String name,
            Builder.Source source) {
        checkpoints.add(checkpoint);
        if (isEager && checkpoint.weightBytes() >= LARGE_BYTES) {
            warmUp.begin();
        }
        if (EncoderLoader.isEncoder(checkpoint)) {
            encoders.put(name, encoderLoader.load(name, checkpoint, source.options()));
            return;
        }
        models.put(name, loader.load(name, checkpoint, source.options()));
    }

    /** Collects models and options; {@link #open} does the work. */
    public static final class Builder {

        private final Map<String, Source> sources = new LinkedHashMap<>();
        private LoadOptions options = LoadOptions.defaults();
        private BackendOptions backendOptions = BackendOptions.defaults();
        private Optional<Mixture> mixture = Optional.empty();
        private boolean isWarmedUp;

        /** A file; without one it is the demo model of this name. */
        private record Source(Optional<Path> path, LoadOptions options) {}

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

        /**
         * Begins with {@link Engine#warmUp} while a large model is being loaded, which hides it.
         */
        public Builder warmUpWhileLoading() {
            isWarmedUp = true;
            return this;
        }

        /** Where weights are kept instead of in memory of their own. */
        public Builder weightLayout(WeightLayout value) {
            backendOptions = backendOptions.withLayout(value);
            return this;
        }

        /**
         * The types that matrices of more bits are quantized to while they are loaded; see {@link
         * dev.nightjar.engine.quantize.Quantizer} for files.
         */
        public Builder quantizeTo(Mixture value) {
            mixture = Optional.of(value);
            return this;
        }

        /** How activations are multiplied with integer codes, instead of as fast as can be. */
        public Builder activations(ActivationPrecision value) {
            backendOptions = backendOptions.withActivations(value);
            return this;
        }

        /**
         * A model named after its file or folder: a GGUF file, a folder with a {@code config.json}
         * and weights in safetensors or torch files, or one of those files.
         */
        public Builder model(Path path) {
            return model(Checkpoints.defaultName(path), path);
        }

        /** A model under a name of its own; see {@link #model(Path)}. */
        public Builder model(String name, Path path) {
            return add(name, Optional.of(path));
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
            return add(DemoModel.NAME, Optional.empty());
        }

        /**
         * The small demo encoder for a task, named {@code nightjar-demo-embed}, {@code -rerank} or
         * {@code -classify}.
         */
        public Builder demoEncoder(EncoderTask task) {
            return add(DemoEncoders.name(task), Optional.empty());
        }

        /** The demo encoders of all tasks. */
        public Builder demoEncoders() {
            for (EncoderTask task : EncoderTask.values()) {
                demoEncoder(task);
            }
            return this;
        }

        /** The names of the models added so far. */
        public List<String> names() {
            return List.copyOf(sources.keySet());
        }

        private Builder add(String name, Optional<Path> path) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a model needs a name that is not blank");
            }
            if (sources.putIfAbsent(name, new Source(path, options)) != null) {
                throw new IllegalArgumentException(
                        "two models are named '%s'; give one of them another name".formatted(name));
            }
            return this;
        }

        /**
         * Loads everything.
         *
         * @throws dev.nightjar.engine.format.ModelFormatException if a file is damaged
         * @throws IllegalStateException if no model was added
         */
        public Engine open() {
            if (sources.isEmpty()) {
                throw new IllegalStateException("an engine needs at least one model; add one");
            }
            return new Engine(this);
        }
    }
}
