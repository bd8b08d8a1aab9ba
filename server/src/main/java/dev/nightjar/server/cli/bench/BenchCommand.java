package dev.nightjar.server.cli.bench;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.checkpoint.Checkpoints;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.synthetic.ModelSynthesizer;
import dev.nightjar.engine.synthetic.SyntheticSpec;
import dev.nightjar.engine.synthetic.SyntheticVocabulary;
import dev.nightjar.server.api.Version;
import dev.nightjar.server.bench.BenchRow;
import dev.nightjar.server.bench.BenchRows;
import dev.nightjar.server.bench.BenchTest;
import dev.nightjar.server.bench.Machine;
import dev.nightjar.server.bench.ModelBench;
import dev.nightjar.server.cli.flags.EngineFlags;
import dev.nightjar.server.cli.flags.NamedModel;
import dev.nightjar.server.terminal.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures how fast models run here. */
@Command(
        name = "bench",
        description = {
            "Measure tokens per second of prefill and decode.",
            "Tests are named pp512 (prefill of 512 tokens), tg64 (64 generated tokens),"
                    + " tg64@d1024 (behind 1,024 tokens of context), tg64@b8 (8 sequences, total)."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SynthesizeCommand.VersionLine.class,
        subcommands = {
            BenchHttpCommand.class,
            BenchSoakCommand.class,
            CompareCommand.class,
            ReportCommand.class
        })
public final class BenchCommand implements Callable<Integer>, Console {

    /** The pool of keys and values holds that many contexts unless flags say otherwise. */
    private static final int POOL_CONTEXTS = 8;

    private static final int BLOCK_SLACK = 64;
    private static final int MAX_REPETITIONS = 1000;

    @ParentCommand private Console console;
    @Mixin private EngineFlags engineFlags = new EngineFlags();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "[NAME=]MODEL",
            description = "A GGUF file, a model folder or a model of the store; may be repeated.")
    private List<NamedModel> models = new ArrayList<>();

    @Option(
            names = "--synthetic",
            paramLabel = "SHAPE:TYPE",
            description =
                    "Random weights in a published shape, such as llama-1b:q4_0, qwen-0.5b:q8_0,"
                            + " smol-135m or tiny; may be repeated.")
    private List<SyntheticSpec> synthetic = new ArrayList<>();

    @Option(
            names = {"-p", "--prompt"},
            paramLabel = "N",
            split = ",",
            description = "Prompt lengths to prefill, 0 for none; default: 512.")
    private List<Integer> prompts = List.of(512);

    @Option(
            names = {"-n", "--generate"},
            paramLabel = "N",
            split = ",",
            description = "Numbers of tokens to generate, 0 for none; default: 128.")
    private List<Integer> generated = List.of(128);

    @Option(
            names = {"-b", "--batch"},
            paramLabel = "N",
            split = ",",
            description = "Sequences that generate at the same time; default: 1.")
    private List<Integer> batches = List.of(1);

    @Option(
            names = {"-d", "--depth"},
            paramLabel = "N",
            split = ",",
            description = "Tokens of context before what is measured; default: 0.")
    private List<Integer> depths = List.of(0);

    @Option(
            names = {"-r", "--repetitions"},
            paramLabel = "N",
            description = "Runs that count, after the warm-up; default: ${DEFAULT-VALUE}.")
    private int repetitions = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description =
                    "Time that each test runs before it counts, one run at least; default:"
                            + " ${DEFAULT-VALUE}.")
    private double warmUpSeconds = 2;

    @Option(
            names = "--max-batched-tokens",
            paramLabel = "N",
            description = "Most tokens computed in one step; default: ${DEFAULT-VALUE}.")
    private int maxBatchedTokens = LoadOptions.defaults().maxBatchedTokens();

    @Option(
            names = "--random",
            paramLabel = "SEED",
            description = "Seed of the token ids and synthetic weights; default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--markdown", description = "Print the table in Markdown.")
    private boolean isMarkdown;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the results as JSON; see docs/bench.md.")
    private Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (models.isEmpty() && synthetic.isEmpty()) {
            throw bad("model", "there is nothing to measure; give --model or --synthetic");
        }
        if (repetitions < 1 || repetitions > MAX_REPETITIONS) {
            throw bad(
                    "repetitions",
                    "--repetitions: expected 1 to %d, found %d"
                            .formatted(MAX_REPETITIONS, repetitions));
        }
        if (!(warmUpSeconds >= 0 && warmUpSeconds <= 3600)) {
            throw bad("warm-up", "--warm-up: expected 0 to 3600 seconds, found " + warmUpSeconds);
        }
        List<BenchTest> tests = tests();
        List<BenchRow> rows = new ArrayList<>();
        for (NamedModel model : models) {
            rows.addAll(measure(model, tests));
        }
        for (SyntheticSpec spec : synthetic) {
            rows.addAll(measure(spec, tests));
        }
        new BenchTable(rows).print(out(), isMarkdown);
        if (json != null) {
            BenchRows.write(rows, json);
        }
        return 0;
    }

    @Override
    public InputStream in() {
        return console.in();
    }

    @Override
    public PrintStream out() {
        return console.out();
    }

    @Override
    public PrintStream err() {
        return console.err();
    }

    private List<BenchTest> tests() {
        try {
            List<BenchTest> tests = BenchTest.all(prompts, generated, depths, batches);
            if (tests.isEmpty()) {
                throw bad("test", "there is no test; give -p or -n a number above 0");
            }
            return tests;
        } catch (IllegalArgumentException outOfRange) {
            throw bad("test", outOfRange.getMessage());
        }
    }

    private static InvalidRequestException bad(String name, String problem) {
        return new InvalidRequestException(name, problem);
    }

    private List<BenchRow> measure(SyntheticSpec spec, List<BenchTest> tests)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("nightjar-bench", ".gguf");
        try {
            err().println(spec.name() + ": writing random weights");
            new ModelSynthesizer(spec, seed)
                    .write(file, SyntheticVocabulary.plain(spec.shape()), written -> {});
            return measure(new NamedModel(Optional.of(spec.name()), file), tests);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private List<BenchRow> measure(NamedModel model, List<BenchTest> tests)
            throws InterruptedException {
        String name = model.name().orElseGet(() -> Checkpoints.defaultName(model.file()));
        Engine.Builder builder = engineFlags.engine(options(tests));
        model.addTo(builder);
        List<BenchRow> rows = new ArrayList<>();
        try (Engine engine = builder.open()) {
            ModelBench bench = new ModelBench(engine.model(), seed);
            Duration warmUp = Duration.ofNanos((long) (warmUpSeconds * 1e9));
            for (BenchTest test : tests) {
                err().println(name + " " + test.name());
                List<Double> samples = bench.run(test, repetitions, warmUp);
                Map<String, String> about =
                        Map.of(
                                "backend", engine.backendName(),
                                "version", Version.current(),
                                "machine", Machine.describe());
                rows.add(new BenchRow(name, test.name(), samples, engine.threads(), about));
            }
        }
        return rows;
    }

    /**
     * Room for the largest test. The pool is planned as a number of contexts, so a batch of many
     * short sequences asks for a longer context than it needs.
     */
    private LoadOptions options(List<BenchTest> tests) {
        int batch = 1;
        long context = 1;
        for (BenchTest test : tests) {
            batch = Math.max(batch, test.batch());
            long needed = test.contextTokens() + BLOCK_SLACK;
            context = Math.max(context, needed);
            context = Math.max(context, Math.ceilDiv(needed * test.batch(), POOL_CONTEXTS));
        }
        return LoadOptions.defaults()
                .withMaxSequences(batch)
                .withMaxQueued(batch)
                .withMaxBatchedTokens(maxBatchedTokens)
                .withTargetItl(Duration.ofHours(1))
                .withMaxContext((int) Math.min(Integer.MAX_VALUE, context));
    }
}
