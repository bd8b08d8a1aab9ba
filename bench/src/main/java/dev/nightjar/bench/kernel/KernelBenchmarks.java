package dev.nightjar.bench.kernel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jdk.incubator.vector.FloatVector;
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
 * as they always do; {@code bench/run-kernels.sh} starts it. Everything is measured with the widest
 * vectors and with those of 256 bits. The environment variable {@code NIGHTJAR_KERNEL_RESULTS}
 * names a file to write the results to.
 */
public final class KernelBenchmarks {

    /** The property that says how wide vectors are. */
    static final String WIDTH = "nightjar.vector.bits";

    private static final String PACKAGE = "dev\\.nightjar\\.bench\\.kernel\\.";
    private static final String ROOFS = PACKAGE + "RooflineBenchmark.*";
    private static final String PAIRS = PACKAGE + "(Matmul|Attention|Elementwise|Sampling|Tree).*";
    private static final String KERNELS = PAIRS + "[vV]ector";
    private static final String RESULTS = "NIGHTJAR_KERNEL_RESULTS";
    private static final int HALF_WIDTH = 256;
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 3;
    private static final TimeValue SHORT = TimeValue.milliseconds(400);

    private KernelBenchmarks() {}

    /** Runs what the arguments say; all vector kernels if they name nothing. */
    public static void main(String[] args)
            throws CommandLineOptionException, RunnerException, IOException {
        CommandLineOptions options = new CommandLineOptions(args);
        List<KernelResult> results = new ArrayList<>();
        for (int bits : widths()) {
            results.addAll(run(options, bits));
        }
        System.out.println(KernelTable.markdown(results));
        String file = System.getenv(RESULTS);
        if (file != null) {
            try (OutputStream out = Files.newOutputStream(Path.of(file))) {
                KernelResult.write(results, out);
            }
        }
    }

    /** The width that was asked for, or the processor's and that of most others. */
    private static List<Integer> widths() {
        Integer wanted = Integer.getInteger(WIDTH);
        if (wanted != null) {
            return List.of(wanted);
        }
        int bits = preferredBits();
        return bits > HALF_WIDTH ? List.of(bits, HALF_WIDTH) : List.of(bits);
    }

    /** Width of the processor's vectors, as kernels use them. */
    static int preferredBits() {
        return Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    }

    private static List<KernelResult> run(CommandLineOptions options, int bits)
            throws RunnerException {
        Options roofs =
                usual(options, bits)
                        .include(ROOFS)
                        .exclude(PAIRS)
                        .threads(Kernels.threads())
                        .build();
        Collection<RunResult> limits = new Runner(roofs).run();
        // A backend is called by one thread and has threads of its own.
        ChainedOptionsBuilder kernels = usual(options, bits).exclude(ROOFS).threads(1);
        if (options.getIncludes().isEmpty()) {
            kernels.include(KERNELS);
        }
        return KernelResult.of(limits, new Runner(kernels.build()).run());
    }

    /**
     * The arguments, names of benchmarks included; where they say nothing, as little as lets all
     * kernels be measured in some minutes.
     */
    private static ChainedOptionsBuilder usual(CommandLineOptions options, int bits) {
        ChainedOptionsBuilder builder =
                new OptionsBuilder()
                        .parent(options)
                        .jvmArgsAppend("-D%s=%d".formatted(WIDTH, bits));
        if (!options.getForkCount().hasValue()) {
            builder.forks(1);
        }
        if (!options.getMeasurementTime().hasValue()) {
            builder.measurementTime(SHORT);
        }
        if (!options.getWarmupTime().hasValue()) {
            builder.warmupTime(SHORT);
        }
        if (!options.getMeasurementIterations().hasValue()) {
            builder.measurementIterations(ITERATIONS);
        }
        if (!options.getWarmupIterations().hasValue()) {
            builder.warmupIterations(WARM_UPS);
        }
        return builder;
    }
}
