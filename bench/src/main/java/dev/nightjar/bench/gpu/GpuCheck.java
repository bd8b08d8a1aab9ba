package dev.nightjar.bench.gpu;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.DeviceReport;
import dev.nightjar.kernels.backend.Matrix;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares every kernel of the GPU with the scalar backend on random inputs of odd sizes, then
 * times it at the sizes of a model. Arguments: a folder for {@code gpu.md} and {@code gpu.json},
 * and {@code --no-timing} to compare only. Exit code 1 if a kernel is wrong.
 */
public final class GpuCheck {

    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 20_000_000;
    private static final int MOST_RUNS = 200;

    /** Takes the kernels of capability 9.0 alone; see native/README.md. */
    private static final String WGMMA_PROPERTY = "nightjar.cuda.wgmma";

    private final Backend scalar;
    private final boolean isTimed;
    private final PeerTimes peer;

    private GpuCheck(Backend scalar, boolean isTimed, PeerTimes peer) {
        this.scalar = scalar;
        this.isTimed = isTimed;
        this.peer = peer;
    }

    /** See the class. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(Path.of(args[0]), !List.of(args).contains("--no-timing"), out));
    }

    /** Runs all cases and writes the two files; 0 if all are right. */
    static int run(Path folder, boolean isTimed, PrintStream out) throws IOException {
        Files.createDirectories(folder);
        PeerTimes peer = PeerTimes.in(folder);
        List<CaseResult> results = new ArrayList<>();
        double copyRate = 0;
        String table = "";
        try (Backend scalar = Backends.open(options("scalar"))) {
            GpuCheck check = new GpuCheck(scalar, isTimed, peer);
            for (KernelCase.Kernels kernels : KernelCase.Kernels.values()) {
                Optional<Backend> opened = open(kernels, out);
                if (opened.isPresent()) {
                    try (Backend gpu = opened.get()) {
                        copyRate = isTimed && copyRate == 0 ? copyRate(gpu) : copyRate;
                        results.addAll(check.check(gpu, kernels));
                    }
                }
                // What has been found stays if time runs out.
                table = write(folder, copyRate, peer, results);
            }
        }
        out.println(table);
        return results.stream().allMatch(CaseResult::isRight) ? 0 : 1;
    }

    private static String write(
            Path folder, double copyRate, PeerTimes peer, List<CaseResult> results)
            throws IOException {
        String device = device();
        String table = ResultReport.markdown(device, copyRate, peer, results);
        Files.writeString(folder.resolve("gpu.md"), table);
        Files.writeString(
                folder.resolve("gpu.json"), ResultReport.json(device, copyRate, peer, results));
        return table;
    }

    private List<CaseResult> check(Backend gpu, KernelCase.Kernels kernels) {
        return KernelCases.all().stream()
                .filter(kernel -> kernel.kernels() == kernels)
                .map(kernel -> check(gpu, kernel))
                .toList();
    }

    private static BackendOptions options(String backend) {
        return new BackendOptions(Optional.of(backend), 1);
    }

    /** The device with those kernels; empty, saying so, where it cannot have them. */
    private static Optional<Backend> open(KernelCase.Kernels kernels, PrintStream out) {
        BackendOptions options = options("cuda");
        return switch (kernels) {
            case USUAL -> Optional.of(Backends.open(options));
            case EXACT ->
                    Optional.of(Backends.open(options.withActivations(ActivationPrecision.EXACT)));
            case WGMMA -> wgmma(options, out);
        };
    }

    private static Optional<Backend> wgmma(BackendOptions options, PrintStream out) {
        System.setProperty(WGMMA_PROPERTY, "on");
        try {
            return Optional.of(Backends.open(options));
        } catch (IllegalStateException refusal) {
            out.println(refusal.getMessage() + "\n");
            return Optional.empty();
        } finally {
            System.clearProperty(WGMMA_PROPERTY);
        }
    }

    private static String device() {
        return Backends.devices().stream()
                .filter(report -> report.device().equals("cuda"))
                .map(DeviceReport::found)
                .flatMap(List::stream)
                .map(DeviceReport.Found::description)
                .findFirst()
                .orElse("no device");
    }

    private CaseResult check(Backend gpu, KernelCase kernel) {
        PreparedOp expected = kernel.prepare(scalar, kernel.odd());
        PreparedOp actual = kernel.prepare(gpu, kernel.odd());
        expected.run().run();
        actual.run().run();
        double error = error(expected.read(), actual.read());
        if (!isTimed) {
            return new CaseResult(kernel.name(), error, kernel.tolerance(), 0, 0, 0, 0);
        }
        PreparedOp real = kernel.prepare(gpu, kernel.real());
        return new CaseResult(
                kernel.name(),
                error,
                kernel.tolerance(),
                nanos(real),
                real.bytes(),
                real.operations(),
                peer.of(kernel));
    }

    /** The largest difference relative to the largest value; NaN if a number is none. */
    private static double error(float[] expected, float[] actual) {
        double worst = 0;
        double largest = Double.MIN_NORMAL;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) expected[i] - actual[i]);
            worst = difference <= worst ? worst : difference;
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return worst / largest;
    }

    /** The median of rounds of many runs, so that launches overlap as they do in a step. */
    private static long nanos(PreparedOp op) {
        op.run().run();
        op.await();
        long start = System.nanoTime();
        op.run().run();
        op.await();
        long once = Math.max(1, System.nanoTime() - start);
        int runs = Math.clamp(ROUND_NANOS / once, 1, MOST_RUNS);
        long[] rounds = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            start = System.nanoTime();
            for (int r = 0; r < runs; r++) {
                op.run().run();
            }
            op.await();
            rounds[i] = (System.nanoTime() - start) / runs;
        }
        Arrays.sort(rounds);
        return Math.max(1, rounds[ROUNDS / 2]);
    }

    /** What memory gives: read and written bytes of a large copy per nanosecond. */
    private static double copyRate(Backend gpu) {
        int rows = 1 << 14;
        int cols = 1 << 13;
        Inputs inputs = new Inputs(gpu);
        Matrix from = inputs.zeros(rows, cols);
        Matrix to = inputs.zeros(rows, cols);
        long bytes = 8L * rows * cols;
        long nanos = nanos(new PreparedOp(() -> gpu.copy(from, rows, to), to, 1, bytes, 0));
        return (double) bytes / nanos;
    }
}
