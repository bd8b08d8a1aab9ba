package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.server.NightjarServer;
import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.UnguardedAddressException;
import dev.nightjar.server.config.NightjarConfig;
import dev.nightjar.server.outbound.Outbound;
import dev.nightjar.server.terminal.Logging;
import java.io.PrintStream;
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
        description = "Serve models over HTTP: OpenAI's API, Bluefly's, Flywheel's and OICM's.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class ServeCommand implements Callable<Integer> {

    @ParentCommand private Cli cli;
    @Spec private CommandSpec spec;
    @Mixin private ServedModelFlags models = new ServedModelFlags();
    @Mixin private ListenFlags listen = new ListenFlags();

    @Option(
            names = "--no-load",
            description = "Load no model: everything that needs one answers 503.")
    private boolean isWithoutModels;

    @Option(
            names = "--check",
            description =
                    "Start, answer a request to each model, stop: tells whether everything works.")
    private boolean isCheck;

    @Override
    public Integer call() throws InterruptedException {
        if (isCheck && isWithoutModels) {
            throw new ParameterException(
                    spec.commandLine(), "--check needs models; leave --no-load out");
        }
        NightjarConfig file = listen.config();
        Outbound outbound = cli.outbound().and(file.outbound());
        cli.enforce(outbound);
        file.requireReach(outbound);
        ServerOptions options = listen.options(file, spec.commandLine()).withFleet(file.engine());
        cli.logAs(options.observe().logLevel());
        NightjarServer server = startAsAsked(file, options);
        if (isCheck) {
            return check(server);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(server), "drain"));
        new CountDownLatch(1).await();
        return 0;
    }

    private NightjarServer startAsAsked(NightjarConfig file, ServerOptions options) {
        try {
            return isWithoutModels ? startWithoutModels(options) : start(file, options);
        } catch (UnguardedAddressException unguarded) {
            throw new ParameterException(spec.commandLine(), unguarded.getMessage());
        }
    }

    private NightjarServer startWithoutModels(ServerOptions options) {
        NightjarServer server = NightjarServer.openWithoutModels(options);
        PrintStream out = cli.streams().out();
        StartReport.printWithoutModels(server.url(), server.notes(), out);
        printConsole(options, server);
        out.flush();
        return server;
    }

    /** Models load while the listener opens, which takes as long as a small model does. */
    private NightjarServer start(NightjarConfig file, ServerOptions options) {
        Engine.Builder builder = models.engine(file).warmUpWhileLoading();
        ServerOptions named =
                options.withCatalog(models.catalog(file, builder.names(), spec.commandLine()));
        EngineLoading loading = EngineLoading.start(builder);
        NightjarServer server;
        try {
            server = NightjarServer.open(named);
        } catch (RuntimeException refused) {
            loading.cancel();
            throw refused;
        }
        try {
            Engine engine = loading.await();
            server.serve(engine);
            PrintStream out = cli.streams().out();
            StartReport.print(engine, server.served(), server.url(), server.notes(), out);
            printConsole(options, server);
            server.selfToken().ifPresent(token -> StartReport.printAsking(out));
            out.flush();
            engine.warmUp();
            return server;
        } catch (RuntimeException | Error failed) {
            server.close();
            throw failed;
        }
    }

    private void printConsole(ServerOptions options, NightjarServer server) {
        if (options.console().isEnabled()) {
            StartReport.printConsole(server.urlForOperators(), cli.streams().out());
        }
    }

    private int check(NightjarServer server) {
        try (server) {
            String answer = SelfRequest.answer(server);
            cli.streams().out().println("answered itself: " + answer);
            cli.streams().out().flush();
            return 0;
        }
    }

    /** The JVM by itself would end with 128 plus the number of the signal. */
    private void drain(NightjarServer server) {
        SecondSignal.endsAtOnce(cli.streams().err());
        cli.streams()
                .err()
                .println("stopping: waiting for running requests; a second signal ends them");
        Logging.silence("io.helidon.webserver"); // it logs connections it refuses as its own faults
        server.close();
        Runtime.getRuntime().halt(0);
    }
}
