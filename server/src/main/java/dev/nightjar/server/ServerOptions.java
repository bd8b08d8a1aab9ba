package dev.nightjar.server;

import dev.nightjar.server.auth.AuthConfig;
import dev.nightjar.server.cache.CacheConfig;
import dev.nightjar.server.catalog.CatalogSource;
import dev.nightjar.server.config.ListenConfig;
import dev.nightjar.server.console.ConsoleConfig;
import dev.nightjar.server.fleet.FleetConfig;
import dev.nightjar.server.limit.LimitConfig;
import dev.nightjar.server.observe.ObserveConfig;
import dev.nightjar.server.store.StoreConfig;
import dev.nightjar.server.transport.TransportConfig;
import dev.nightjar.server.yaml.Section;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the listener behaves.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param maxBodyBytes a larger body is refused
 * @param pingInterval the longest silence of an event stream
 * @param requestTimeout ends a request that takes longer, waiting included
 * @param maxTimeout the longest time a request may ask for
 * @param catalog names the loaded models
 * @param systemPrompt what conversations at the root begin with if they have no system message; may
 *     be empty
 * @param drainLimit how long running requests may take to end when the server stops
 * @param store where tokens, usage and the audit log are kept; nowhere without it
 * @param console whether the web console is served
 * @param observe what is logged
 * @param fleet what all models share
 * @param auth who is let in
 * @param limits what callers may use
 * @param cache whether results that are known are used again
 * @param transport the way from the network to the routes
 */
public record ServerOptions(
        String host,
        int port,
        long maxBodyBytes,
        Duration pingInterval,
        Optional<Duration> requestTimeout,
        Duration maxTimeout,
        CatalogSource catalog,
        String systemPrompt,
        Duration drainLimit,
        Optional<StoreConfig> store,
        ConsoleConfig console,
        ObserveConfig observe,
        FleetConfig fleet,
        AuthConfig auth,
        LimitConfig limits,
        CacheConfig cache,
        TransportConfig transport) {

    private static final long DEFAULT_MAX_BODY_BYTES = 32L << 20;
    private static final int DEFAULT_PORT = 8080;

    /** Port 8080 of this machine alone, without time limit for a request. */
    public static ServerOptions defaults() {
        return new ServerOptions(
                "127.0.0.1",
                DEFAULT_PORT,
                DEFAULT_MAX_BODY_BYTES,
                Duration.ofSeconds(5),
                Optional.empty(),
                Duration.ofHours(1),
                CatalogSource.standard(),
                "",
                Duration.ofSeconds(30),
                Optional.empty(),
                ConsoleConfig.defaults(),
                ObserveConfig.defaults(),
                FleetConfig.defaults(),
                AuthConfig.defaults(),
                LimitConfig.read(Section.ABSENT),
                CacheConfig.read(Section.ABSENT),
                TransportConfig.defaults());
    }

    /** What the file says, and the defaults for the rest. */
    public static ServerOptions of(ListenConfig file) {
        ServerOptions options = defaults();
        ServerOptions listening =
                options.withAddress(
                                file.host().orElse(options.host), file.port().orElse(options.port))
                        .withMaxBodyBytes(file.maxBodyBytes().orElse(options.maxBodyBytes))
                        .withMaxTimeout(file.maxTimeout().orElse(options.maxTimeout))
                        .withSystemPrompt(file.systemPrompt().orElse(options.systemPrompt))
                        .withDrainLimit(file.drainLimit().orElse(options.drainLimit))
                        .withTransport(file.transport());
        return file.requestTimeout().map(listening::withRequestTimeout).orElse(listening);
    }

    /** Listening there. */
    public ServerOptions withAddress(String newHost, int newPort) {
        return changed(
                to -> {
                    to.host = newHost;
                    to.port = newPort;
                });
    }

    /** With another limit of the body. */
    public ServerOptions withMaxBodyBytes(long value) {
        return changed(to -> to.maxBodyBytes = value);
    }

    /** With another longest silence. */
    public ServerOptions withPingInterval(Duration value) {
        return changed(to -> to.pingInterval = value);
    }

    /** With a time limit for each request. */
    public ServerOptions withRequestTimeout(Duration value) {
        return changed(to -> to.requestTimeout = Optional.of(value));
    }

    /** With another longest time that a request may ask for. */
    public ServerOptions withMaxTimeout(Duration value) {
        return changed(to -> to.maxTimeout = value);
    }

    /** With other names for the models. */
    public ServerOptions withCatalog(CatalogSource value) {
        return changed(to -> to.catalog = value);
    }

    /** With a system message for conversations at the root that have none. */
    public ServerOptions withSystemPrompt(String value) {
        return changed(to -> to.systemPrompt = value);
    }

    /** With another time for draining. */
    public ServerOptions withDrainLimit(Duration value) {
        return changed(to -> to.drainLimit = value);
    }

    /** With other logs. */
    public ServerOptions withObserve(ObserveConfig value) {
        return changed(to -> to.observe = value);
    }

    /** Keeping tokens, usage and the audit log there. */
    public ServerOptions withStore(StoreConfig value) {
        return changed(to -> to.store = Optional.of(value));
    }

    /** With or without a web console. */
    public ServerOptions withConsole(ConsoleConfig value) {
        return changed(to -> to.console = value);
    }

    /** With models that share other things. */
    public ServerOptions withFleet(FleetConfig value) {
        return changed(to -> to.fleet = value);
    }

    /** Letting in whom this says. */
    public ServerOptions withAuth(AuthConfig value) {
        return changed(to -> to.auth = value);
    }

    /** With other limits of callers. */
    public ServerOptions withLimits(LimitConfig value) {
        return changed(to -> to.limits = value);
    }

    /** With another cache of results. */
    public ServerOptions withCache(CacheConfig value) {
        return changed(to -> to.cache = value);
    }

    /** With another way from the network to the routes. */
    public ServerOptions withTransport(TransportConfig value) {
        return changed(to -> to.transport = value);
    }

    private ServerOptions changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** The same fields, to be changed; a new field is added here and nowhere else. */
    private static final class Draft {

        private String host;
        private int port;
        private long maxBodyBytes;
        private Duration pingInterval;
        private Optional<Duration> requestTimeout;
        private Duration maxTimeout;
        private CatalogSource catalog;
        private String systemPrompt;
        private Duration drainLimit;
        private Optional<StoreConfig> store;
        private ConsoleConfig console;
        private ObserveConfig observe;
        private FleetConfig fleet;
        private AuthConfig auth;
        private LimitConfig limits;
        private CacheConfig cache;
        private TransportConfig transport;

        Draft(ServerOptions from) {
            host = from.host;
            port = from.port;
            maxBodyBytes = from.maxBodyBytes;
            pingInterval = from.pingInterval;
            requestTimeout = from.requestTimeout;
            maxTimeout = from.maxTimeout;
            catalog = from.catalog;
            systemPrompt = from.systemPrompt;
            drainLimit = from.drainLimit;
            store = from.store;
            console = from.console;
            observe = from.observe;
            fleet = from.fleet;
            auth = from.auth;
            limits = from.limits;
            cache = from.cache;
            transport = from.transport;
        }

        ServerOptions finished() {
            return new ServerOptions(
                    host,
                    port,
                    maxBodyBytes,
                    pingInterval,
                    requestTimeout,
                    maxTimeout,
                    catalog,
                    systemPrompt,
                    drainLimit,
                    store,
                    console,
                    observe,
                    fleet,
                    auth,
                    limits,
                    cache,
                    transport);
        }
    }
}
