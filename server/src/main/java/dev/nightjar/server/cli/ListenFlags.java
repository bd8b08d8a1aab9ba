package dev.nightjar.server.cli;

import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.cli.flags.ByteSize;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where the server listens, and how it treats requests. */
final class ListenFlags {

    private static final ServerOptions DEFAULTS = ServerOptions.defaults();

    @Option(names = "--host", description = "Address to listen on; default: ${DEFAULT-VALUE}.")
    private String host = DEFAULTS.host();

    @Option(
            names = "--port",
            description = "Port to listen on, 0 for any; default: ${DEFAULT-VALUE}.")
    private int port = DEFAULTS.port();

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            description = "Largest body of a request; default: 32M.")
    private ByteSize maxBody = new ByteSize(DEFAULTS.maxBodyBytes());

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
    private long maxTimeout = DEFAULTS.maxTimeout().toSeconds();

    @Option(
            names = "--drain-limit",
            paramLabel = "SECONDS",
            description = "Time for running requests when the server stops; default: 30.")
    private long drainSeconds = DEFAULTS.drainLimit().toSeconds();

    @Option(
            names = "--system-prompt",
            paramLabel = "TEXT",
            description =
                    "What conversations at the root (/chat/completions) begin with if they have no"
                            + " system message.")
    private String systemPrompt = DEFAULTS.systemPrompt();

    @Option(names = "--access-log", description = "Log each request on standard error.")
    private boolean hasAccessLog;

    @Option(
            names = "--insecure-no-auth",
            description =
                    "Listen on other addresses than loopback, although nothing asks who calls.")
    private boolean isOpenToAll;

    /** The address to listen on. */
    String host() {
        return host;
    }

    /**
     * The options that these flags stand for.
     *
     * @throws ParameterException if they contradict each other
     */
    ServerOptions options(CommandLine command) throws UnknownHostException {
        requireSafe(command);
        requirePositive(command, "--max-timeout", maxTimeout);
        ServerOptions options =
                DEFAULTS.withAddress(host, port)
                        .withMaxBodyBytes(maxBody.bytes())
                        .withMaxTimeout(Duration.ofSeconds(maxTimeout))
                        .withSystemPrompt(systemPrompt)
                        .withDrainLimit(Duration.ofSeconds(drainSeconds));
        if (requestTimeout != null) {
            requirePositive(command, "--request-timeout", requestTimeout);
            options = options.withRequestTimeout(Duration.ofSeconds(requestTimeout));
        }
        return hasAccessLog ? options.withAccessLog(ServerOptions.AccessLogging.ON) : options;
    }

    private static void requirePositive(CommandLine command, String flag, long seconds) {
        if (seconds <= 0) {
            throw new ParameterException(
                    command, "%s must be above 0, found %d".formatted(flag, seconds));
        }
    }

    /** Nothing asks who calls yet, so nobody but this machine may. */
    private void requireSafe(CommandLine command) throws UnknownHostException {
        if (!isOpenToAll && !InetAddress.getByName(host).isLoopbackAddress()) {
            throw new ParameterException(
                    command,
                    ("--host %s can be reached from other machines, and this version has no access"
                                    + " tokens yet; use --host 127.0.0.1, or --insecure-no-auth where a"
                                    + " firewall or proxy guards the port")
                            .formatted(host));
        }
    }
}
