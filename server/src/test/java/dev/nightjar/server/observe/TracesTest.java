package dev.nightjar.server.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.observe.metric.ParsedPage;
import dev.nightjar.server.observe.trace.TraceConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans as a collector receives them. */
final class TracesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String CANARY = "quetzalcoatlus";

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @BeforeEach
    void startCollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        collector.createContext("/v1/traces", this::collect);
        collector.start();
    }

    @AfterEach
    void stopCollector() {
        collector.stop(0);
    }

    private void collect(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        authorizations.add(exchange.getRequestHeaders().getFirst("authorization"));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private TestServer start(int percent) {
        URI endpoint =
                URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
        TraceConfig traces =
                new TraceConfig(
                        Optional.of(endpoint),
                        "test-service",
                        percent,
                        Map.of("authorization", "Basic abc"));
        assertFalse(traces.toString().contains("abc"), "headers may be secrets");
        return TestServer.start(
                LoadOptions.defaults(),
                ServerOptions.defaults().withObserve(ObserveConfig.defaults().withTraces(traces)));
    }

    private static void complete(TestServer server, String traceParent) {
        String body =
                "{\"model\":\"%s\",\"prompt\":\"%s\",\"max_tokens\":5}"
                        .formatted(TestModels.NAME, CANARY);
        assertEquals(
                200, server.post("/v1/completions", body, "traceparent", traceParent).status());
    }

    private Stream<Json> spans() {
        return bodies.stream()
                .map(body -> Json.of(body).at("resourceSpans.0.scopeSpans.0.spans"))
                .flatMap(list -> IntStream.range(0, list.size()).mapToObj(i -> list.at("" + i)));
    }

    private Json span(String name) {
        TestServer.await("a span " + name, () -> spans().anyMatch(one -> isNamed(one, name)));
        return spans().filter(one -> isNamed(one, name)).findFirst().orElseThrow();
    }

    private static boolean isNamed(Json span, String name) {
        return span.at("name").text().equals(name);
    }

    private static String attribute(Json span, String key) {
        Json all = span.at("attributes");
        for (int i = 0; i < all.size(); i++) {
            if (all.at(i + ".key").text().equals(key)) {
                Json value = all.at(i + ".value");
                return value.at(value.has("intValue") ? "intValue" : "stringValue").text();
            }
        }
        throw new AssertionError("no " + key + " in " + span);
    }

    @Test
    void aRequestJoinsTheTraceOfItsClient() {
        try (TestServer server = start(0)) {
            complete(server, "00-%s-%s-01".formatted(TRACE, PARENT));
            Json whole = span("POST /v1/completions");
            assertEquals(TRACE, whole.at("traceId").text());
            assertEquals(PARENT, whole.at("parentSpanId").text());
            assertEquals(2, whole.at("kind").integer());
            assertEquals("200", attribute(whole, "http.response.status_code"));
            assertEquals("/v1/completions", attribute(whole, "http.route"));
            assertEquals("text_completion", attribute(whole, "gen_ai.operation.name"));
            assertEquals(TestModels.NAME, attribute(whole, "gen_ai.request.model"));
            assertEquals("Basic abc", authorizations.getFirst());
            assertTrue(bodies.getFirst().contains("test-service"));
            assertFalse(String.join("", bodies).contains(CANARY));
        }
    }

    /** One behind the other below the request, and none of them outside of it. */
    @Test
    void thePhasesOfARequestAreItsChildren() {
        try (TestServer server = start(100)) {
            complete(server, "none");
            Json whole = span("POST /v1/completions");
            long last = nanos(whole, "start");
            for (String phase : List.of("queue", "prefill", "decode")) {
                Json span = span(phase);
                assertEquals(whole.at("traceId").text(), span.at("traceId").text());
                assertEquals(whole.at("spanId").text(), span.at("parentSpanId").text());
                assertEquals(1, span.at("kind").integer(), "internal");
                assertTrue(nanos(span, "start") >= last, phase + " begins too early");
                assertTrue(nanos(span, "end") >= nanos(span, "start"), phase);
                last = nanos(span, "end");
            }
            assertTrue(nanos(whole, "end") >= last, "decode ends with the request");
            assertTrue(
                    nanos(span("decode"), "end") > nanos(span("decode"), "start"),
                    "five tokens take time");
        }
    }

    private static long nanos(Json span, String which) {
        return Long.parseLong(span.at(which + "TimeUnixNano").text());
    }

    @Test
    void whatIsNotSampledIsNotSent() {
        try (TestServer server = start(100)) {
            complete(server, "00-%s-%s-00".formatted(TRACE, PARENT));
            complete(server, "00-%s-0000000000000000-01".formatted(TRACE));
            Json whole = span("POST /v1/completions");
            assertFalse(whole.has("parentSpanId"), "an invalid parent is none");
            assertFalse(whole.at("traceId").text().equals(TRACE));
            assertFalse(String.join("", bodies).contains(PARENT));
        }
    }

    @Test
    void aCollectorThatIsGoneCostsSpansAlone() {
        try (TestServer server = start(100)) {
            collector.stop(0);
            complete(server, "none");
            TestServer.await("spans are dropped", () -> dropped(server) > 0);
            complete(server, "none");
        }
    }

    private static double dropped(TestServer server) {
        return ParsedPage.of(server.get("/metrics").body())
                .value("nightjar_trace_spans_total{outcome=\"dropped\"}");
    }
}
