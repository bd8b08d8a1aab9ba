package dev.nightjar.server.cli;

import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.quantize.KeptTensors;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.synthetic.ModelShape;
import dev.nightjar.engine.synthetic.SyntheticSpec;
import dev.nightjar.server.cli.bench.BenchCommand;
import dev.nightjar.server.cli.bench.DivergenceCommand;
import dev.nightjar.server.cli.bench.PerplexityCommand;
import dev.nightjar.server.cli.bench.SynthesizeCommand;
import dev.nightjar.server.cli.encode.ClassifyCommand;
import dev.nightjar.server.cli.encode.EmbedCommand;
import dev.nightjar.server.cli.encode.RerankCommand;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.cli.flags.NamedModel;
import dev.nightjar.server.cli.predict.PredictCommand;
import dev.nightjar.server.observe.ObserveConfig;
import dev.nightjar.server.outbound.Outbound;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.server.terminal.ErrorLine;
import dev.nightjar.server.terminal.Logging;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/**
 * The program. Exit codes: 0 for success, 1 for a failure, 2 for a command line that cannot be
 * understood. An error is one line on standard error.
 */
@Command(
        name = "nightjar",
        description = "An inference engine and server in pure Java.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            ConfigCommand.class,
            TokenCommand.class,
            StoreCommand.class,
            RunCommand.class,
            ChatCommand.class,
            EmbedCommand.class,
            RerankCommand.class,
            ClassifyCommand.class,
            PredictCommand.class,
            TokenizeCommand.class,
            LogitsCommand.class,
            InspectCommand.class,
            DevicesCommand.class,
            QuantizeCommand.class,
            PullCommand.class,
            ListCommand.class,
            RemoveCommand.class,
            SynthesizeCommand.class,
            BenchCommand.class,
            PerplexityCommand.class,
            DivergenceCommand.class,
            CompletionCommand.class
        })
public final class Cli implements Runnable, Console {

    private final Streams streams;
    private final Consumer<Outbound> enforcement;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the cause of an error and log more.")
    private boolean isDebug = Boolean.getBoolean("nightjar.debug");

    @Option(
            names = "--offline",
            scope = ScopeType.INHERIT,
            description = "Open no connection to another machine; so does NIGHTJAR_OFFLINE=1.")
    private boolean isOffline;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    private Cli(Streams streams, Consumer<Outbound> enforcement) {
        this.streams = streams;
        this.enforcement = enforcement;
    }

    /** Runs the program and ends the JVM with its exit code. */
    public static void main(String[] args) {
        // Whatever the locale says: models read and write UTF-8.
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(args, new Streams(System.in, out, err), Outbound::enforce));
    }

    /** Runs the program and returns its exit code. */
    static int run(String[] args, Streams streams) {
        return run(args, streams, outbound -> {});
    }

    private static int run(String[] args, Streams streams, Consumer<Outbound> enforcement) {
        Cli cli = new Cli(streams, enforcement);
        CommandLine commandLine =
                new CommandLine(cli)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setOut(writer(streams.out()))
                        .setErr(writer(streams.err()))
                        .registerConverter(ByteSize.class, ByteSize::parse)
                        .registerConverter(NamedModel.class, NamedModel::parse)
                        .registerConverter(Mixture.class, usage(Mixture::named))
                        .registerConverter(KeptTensors.class, usage(KeptTensors::parse))
                        .registerConverter(ModelShape.class, usage(ModelShape::named))
                        .registerConverter(SyntheticSpec.class, usage(SyntheticSpec::parse))
                        .registerConverter(ModelRef.class, Cli::modelRef)
                        .setParameterExceptionHandler(cli::badUsage)
                        .setExecutionExceptionHandler(cli::failure)
                        .setExecutionStrategy(cli::execute);
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError exhausted) {
            streams.err()
                    .println(
                            "error: out of memory; lower --max-context or --max-batched-tokens, or"
                                    + " give the JVM more with NIGHTJAR_JAVA_OPTS=-Xmx4g");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Without a command there is nothing to do but to help. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Whether connections to other machines may be opened, as flag and environment say. */
    Outbound outbound() {
        return isOffline ? Outbound.OFFLINE : Outbound.of(System.getenv());
    }

    /** Holds the whole process to it, if this is a process of its own. */
    void enforce(Outbound outbound) {
        enforcement.accept(outbound);
    }

    /** Where the commands read and write. */
    Streams streams() {
        return streams;
    }

    @Override
    public InputStream in() {
        return streams.in;
    }

    @Override
    public PrintStream out() {
        return streams.out;
    }

    @Override
    public PrintStream err() {
        return streams.err;
    }

    /** Logs as much as the configuration file says, unless {@code --debug} says more. */
    void logAs(ObserveConfig.LogLevel level) {
        if (!isDebug) {
            Logging.change(
                    switch (level) {
                        case ERROR -> Logging.Detail.ERRORS;
                        case WARNING -> Logging.Detail.WARNINGS;
                        case INFO -> Logging.Detail.NEWS;
                        case DEBUG -> Logging.Detail.ALL;
                    });
        }
    }

    private int execute(ParseResult result) {
        enforce(outbound());
        Logging.configure(isDebug ? Logging.Detail.ALL : Logging.Detail.WARNINGS);
        return new CommandLine.RunLast().execute(result);
    }

    private int badUsage(ParameterException bad, String[] args) {
        CommandLine command = bad.getCommandLine();
        streams.err()
                .printf(
                        "error: %s; see %s --help%n",
                        ErrorLine.of(bad), command.getCommandSpec().qualifiedName());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private int failure(Exception failure, CommandLine command, ParseResult result) {
        streams.out().flush();
        streams.err().println("error: " + ErrorLine.of(failure));
        if (isDebug) {
            failure.printStackTrace(streams.err());
        }
        return failure instanceof InvalidRequestException
                ? command.getCommandSpec().exitCodeOnInvalidInput()
                : command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** What cannot be parsed is bad usage, with the parser's own words. */
    private static <T> ITypeConverter<T> usage(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static ModelRef modelRef(String text) {
        try {
            return ModelRef.parse(text);
        } catch (HubException.BadReference bad) {
            throw new TypeConversionException(bad.getMessage());
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /**
     * Standard streams in UTF-8.
     *
     * @param in input
     * @param out results alone, not flushed by itself
     * @param err messages for people
     */
    record Streams(InputStream in, PrintStream out, PrintStream err) {}
}
