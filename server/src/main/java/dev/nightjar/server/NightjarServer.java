package dev.nightjar.server;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.admin.AccessRoutes;
import dev.nightjar.server.admin.TokenCalls;
import dev.nightjar.server.api.Arrival;
import dev.nightjar.server.api.RequestId;
import dev.nightjar.server.auth.Auth;
import dev.nightjar.server.catalog.KnownModel;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.control.ControlSocket;
import dev.nightjar.server.gate.Admission;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.observe.Observations;
import dev.nightjar.server.observe.Readiness;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.route.RouteTable;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.tls.ServerTls;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * An engine behind a port. HTTP/1.1 only: over HTTP/2 a client that leaves cannot be noticed while
 * nothing is written.
 */
public final class NightjarServer implements AutoCloseable {

    private static final HeaderName REQUEST_ID = HeaderNames.create(RequestId.HEADER);

    /** Clients of OpenAI read the one, those of Anthropic the other. */
    private static final HeaderName ANTHROPIC_REQUEST_ID = HeaderNames.create("request-id");

    private final ServerOptions options;
    private final Readiness readiness;
    private final ModelCatalog models;
    private final RouteTable routes;
    private final Store store;
    private final Observations observations;
    private final Auth auth;
    private final Gateway gateway;
    private final List<Admission> admissions;
    private final Listeners listeners;
    private final AtomicReference<Engine> engine = new AtomicReference<>();
    private final AtomicReference<ControlSocket> control = new AtomicReference<>();

    private NightjarServer(ServerOptions options, Readiness readiness) {
        Listeners.requireFree(options);
        this.options = options;
        this.readiness = readiness;
        this.models = new ModelCatalog(options.fleet().priorities());
        this.store = options.store().map(Store::of).orElseGet(Store::nowhere);
        this.auth = new Auth(store, options.auth());
        this.observations = new Observations(readiness, models, options.observe());
        EngineWatch.watch(engine, options, observations);
        this.gateway = new Gateway(options, store, observations.metrics());
        this.routes =
                Routes.of(
                        models,
                        options,
                        observations,
                        new AccessRoutes(auth, gateway.usage(), models),
                        gateway,
                        () -> Optional.ofNullable(engine.get()));
        this.admissions = admissions();
        ErrorAnswers errors = new ErrorAnswers(options.maxBodyBytes(), observations.http());
        store.whenOpen(this::listenToCommands);
        try {
            auth.openStore();
            requireGuarded(options.host());
            options.transport().admin().ifPresent(admin -> requireGuarded(admin.host()));
            this.listeners =
                    new Listeners(
                            options,
                            errors,
                            routes,
                            (routing, some) -> addRoutes(routing, some, errors));
        } catch (RuntimeException failed) {
            gateway.close();
            observations.close();
            closeStore();
            throw failed;
        }
    }

    /** Who may use a model is asked before what it may still use. */
    private List<Admission> admissions() {
        return Stream.concat(Stream.of(auth.modelPermission()), gateway.admissions().stream())
                .toList();
    }

    private void requireGuarded(String host) {
        try {
            boolean isHere = InetAddress.getByName(host).isLoopbackAddress();
            if (!isHere && !auth.mayBeReached()) {
                throw new UnguardedAddressException(host);
            }
        } catch (UnknownHostException unknown) {
            throw new PortUnavailableException(host, options.port(), "unknown host");
        }
    }

    /** Whoever has the embedded database open is asked by commands that need it. */
    private void listenToCommands() {
        TokenCalls calls = new TokenCalls(auth.tokens(), auth.audit());
        options.store()
                .filter(config -> config.server().isEmpty())
                .flatMap(
                        config ->
                                ControlSocket.open(config.folder().toAbsolutePath(), calls::answer))
                .ifPresent(control::set);
    }

    private void closeStore() {
        Optional.ofNullable(control.getAndSet(null)).ifPresent(ControlSocket::close);
        auth.close();
        store.close();
    }

    /**
     * Serves the engine's models from now on. The server owns the engine and closes it.
     *
     * @throws PortUnavailableException if the address cannot be listened on; the engine stays open
     */
    public static NightjarServer start(Engine engine, ServerOptions options) {
        NightjarServer server = open(options);
        try {
            server.serve(engine);
            return server;
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /**
     * Listens while the models are still loading: until {@link #serve} everything that needs one
     * answers 503.
     *
     * @throws PortUnavailableException if the address cannot be listened on
     */
    public static NightjarServer open(ServerOptions options) {
        return new NightjarServer(options, new Readiness(Readiness.State.STARTING));
    }

    /**
     * Listens without any model: what needs one answers 503.
     *
     * @throws PortUnavailableException if the address cannot be listened on
     */
    public static NightjarServer openWithoutModels(ServerOptions options) {
        return new NightjarServer(options, new Readiness(Readiness.State.NOT_STARTED));
    }

    /**
     * Serves the engine's models from now on. The server owns the engine and closes it, at once if
     * it was told to stop in the meantime.
     *
     * @throws IllegalArgumentException if the options name a model that the engine does not have;
     *     the engine stays open and the caller's
     */
    public void serve(Engine loaded) {
        List<KnownModel> known = KnownModel.of(loaded.manager());
        models.publish(options.catalog().entries(known), loaded.manager());
        engine.set(loaded);
        if (!readiness.becomeReady()) {
            loaded.close();
        }
    }

    /** Where everything of it reports to. */
    public Observations observations() {
        return observations;
    }

    /** Everything it answers. */
    List<Route> routes() {
        return routes.all();
    }

    /** The models of text that are served. */
    public List<TextModel> models() {
        return models.loaded();
    }

    /** The encoders that are served. */
    public List<EncoderModel> encoders() {
        return models.encoders();
    }

    /** The models of rows that are served. */
    public List<RowModel> rowModels() {
        return models.rowModels();
    }

    /** Under which ids clients reach which models, aliases included. */
    public List<ServedModel> served() {
        return models.all().stream().filter(ServedModel::isServed).toList();
    }

    /** A token by which this process can call its own server, if everybody is asked for one. */
    public Optional<String> selfToken() {
        return auth.isAsking() ? Optional.of(auth.selfToken()) : Optional.empty();
    }

    /** The port listened on. */
    public int port() {
        return listeners.port();
    }

    /** The address that clients use, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return listeners.url();
    }

    /** The address that operators use. */
    public String urlForOperators() {
        return listeners.adminUrl().orElseGet(listeners::url);
    }

    /** What people should know about how it listens, one line each. */
    public List<String> notes() {
        return listeners.notes();
    }

    /** How many connections are open at all its ports. */
    int openConnections() {
        return listeners.openConnections();
    }

    /** What connections are encrypted with, if they are. */
    public Optional<ServerTls> tls() {
        return listeners.tls();
    }

    /**
     * Stops accepting, lets running requests end within the drain limit, tells the clients of the
     * rest, and closes the engine.
     */
    @Override
    public void close() {
        readiness.drain();
        Thread stopping = Thread.ofPlatform().name("web-server-stop").start(listeners::close);
        boolean isInterrupted = closeEngine();
        while (stopping.isAlive()) {
            try {
                stopping.join();
            } catch (InterruptedException interrupted) {
                isInterrupted = true;
            }
        }
        gateway.close(); // behind the last request
        observations.close();
        closeStore();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether this thread was interrupted meanwhile. */
    private boolean closeEngine() {
        Engine running = engine.get();
        if (running == null) {
            return false;
        }
        try {
            running.drain(options.drainLimit());
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        } finally {
            running.close(); // what still runs ends here, and its client is told
        }
    }

    private void addRoutes(HttpRouting.Builder routing, RouteTable some, ErrorAnswers errors) {
        routing.addFilter(observations.requests())
                .addFilter(Arrival::note)
                .addFilter(NightjarServer::nameRequest)
                .addFilter(this::scope)
                .error(Throwable.class, errors);
        auth.guard(routing, routes::isPublic);
        gateway.addFilters(routing);
        some.install(routing, readiness::requireModels);
    }

    /** Whatever a request is refused for, what it holds is given back here. */
    private void scope(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        RequestScope.around(admissions, chain, request, response);
    }

    private static void nameRequest(
            FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String id = RequestId.of(request.headers().first(REQUEST_ID));
        response.header(REQUEST_ID, id);
        response.header(ANTHROPIC_REQUEST_ID, id);
        chain.proceed();
    }
}
