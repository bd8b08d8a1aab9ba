package dev.nightjar.server.cli.bench;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonSyntaxException;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.load.LoadGenerator;
import dev.nightjar.server.load.LoadJson;
import dev.nightjar.server.load.LoadPlan;
import dev.nightjar.server.load.LoadSummary;
import dev.nightjar.server.outbound.Outbound;
import dev.nightjar.server.statistics.Sample;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.server.terminal.Progress;
import dev.nightjar.server.terminal.TextTable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Loads a server and measures what its users would wait. */
@Command(
        name = "http",
        description = {
            "Load any server that speaks OpenAI's API, and measure latencies: streamed completions"
                    + " and chats, or embeddings.",
            "With --rate, requests are sent at their times however slow the answers are, and"
                    + " latencies count from when they were due."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SynthesizeCommand.VersionLine.class)
final class BenchHttpCommand implements Callable<Integer> {

    private static final int MAX_TOKENS = 64;
    private static final double PER_TOKEN_TARGET = 100;

    /** When requests are sent: one of the two. */
    private static final class Arrival {
        @Option(
                names = "--rate",
                paramLabel = "R",
                description = "Open loop: R requests per second on average, at random times.")
        private Double rate;

        @Option(
                names = "--concurrency",
                paramLabel = "N",
                description = "Closed loop: N requests at any time; default: 1.")
        private Integer concurrency;

        LoadPlan.Arrival plan() {
            return rate != null
                    ? new LoadPlan.Arrival.Rate(rate)
                    : new LoadPlan.Arrival.Concurrency(concurrency == null ? 1 : concurrency);
        }
    }

    @ParentCommand private Console console;

    @ArgGroup private Arrival arrival = new Arrival();

    @Option(
            names = "--url",
            description = "Base of the API; default: ${DEFAULT-VALUE}.",
            defaultValue = "http://127.0.0.1:8080/v1")
    private URI url;

    @Option(
            names = "--api",
            description = "completions, chat or embeddings; default: ${DEFAULT-VALUE}.")
    private LoadPlan.Api api = LoadPlan.Api.COMPLETIONS;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "ID",
            required = true,
            description = "The model's id at the server.")
    private String model;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Requests before that do not count; default: ${DEFAULT-VALUE}.")
    private int warmUp = 4;

    @Option(names = "--requests", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int requests = 64;

    @Option(
            names = "--prompt-tokens",
            paramLabel = "N",
            description = "Words of each prompt, each about a token; default: ${DEFAULT-VALUE}.")
    private int promptTokens = 100;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Of each answer, not for embeddings; default: " + MAX_TOKENS + ".")
    private Integer maxTokens;

    @Option(
            names = "--seed",
            description = "Of prompts and times; default: ${DEFAULT-VALUE}.",
            paramLabel = "S")
    private long seed = 1;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "Sent as bearer token; better in NIGHTJAR_API_KEY, as flags can be seen.")
    private String apiKey = System.getenv("NIGHTJAR_API_KEY");

    @Option(
            names = "--body",
            paramLabel = "JSON",
            description =
                    "More members of each request, such as '{\"ignore_eos\": true}' where the"
                            + " server knows that.")
    private String body = "{}";

    @Option(
            names = "--slo-ttft",
            paramLabel = "MS",
            description =
                    "Target of goodput for the first token or the vector;"
                            + " default: ${DEFAULT-VALUE}.")
    private double firstTokenTarget = 1000;

    @Option(
            names = "--slo-itl",
            paramLabel = "MS",
            description =
                    "Target of goodput per further token, not for embeddings; default: "
                            + PER_TOKEN_TARGET
                            + ".")
    private Double perTokenTarget;

    @Option(
            names = "--max-seconds",
            paramLabel = "S",
            description = "Ends the run, whatever is missing; default: ${DEFAULT-VALUE}.")
    private long maxSeconds = 600;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireNoneOfStreams();
        LoadPlan plan = plan();
        Progress progress = new Progress(console.err(), "request", requests);
        LoadSummary summary =
                LoadSummary.of(
                        new LoadGenerator(plan).run(progress::reached),
                        new LoadSummary.Targets(
                                firstTokenTarget,
                                Objects.requireNonNullElse(perTokenTarget, PER_TOKEN_TARGET)));
        print(summary, console.out());
        if (json != null) {
            Files.write(json, LoadJson.of(plan, summary));
        }
        return summary.numComplete() == 0 ? 1 : 0;
    }

    /** Vectors have no tokens that follow one another. */
    private void requireNoneOfStreams() {
        if (!api.isStreamed() && (maxTokens != null || perTokenTarget != null)) {
            String flag = maxTokens != null ? "--max-tokens" : "--slo-itl";
            throw new InvalidRequestException(
                    "flag", flag + " is for streams of tokens; leave it out for embeddings");
        }
    }

    private LoadPlan plan() {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new InvalidRequestException(
                    "url", "--url: expected http://… or https://…, found " + url);
        }
        Outbound.ofProcess().require(url.getHost(), "--url");
        try {
            return new LoadPlan(
                    url,
                    api,
                    model,
                    Optional.ofNullable(apiKey),
                    arrival.plan(),
                    warmUp,
                    requests,
                    promptTokens,
                    Objects.requireNonNullElse(maxTokens, MAX_TOKENS),
                    seed,
                    Duration.ofSeconds(maxSeconds),
                    extraMembers());
        } catch (IllegalArgumentException outOfRange) {
            throw new InvalidRequestException("plan", "--" + outOfRange.getMessage());
        }
    }

    /** The inside of the object. */
    private String extraMembers() {
        try {
            if (JsonReader.read(body.getBytes(StandardCharsets.UTF_8)) instanceof JsonObject) {
                String inside = body.strip();
                return inside.substring(1, inside.length() - 1);
            }
        } catch (JsonSyntaxException malformed) {
            throw new IllegalArgumentException("body: " + malformed.getMessage(), malformed);
        }
        throw new IllegalArgumentException("body: expected an object, found " + body);
    }

    private void print(LoadSummary summary, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d of %d requests in %.1f s, %.1f requests/s, %.1f %s tokens/s,"
                        + " %d (%.2f/s) within targets%n",
                summary.numComplete(),
                summary.numRequests(),
                summary.seconds(),
                summary.requestsPerSecond(),
                summary.tokensPerSecond(),
                api.isStreamed() ? "output" : "input",
                summary.numGood(),
                summary.goodput());
        summary.errors().forEach((kind, count) -> out.printf("%s: %d%n", kind, count));
        TextTable.Align right = TextTable.Align.RIGHT;
        TextTable table =
                new TextTable(TextTable.Align.LEFT, right, right, right, right, right, right);
        table.row("milliseconds", "P50", "P90", "P95", "P99", "mean", "max");
        if (api.isStreamed()) {
            row(table, "time to first token", summary.firstToken());
            row(table, "inter-token latency", summary.interToken());
        }
        row(table, "end to end", summary.endToEnd());
        row(table, "sent too late", summary.lateness());
        table.print(out);
        out.flush();
    }

    private static void row(TextTable table, String name, Sample sample) {
        if (!sample.isEmpty()) {
            table.row(
                    name,
                    millis(sample.quantile(0.5)),
                    millis(sample.quantile(0.9)),
                    millis(sample.quantile(0.95)),
                    millis(sample.quantile(0.99)),
                    millis(sample.mean()),
                    millis(sample.max()));
        }
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
