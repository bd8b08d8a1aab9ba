package dev.nightjar.server;

import dev.nightjar.server.connection.AnswerProgress;
import dev.nightjar.server.connection.Connections;
import dev.nightjar.server.connection.RequestProgress;
import dev.nightjar.server.connection.WatchedConnectionSelector;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.route.RouteTable;
import dev.nightjar.server.tls.ServerTls;
import dev.nightjar.server.transport.LimitConfig;
import dev.nightjar.server.transport.ProxyHeaders;
import dev.nightjar.server.transport.SecurityHeaders;
import dev.nightjar.server.transport.TransportConfig;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The ports of a server: one for clients and maybe one for operators, with the same protection. */
final class Listeners implements AutoCloseable {

    private static final String ADMIN = "admin";
    private static final String CONSOLE = "/console";

    /** Past the drain limit, for clients to take the last event; then connections are cut. */
    private static final Duration TIME_TO_TELL = Duration.ofSeconds(5);

    private final ServerOptions options;
    private final Optional<ServerTls> tls;
    private final Connections connections;
    private final WebServer web;

    /**
     * Listens.
     *
     * @param install puts a table of routes behind the filters that all listeners have
     * @throws PortUnavailableException if an address cannot be listened on
     */
    Listeners(
            ServerOptions options,
            ErrorAnswers errors,
            RouteTable routes,
            BiConsumer<HttpRouting.Builder, RouteTable> install) {
        this.options = options;
        this.tls = transport().tls().map(ServerTls::new);
        this.connections = new Connections(transport().limits().patience());
        this.web = build(errors, routes, install).start();
        if (!web.isRunning()) {
            close();
            throw new PortUnavailableException(options.host(), options.port(), "see the log");
        }
    }

    /** The port for clients. */
    int port() {
        return web.port();
    }

    /** The address for clients. */
    String url() {
        return url(options.host(), web.port());
    }

    /** The address for operators, if they have their own. */
    Optional<String> adminUrl() {
        return transport().admin().map(admin -> url(admin.host(), web.port(ADMIN)));
    }

    /** What people should know about the listeners, one line each. */
    List<String> notes() {
        return Stream.concat(
                        tls.map(encryption -> "encrypted by " + encryption.summary()).stream(),
                        adminUrl().map(url -> "for operators: " + url).stream())
                .toList();
    }

    /** How many connections are open at all of them. */
    int openConnections() {
        return connections.open();
    }

    /** What connections are encrypted with, if they are. */
    Optional<ServerTls> tls() {
        return tls;
    }

    /** Stops accepting, and waits for running requests. */
    @Override
    public void close() {
        web.stop();
        connections.close();
        tls.ifPresent(ServerTls::close);
    }

    private String url(String host, int port) {
        return "%s://%s:%d"
                .formatted(
                        tls.isPresent() ? "https" : "http",
                        host.contains(":") ? "[" + host + "]" : host,
                        port);
    }

    private TransportConfig transport() {
        return options.transport();
    }

    private WebServer build(
            ErrorAnswers errors,
            RouteTable routes,
            BiConsumer<HttpRouting.Builder, RouteTable> install) {
        WebServerConfig.Builder server =
                WebServer.builder()
                        .host(options.host())
                        .port(options.port())
                        .shutdownHook(false)
                        .directHandlers(errors.directHandlers());
        protect(server);
        if (transport().admin().isEmpty()) {
            return server.routing(routing -> route(routing, routes, install)).build();
        }
        TransportConfig.Address admin = transport().admin().get();
        HttpRouting.Builder ofAdmin = HttpRouting.builder();
        route(ofAdmin, routes, install);
        return server.routing(
                        routing -> route(routing, routes.only(Listeners::isForClients), install))
                .putSocket(
                        ADMIN,
                        listener -> {
                            listener.host(admin.host())
                                    .port(admin.port())
                                    .directHandlers(errors.directHandlers())
                                    .routing(ofAdmin);
                            protect(listener);
                        })
                .build();
    }

    private void route(
            HttpRouting.Builder routing,
            RouteTable routes,
            BiConsumer<HttpRouting.Builder, RouteTable> install) {
        routing.addFilter(new ProxyHeaders(transport())).addFilter(new SecurityHeaders());
        install.accept(routing, routes);
    }

    private void protect(ListenerConfig.BuilderBase<?, ?> listener) {
        LimitConfig limits = transport().limits();
        listener.maxPayloadSize(options.maxBodyBytes())
                .maxTcpConnections(limits.connections())
                .shutdownGracePeriod(options.drainLimit().plus(TIME_TO_TELL))
                .idleConnectionTimeout(limits.patience().idle())
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new WatchedConnectionSelector(http1(limits), connections));
        tls.ifPresent(encryption -> listener.tls(encryption.tls()));
    }

    private static Http1ConnectionSelector http1(LimitConfig limits) {
        return Http1ConnectionSelector.builder()
                .config(
                        Http1Config.builder()
                                .maxPrologueLength(limits.requestLineBytes())
                                .maxHeadersSize(limits.headerBytes())
                                .addReceiveListener(new RequestProgress(limits.headers()))
                                .addSendListener(new AnswerProgress())
                                .build())
                .build();
    }

    /** What is left at the first listener if there is a second one. */
    private static boolean isForClients(Route route) {
        boolean isConsole = route.path().equals(CONSOLE) || route.path().startsWith(CONSOLE + "/");
        return !isConsole && route.access() != Access.ADMIN && route.access() != Access.METRICS;
    }

    /**
     * Makes sure that the addresses can be listened on: the web server logs a failure and goes on.
     *
     * @throws PortUnavailableException if one cannot
     */
    static void requireFree(ServerOptions options) {
        requireFree(options.host(), options.port());
        options.transport().admin().ifPresent(admin -> requireFree(admin.host(), admin.port()));
    }

    private static void requireFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException taken) {
            throw new PortUnavailableException(host, port, taken.getMessage());
        }
    }
}
