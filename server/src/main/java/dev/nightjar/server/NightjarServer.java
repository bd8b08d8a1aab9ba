package dev.nightjar.server;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.api.Arrival;
import dev.nightjar.server.api.RequestId;
import dev.nightjar.server.connection.WatchedConnectionSelector;
import dev.nightjar.server.observe.AccessLog;
import dev.nightjar.server.observe.HttpCounters;
import dev.nightjar.server.observe.Readiness;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/**
 * An engine behind a port. HTTP/1.1 only: over HTTP/2 a client that leaves cannot be noticed while
 * nothing is written.
 */
public final class NightjarServer implements AutoCloseable {

    private static final HeaderName REQUEST_ID = HeaderNames.create(RequestId.HEADER);

    /** Clients of OpenAI read the one, those of Anthropic the other. */
    private static final HeaderName ANTHROPIC_REQUEST_ID = HeaderNames.create("request-id");

    /** Idle connections are cheap, a virtual thread each; clients close them when they like. */
    private static final Duration IDLE_CONNECTION_TIMEOUT = Duration.ofMinutes(10);

    /** Past the drain limit, for clients to take the last event; then connections are cut. */
    private static final Duration TIME_TO_TELL = Duration.ofSeconds(5);

    private final Engine engine;
    private final ServerOptions options;
    private final Readiness readiness;
    private final WebServer web;

    private NightjarServer(
            Engine engine, ServerOptions options, Readiness readiness, WebServer web) {
        this.engine = engine;
        this.options = options;
        this.readiness = readiness;
        this.web = web;
    }

    /**
     * Serves the engine's models from now on. The server owns the engine and closes it.
     *
     * @throws PortUnavailableException if the address cannot be listened on; the engine stays open
     */
    public static NightjarServer start(Engine engine, ServerOptions options) {
        requireFree(options);
        Readiness readiness = new Readiness();
        WebServer web = build(engine, options, readiness).start();
        if (!web.isRunning()) {
            throw new PortUnavailableException(options.host(), options.port(), "see the log");
        }
        readiness.enter(Readiness.State.READY);
        return new NightjarServer(engine, options, readiness, web);
    }

    /**
     * Loads the web server's classes, which takes as long as a small model does: meant to run
     * beside the loading of models. {@link #start} works without it.
     */
    public static void preload() {
        HttpRouting.builder().get("/", (request, response) -> response.send()).build();
        http1();
    }

    /** The models served. */
    public List<TextModel> models() {
        return engine.models();
    }

    /** The port listened on. */
    public int port() {
        return web.port();
    }

    /**
     * Stops accepting, lets running requests end within the drain limit, tells the clients of the
     * rest, and closes the engine.
     */
    @Override
    public void close() {
        readiness.enter(Readiness.State.DRAINING);
        Thread stopping = Thread.ofPlatform().name("web-server-stop").start(web::stop);
        boolean isInterrupted = false;
        try {
            engine.drain(options.drainLimit());
        } catch (InterruptedException interrupted) {
            isInterrupted = true;
        }
        engine.close(); // what still runs ends here, and its client is told
        while (stopping.isAlive()) {
            try {
                stopping.join();
            } catch (InterruptedException interrupted) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static WebServer build(Engine engine, ServerOptions options, Readiness readiness) {
        ErrorAnswers errors = new ErrorAnswers(options.maxBodyBytes());
        return WebServer.builder()
                .host(options.host())
                .port(options.port())
                .maxPayloadSize(options.maxBodyBytes())
                .shutdownGracePeriod(options.drainLimit().plus(TIME_TO_TELL))
                .shutdownHook(false)
                .idleConnectionTimeout(IDLE_CONNECTION_TIMEOUT)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new WatchedConnectionSelector(http1()))
                .directHandlers(errors.directHandlers())
                .routing(routing -> addRoutes(routing, engine, options, readiness, errors))
                .build();
    }

    private static Http1ConnectionSelector http1() {
        return Http1ConnectionSelector.builder().config(Http1Config.create()).build();
    }

    private static void addRoutes(
            HttpRouting.Builder routing,
            Engine engine,
            ServerOptions options,
            Readiness readiness,
            ErrorAnswers errors) {
        HttpCounters counters = new HttpCounters();
        if (options.accessLog() == ServerOptions.AccessLogging.ON) {
            routing.addFilter(new AccessLog(System.err));
        }
        routing.addFilter(Arrival::note)
                .addFilter(counters)
                .addFilter(NightjarServer::nameRequest)
                .error(Throwable.class, errors);
        Routes.of(engine, options, readiness, counters).install(routing);
    }

    private static void nameRequest(
            FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String id = RequestId.of(request.headers().first(REQUEST_ID));
        response.header(REQUEST_ID, id);
        response.header(ANTHROPIC_REQUEST_ID, id);
        chain.proceed();
    }

    /** The web server logs a failure to bind and goes on; this one can be reported. */
    private static void requireFree(ServerOptions options) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(options.host(), options.port()));
        } catch (IOException taken) {
            throw new PortUnavailableException(options.host(), options.port(), taken.getMessage());
        }
    }
}
