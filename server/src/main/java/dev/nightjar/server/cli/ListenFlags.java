package dev.nightjar.server.cli;

import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.auth.AuthConfig;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.config.NightjarConfig;
import dev.nightjar.server.observe.ObserveConfig;
import dev.nightjar.server.observe.log.AccessLogFormat;
import dev.nightjar.server.store.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where the server listens, and how it treats requests. */
final class ListenFlags {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration file, such as nightjar.yaml; flags go before what it says;"
                            + " default: $NIGHTJAR_CONFIG, or none.")
    private Path configFile;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data folder with tokens, usage and the audit log; default: NIGHTJAR_HOME/data or"
                            + " ~/.nightjar/data.")
    private Path dataFolder;

    @Option(names = "--host", description = "Address to listen on; default: 127.0.0.1.")
    private String host;

    @Option(names = "--port", description = "Port to listen on, 0 for any; default: 8080.")
    private Integer port;

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            description = "Largest body of a request; default: 32M.")
    private ByteSize maxBody;

    @Option(
            names = "--request-timeout",
            paramLabel = "SECONDS",
            description =
                    "End requests that take longer; default: no limit, but 120 s below"
                            + " /models/ID/proxy.")
    private Integer requestTimeout;

    @Option(
            names = "--max-timeout",
            paramLabel = "SECONDS",
            description =
                    "Longest time that the header OICM-Request-Timeout may ask for; default: 3600.")
    private Long maxTimeout;

    @Option(
            names = "--drain-limit",
            paramLabel = "SECONDS",
            description = "Time for running requests when the server stops; default: 30.")
    private Long drainSeconds;

    @Option(
            names = "--system-prompt",
            paramLabel = "TEXT",
            description =
                    "What conversations at the root (/chat/completions) begin with if they have no"
                            + " system message.")
    private String systemPrompt;

    @Option(
            names = "--access-log",
            arity = "0..1",
            paramLabel = "FORMAT",
            fallbackValue = "text",
            description =
                    "Log each request, as text or json; on standard error, or where the"
                            + " configuration file says.")
    private AccessLogFormat accessLog;

    @Option(
            names = "--insecure-no-auth",
            description =
                    "Listen on other addresses than loopback, although nobody is asked who calls as"
                            + " long as there is no access token.")
    private boolean isOpenToAll;

    /**
     * What the configuration file says; the defaults without one.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if it cannot be used
     */
    NightjarConfig config() {
        return Optional.ofNullable(configFile)
                .or(() -> Optional.ofNullable(System.getenv("NIGHTJAR_CONFIG")).map(Path::of))
                .map(NightjarConfig::read)
                .orElseGet(NightjarConfig::defaults);
    }

    /**
     * The options that the file and these flags stand for.
     *
     * @throws ParameterException if they contradict each other
     */
    ServerOptions options(NightjarConfig file, CommandLine command) {
        ServerOptions options =
                ServerOptions.of(file.listen())
                        .withConsole(file.console())
                        .withLimits(file.limits())
                        .withCache(file.cache());
        options =
                options.withAddress(
                        host == null ? options.host() : host, port == null ? options.port() : port);
        if (maxBody != null) {
            options = options.withMaxBodyBytes(maxBody.bytes());
        }
        if (systemPrompt != null) {
            options = options.withSystemPrompt(systemPrompt);
        }
        options = withTimes(options, command).withStore(store(file)).withAuth(auth(file));
        return options.withObserve(observe(file.observe()));
    }

    private ObserveConfig observe(ObserveConfig file) {
        return accessLog == null
                ? file
                : file.withAccessLog(file.accessLog().withFormat(accessLog));
    }

    private AuthConfig auth(NightjarConfig file) {
        return isOpenToAll ? file.auth().openToAll() : file.auth();
    }

    private StoreConfig store(NightjarConfig file) {
        return dataFolder == null ? file.store() : file.store().withFolder(dataFolder);
    }

    private ServerOptions withTimes(ServerOptions file, CommandLine command) {
        ServerOptions options = file;
        if (maxTimeout != null) {
            requirePositive(command, "--max-timeout", maxTimeout);
            options = options.withMaxTimeout(Duration.ofSeconds(maxTimeout));
        }
        if (drainSeconds != null) {
            options = options.withDrainLimit(Duration.ofSeconds(drainSeconds));
        }
        if (requestTimeout != null) {
            requirePositive(command, "--request-timeout", requestTimeout);
            options = options.withRequestTimeout(Duration.ofSeconds(requestTimeout));
        }
        return options;
    }

    private static void requirePositive(CommandLine command, String flag, long seconds) {
        if (seconds <= 0) {
            throw new ParameterException(
                    command, "%s must be above 0, found %d".formatted(flag, seconds));
        }
    }
}
