package dev.nightjar.server;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.observe.metric.MetricInfo;
import dev.nightjar.server.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A server on a free port, and clients for it. */
public final class TestServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Engine engine;
    private final NightjarServer server;

    /** Serves this engine's models. */
    TestServer(Engine engine, ServerOptions options) {
        this.engine = engine;
        this.server = NightjarServer.start(engine, options.withAddress("127.0.0.1", 0));
    }

    /** Serves a small model, and encoders where their files are there. */
    public static TestServer startWithEncoders(LoadOptions load, ServerOptions options) {
        return new TestServer(TestModels.openWithEncoders(load), options);
    }

    /** Serves a small model with default options. */
    public static TestServer start() {
        return start(LoadOptions.defaults(), ServerOptions.defaults());
    }

    /** Serves a small model. */
    public static TestServer start(LoadOptions load, ServerOptions options) {
        return new TestServer(TestModels.open(load), options);
    }

    /** Everything it answers. */
    List<Route> routes() {
        return server.routes();
    }

    /** What it measures. */
    public List<MetricInfo> metrics() {
        return server.observations().metrics().all();
    }

    /** Serves a small model that knows no conversations. */
    public static TestServer startWithoutTemplate() {
        return new TestServer(
                TestModels.open(TestModels.NAME, LoadOptions.defaults(), LoadOptions.NO_TEMPLATE),
                ServerOptions.defaults());
    }

    /** Posts JSON with a header. */
    public HttpReply post(String path, String json, String header, String value) {
        return HttpReply.of(port(), "POST", path, json, Map.of(header, value));
    }

    int openConnections() {
        return server.openConnections();
    }

    public int port() {
        return server.port();
    }

    public TextModel model() {
        return engine.model();
    }

    public EngineStats stats() {
        return engine.stats();
    }

    /** A client that opens a connection per request. */
    public HttpReply get(String path) {
        return HttpReply.of(port(), "GET", path, null);
    }

    /** Posts JSON. */
    public HttpReply post(String path, String json) {
        return HttpReply.of(port(), "POST", path, json);
    }

    /** A connection to write raw requests to. */
    public RawClient connect() {
        return new RawClient(port());
    }

    /** Waits until something holds, and fails the test if it never does. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited in vain until " + what);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
