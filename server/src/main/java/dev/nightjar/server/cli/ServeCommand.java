package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.NightjarServer;
import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.cli.flags.EngineFlags;
import dev.nightjar.server.cli.flags.NamedModel;
import dev.nightjar.server.terminal.Logging;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop; then drains it and ends with code 0. */
@Command(
        name = "serve",
        description = "Serve models over HTTP with OpenAI's API.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class ServeCommand implements Callable<Integer> {

    private static final ServerOptions DEFAULTS = ServerOptions.defaults();

    @ParentCommand private Cli cli;
    @Spec private CommandSpec spec;
    @Mixin private EngineFlags engineFlags = new EngineFlags();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "[NAME=]MODEL",
            description =
                    "A GGUF file, a model folder, or a model of the store such as owner/name:Q4_K_M; may be given"
                            + " several times; default: the demo model.")
    private List<NamedModel> models = new ArrayList<>();

    @Option(names = "--host", description = "Address to listen on; default: ${DEFAULT-VALUE}.")
    private String host = DEFAULTS.host();

    @Option(
            names = "--port",
            description = "Port to listen on, 0 for any; default: ${DEFAULT-VALUE}.")
    private int port = DEFAULTS.port();

    @Option(
            names = "--max-batched-tokens",
            paramLabel = "N",
            description = "Most tokens computed in one step.")
    private Integer maxBatchedTokens;

    @Option(
            names = "--max-sequences",
            paramLabel = "N",
            description = "Most sequences that run at the same time; others wait.")
    private Integer maxSequences;

    @Option(
            names = "--max-queued",
            paramLabel = "N",
            description = "Most sequences that wait; others are refused.")
    private Integer maxQueued;

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            description = "Largest body of a request; default: 32M.")
    private ByteSize maxBody = new ByteSize(DEFAULTS.maxBodyBytes());

    @Option(
            names = "--request-timeout",
            paramLabel = "SECONDS",
            description = "End requests that take longer; default: no limit.")
    private Integer requestTimeout;

    @Option(
            names = "--drain-limit",
            paramLabel = "SECONDS",
            description = "Time for running requests when the server stops; default: 30.")
    private long drainSeconds = DEFAULTS.drainLimit().toSeconds();

    @Option(names = "--access-log", description = "Log each request on standard error.")
    private boolean hasAccessLog;

    @Option(
            names = "--check",
            description = "Start, answer one request, stop: tells whether everything works.")
    private boolean isCheck;

    @Option(
            names = "--insecure-no-auth",
            description =
                    "Listen on other addresses than loopback, although nothing asks who calls.")
    private boolean isOpenToAll;

    @Override
    public Integer call() throws UnknownHostException, InterruptedException {
        requireSafe();
        NightjarServer server = start();
        if (isCheck) {
            return check(server);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(server), "drain"));
        new CountDownLatch(1).await();
        return 0;
    }

    private NightjarServer start() {
        Engine.Builder builder = engineFlags.engine(loadOptions());
        if (models.isEmpty()) {
            builder.demoModel();
        }
        models.forEach(model -> model.addTo(builder));
        Thread.ofPlatform().name("preload").daemon().start(NightjarServer::preload);
        Engine engine = builder.open();
        try {
            NightjarServer server = NightjarServer.start(engine, serverOptions());
            PrintStream out = cli.streams().out();
            StartReport.print(engine, host, server.port(), out);
            out.flush();
            engine.warmUp();
            return server;
        } catch (RuntimeException failed) {
            engine.close();
            throw failed;
        }
    }

    private int check(NightjarServer server) {
        try (server) {
            String answer = SelfRequest.answer(server, host);
            cli.streams().out().println("answered itself: " + answer);
            cli.streams().out().flush();
            return 0;
        }
    }

    /** The JVM by itself would end with 128 plus the number of the signal. */
    private void drain(NightjarServer server) {
        cli.streams().err().println("stopping: waiting for running requests");
        Logging.silence("io.helidon.webserver"); // it logs connections it refuses as its own faults
        server.close();
        Runtime.getRuntime().halt(0);
    }

    /** Nothing asks who calls yet, so nobody but this machine may. */
    private void requireSafe() throws UnknownHostException {
        if (!isOpenToAll && !InetAddress.getByName(host).isLoopbackAddress()) {
            throw new ParameterException(
                    spec.commandLine(),
                    ("--host %s can be reached from other machines, and this version has no access"
                                    + " tokens yet; use --host 127.0.0.1, or --insecure-no-auth where a"
                                    + " firewall or proxy guards the port")
                            .formatted(host));
        }
    }

    private LoadOptions loadOptions() {
        LoadOptions options = LoadOptions.defaults();
        if (maxBatchedTokens != null) {
            options = options.withMaxBatchedTokens(maxBatchedTokens);
        }
        if (maxSequences != null) {
            options = options.withMaxSequences(maxSequences);
        }
        if (maxQueued != null) {
            options = options.withMaxQueued(maxQueued);
        }
        return options;
    }

    private ServerOptions serverOptions() {
        ServerOptions options =
                DEFAULTS.withAddress(host, port)
                        .withMaxBodyBytes(maxBody.bytes())
                        .withDrainLimit(Duration.ofSeconds(drainSeconds));
        if (requestTimeout != null) {
            options = options.withRequestTimeout(Duration.ofSeconds(requestTimeout));
        }
        return hasAccessLog ? options.withAccessLog(ServerOptions.AccessLogging.ON) : options;
    }
}
