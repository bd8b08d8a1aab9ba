package dev.nightjar.server.cli.bench;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.server.soak.Soak;
import dev.nightjar.server.soak.SoakPlan;
import dev.nightjar.server.soak.SoakReport;
import dev.nightjar.server.soak.SoakSample;
import dev.nightjar.server.terminal.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Puts a running server to a long test; ends with 1 if it lost something. */
@Command(
        name = "soak",
        description = {
            "Load a running Nightjar server for a while, with clients that leave and requests that"
                    + " are nonsense, and report what its memory, threads and files do.",
            "The server's capacity is measured first; the load is a share of it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SynthesizeCommand.VersionLine.class)
final class BenchSoakCommand implements Callable<Integer> {

    private static final double MEBI = 1 << 20;

    @ParentCommand private Console console;

    @Option(
            names = "--url",
            description = "The server; default: ${DEFAULT-VALUE}.",
            paramLabel = "URL")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--model", required = true, description = "The model to ask for.")
    private String model;

    @Option(
            names = "--api-key",
            defaultValue = "${env:NIGHTJAR_API_KEY}",
            description = "Sent with each request; default: the variable NIGHTJAR_API_KEY.")
    private String apiKey;

    @Option(names = "--minutes", description = "How long; default: ${DEFAULT-VALUE}.")
    private double minutes = 30;

    @Option(
            names = "--load",
            description = "Share of what the server can do; default: ${DEFAULT-VALUE}.")
    private double load = 0.7;

    @Option(
            names = "--reload-every",
            paramLabel = "SECONDS",
            description = "Load the model anew so often; never without it.")
    private Integer reloadSeconds;

    @Option(names = "--seed", description = "Of the workload; default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream out = console.out();
        SoakReport report = new Soak(plan(), sample -> print(sample, out)).run();
        print(report, out);
        out.flush();
        return report.isClean() ? 0 : 1;
    }

    private SoakPlan plan() {
        try {
            return new SoakPlan(
                    url,
                    model,
                    Optional.ofNullable(apiKey),
                    Duration.ofMillis(Math.round(minutes * 60_000)),
                    load,
                    Optional.ofNullable(reloadSeconds).map(Duration::ofSeconds),
                    seed);
        } catch (IllegalArgumentException outOfRange) {
            throw new InvalidRequestException("plan", "--" + outOfRange.getMessage());
        }
    }

    private static void print(SoakSample sample, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%6.0f s  %8.1f MiB resident  %7.1f MiB heap  %4d threads  %4d files  %4d blocks"
                        + "  %3d sequences%n",
                sample.seconds(),
                sample.residentBytes() / MEBI,
                sample.heapBytes() / MEBI,
                sample.threads(),
                sample.files(),
                sample.blocks(),
                sample.sequences());
        out.flush();
    }

    private static void print(SoakReport report, PrintStream out) {
        out.printf(Locale.ROOT, "%ncapacity: %.1f requests/s%n", report.capacity());
        report.counts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(count -> out.printf("%s: %d%n", count.getKey(), count.getValue()));
        report.surprises()
                .forEach((what, count) -> out.printf("unexpected: %s: %d%n", what, count));
        out.print("at rest before: ");
        print(report.before(), out);
        out.print("at rest after:  ");
        print(report.after(), out);
        out.printf(
                Locale.ROOT,
                "memory grows by %.1f MiB/h; leaked: %d blocks, %d threads, %d files%n",
                report.bytesPerHour() / MEBI,
                report.leakedBlocks(),
                report.moreThreads(),
                report.moreFiles());
        out.println(report.isClean() ? "clean" : "not clean");
    }
}
