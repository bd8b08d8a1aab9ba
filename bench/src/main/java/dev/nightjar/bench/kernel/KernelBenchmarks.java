package dev.nightjar.bench.kernel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures the machine's limits, then kernels, and sets them in relation. Takes the options of JMH,
 * so that {@code -f}, {@code -wi}, {@code -i}, {@code -p format=Q4_0} and a pattern of names work
 * as they always do; {@code bench/run-kernels.sh} starts it. The environment variable {@code
 * NIGHTJAR_KERNEL_RESULTS} names a file to write the results to.
 */
public final class KernelBenchmarks {

    private static final String PACKAGE = "dev\\.nightjar\\.bench\\.kernel\\.";
    private static final String ROOFS = PACKAGE + "RooflineBenchmark.*";
    private static final String PAIRS = PACKAGE + "(Matmul|Attention|Elementwise|Sampling).*";
    private static final String KERNELS = PAIRS + "[vV]ector";
    private static final String RESULTS = "NIGHTJAR_KERNEL_RESULTS";
    private static final int FORKS = 3;
    private static final int ITERATIONS = 5;

    private KernelBenchmarks() {}

    /** Runs what the arguments say; all vector kernels if they name nothing. */
    public static void main(String[] args)
            throws CommandLineOptionException, RunnerException, IOException {
        CommandLineOptions options = new CommandLineOptions(args);
        Options roofs =
                usual(options).include(ROOFS).exclude(PAIRS).threads(Kernels.threads()).build();
        Collection<RunResult> limits = new Runner(roofs).run();
        // A backend is called by one thread and has threads of its own.
        ChainedOptionsBuilder kernels = usual(options).exclude(ROOFS).threads(1);
        if (options.getIncludes().isEmpty()) {
            kernels.include(KERNELS);
        }
        List<KernelResult> results = KernelResult.of(limits, new Runner(kernels.build()).run());
        results.forEach(System.out::println);
        String file = System.getenv(RESULTS);
        if (file != null) {
            try (OutputStream out = Files.newOutputStream(Path.of(file))) {
                KernelResult.write(results, out);
            }
        }
    }

    /**
     * The arguments, names of benchmarks included, and where they say nothing enough to trust a
     * figure.
     */
    private static ChainedOptionsBuilder usual(CommandLineOptions options) {
        ChainedOptionsBuilder builder = new OptionsBuilder().parent(options);
        if (!options.getForkCount().hasValue()) {
            builder.forks(FORKS);
        }
        if (!options.getMeasurementTime().hasValue()) {
            builder.measurementTime(TimeValue.seconds(1));
        }
        if (!options.getWarmupTime().hasValue()) {
            builder.warmupTime(TimeValue.seconds(1));
        }
        if (!options.getMeasurementIterations().hasValue()) {
            builder.measurementIterations(ITERATIONS);
        }
        if (!options.getWarmupIterations().hasValue()) {
            builder.warmupIterations(ITERATIONS);
        }
        return builder;
    }
}
