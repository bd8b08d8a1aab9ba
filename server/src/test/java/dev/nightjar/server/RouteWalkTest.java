package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.json.JsonSyntaxException;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.route.Route;
import io.helidon.http.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every route with everything that clients get wrong: only documented statuses, errors in the form
 * of the dialect, nothing of the program's inside, no 500, and a server that lives on.
 */
final class RouteWalkTest {

    private static final int MAX_CONTEXT = 64;
    private static final int MAX_BODY = 4 << 20;

    /** What stack traces and names of classes look like. */
    private static final List<String> INSIDE =
            List.of(
                    "\tat ",
                    "dev.nightjar.",
                    "java.lang.",
                    "java.util.",
                    "Exception",
                    "io.helidon");

    /** Longer errors repeat what the client sent. */
    private static final int MAX_ERROR_LENGTH = 4_000;

    private static final String LONG = "\"" + "a".repeat(1 << 20) + "\"";
    private static final String DEEP = "[".repeat(60) + "]".repeat(60);
    private static final String TOO_DEEP = "[".repeat(5_000) + "]".repeat(5_000);

    /** Values for each member; cheap ones first. */
    private static final List<String> VALUES =
            List.of(
                    "\"\"",
                    "{}",
                    "[]",
                    "1e308",
                    "-1e308",
                    "1e400",
                    "99999999999999999999",
                    "-9223372036854775808",
                    "2147483648",
                    "0.1",
                    "true",
                    "NaN",
                    "\"\\ud800\"",
                    "\"\\u0000\"",
                    "[null]",
                    "[[]]",
                    "[{}]",
                    "{\"\":\"\"}",
                    "{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"$ref\":\"#\"}}}",
                    DEEP,
                    TOO_DEEP,
                    LONG);

    private static TestServer server;
    private static Json document;

    @BeforeAll
    static void start() {
        server =
                TestServer.startWithEncoders(
                        LoadOptions.defaults().withMaxContext(MAX_CONTEXT),
                        ServerOptions.defaults()
                                .withMaxBodyBytes(MAX_BODY)
                                .withRequestTimeout(Duration.ofSeconds(20)));
        document = server.get("/openapi.json").json();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private final List<String> wrong = new ArrayList<>();

    /** A few values for each member, different ones for each, so that all meet all in the end. */
    @Test
    void members() {
        walkMembers(RouteCall.ofEachBody(server.routes()), 7);
    }

    @Test
    @Tag("full")
    void membersWithEveryValue() {
        walkMembers(server.routes().stream().map(RouteCall::of).toList(), 1);
    }

    private void walkMembers(List<RouteCall> calls, int stride) {
        int turn = 0;
        for (RouteCall call : calls) {
            for (Field<?> field : call.fields()) {
                for (int i = turn++ % stride; i < VALUES.size(); i += stride) {
                    String json = VALUES.get(i);
                    check(call, call.with(field.name(), json).send(server.port()), field.name(), i);
                }
            }
        }
        assertCalm();
    }

    @Test
    void bodies() {
        List<String> bodies =
                List.of(
                        "",
                        " ",
                        "null",
                        "[]",
                        "\"text\"",
                        "1",
                        "{",
                        "{}",
                        "{} {}",
                        "{\"no_such_member\":1}",
                        "{\"a\":1,\"a\":2}",
                        "{\"a\":" + TOO_DEEP + "}",
                        "{\"a\":" + LONG + "}",
                        "\u0000",
                        "\ufeff{}",
                        "a=b&c=d");
        for (Route route : server.routes()) {
            RouteCall call = RouteCall.of(route);
            if (route.body().isEmpty()) {
                continue;
            }
            for (String body : bodies) {
                String method = route.method().text();
                HttpReply reply = HttpReply.of(server.port(), method, call.path(), body, Map.of());
                check(call, reply, "body " + (body.length() > 40 ? body.length() : body), -1);
            }
            check(call, call.with("no_such_member", LONG).send(server.port()), "unknown", -1);
        }
        assertCalm();
    }

    /** The body is not UTF-8, and one is too large. */
    @Test
    void bytes() {
        for (Route route : server.routes()) {
            RouteCall call = RouteCall.of(route);
            if (route.body().isEmpty() || !route.method().equals(Method.POST)) {
                continue;
            }
            byte[] invalid =
                    call.with("no_such_member", "\"?\"").body().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < invalid.length; i++) {
                invalid[i] = invalid[i] == '?' ? (byte) 0xFF : invalid[i];
            }
            check(call, HttpReply.of(server.port(), call.path(), invalid), "invalid UTF-8", -1);
            try (RawClient client = server.connect()) {
                String head = "POST %s HTTP/1.1\r\nHost: t\r\nContent-Length: %d\r\n\r\n";
                String reply = client.write(head.formatted(call.path(), MAX_BODY + 1)).readReply();
                if (!reply.startsWith("HTTP/1.1 413") || !reply.contains("request_too_large")) {
                    wrong.add(call + " with a body that is too large: " + shortened(reply));
                }
            }
        }
        assertCalm();
    }

    @Test
    void methods() {
        for (Route route : server.routes()) {
            RouteCall call = RouteCall.of(route);
            Set<String> allowed = new TreeSet<>();
            server.routes().stream()
                    .filter(other -> other.path().equals(route.path()))
                    .forEach(other -> allowed.add(other.method().text()));
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE")) {
                if (allowed.contains(method) || isTakenElsewhere(call.path(), method)) {
                    continue;
                }
                HttpReply reply = HttpReply.of(server.port(), method, call.path(), null);
                if (reply.status() != 405) {
                    wrong.add("%s by %s: %d".formatted(call, method, reply.status()));
                }
                checkError(call + " by " + method, route, reply);
            }
        }
        assertCalm();
    }

    /** A path that names a model may be one of another route with this method, too. */
    private static boolean isTakenElsewhere(String path, String method) {
        return server.routes().stream()
                .filter(other -> other.method().text().equals(method))
                .anyMatch(
                        other ->
                                path.replace("%2F", "/")
                                        .matches(
                                                other.path()
                                                        .replaceAll("\\{\\+[^}]*}", ".+")
                                                        .replaceAll("\\{[^}]*}", "[^/]+")));
    }

    @Test
    void contentTypes() {
        for (Route route : server.routes()) {
            RouteCall call = RouteCall.of(route);
            if (route.body().isEmpty()) {
                continue;
            }
            for (String type :
                    List.of("text/plain", "multipart/form-data; boundary=x", "nonsense", "a/b;;")) {
                HttpReply reply = call.send(server.port(), Map.of("Content-Type", type));
                check(call, reply, "content type " + type, -1);
            }
        }
        assertCalm();
    }

    @Test
    void unknownModels() {
        for (Route route : server.routes()) {
            RouteCall call = RouteCall.of(route);
            for (String id : List.of("nope", "no/pe", "%00", "%F0%9F%90%88", "a%2Fb%2F", "a%20b")) {
                if (route.path().contains("{")) {
                    String path = route.path().replaceAll("\\{[^}]*}", id);
                    String body = route.body().isPresent() ? call.body() : null;
                    HttpReply reply =
                            HttpReply.of(server.port(), route.method().text(), path, body);
                    if (reply.status() < 400) {
                        wrong.add(path + ": " + reply.status());
                    }
                    checkError(path, route, reply);
                }
            }
            if (call.has("model")) {
                check(
                        call,
                        call.with("model", "\"no/such model\"").send(server.port()),
                        "model",
                        -1);
            }
        }
        assertCalm();
    }

    @Test
    void timeouts() {
        for (Route route : server.routes()) {
            RouteCall call = RouteCall.of(route);
            if (!call.generates() || route.state() == Route.State.NOT_BUILT) {
                continue;
            }
            for (String seconds :
                    List.of("0", "-1", "NaN", "1e9", "99999999999999999999", "x", "")) {
                HttpReply reply = call.send(server.port(), Map.of("OICM-Request-Timeout", seconds));
                check(call, reply, "timeout " + seconds, -1);
                if (reply.status() != 400 && reply.status() != 422) {
                    wrong.add(call + " takes timeout '" + seconds + "': " + reply.status());
                }
            }
            HttpReply reply = call.send(server.port(), Map.of("OICM-Request-Timeout", "9.5"));
            check(call, reply, "timeout 9.5", -1);
        }
        assertCalm();
    }

    private void check(RouteCall call, HttpReply reply, String what, int value) {
        String place =
                "%s, %s%s: %d %s"
                        .formatted(
                                call,
                                what,
                                value < 0 ? "" : " = value " + value,
                                reply.status(),
                                shortened(reply.body()));
        if (!documented(call.route()).contains(Integer.toString(reply.status()))) {
            wrong.add("not documented: " + place);
        }
        checkError(place, call.route(), reply);
    }

    private static Set<String> documented(Route route) {
        JsonObject paths = (JsonObject) document.at("paths").value();
        Json path = new Json(paths.members().get(route.path().replace("{+", "{")));
        String method = route.method().text().toLowerCase(java.util.Locale.ROOT);
        JsonObject responses = (JsonObject) path.at(method).at("responses").value();
        return responses.members().keySet();
    }

    private void checkError(String place, Route route, HttpReply reply) {
        if (reply.status() < 400) {
            return;
        }
        if (reply.body().length() > MAX_ERROR_LENGTH) {
            wrong.add("too long, %d characters: %s".formatted(reply.body().length(), place));
            return;
        }
        if (reply.status() == 500 || INSIDE.stream().anyMatch(reply.body()::contains)) {
            wrong.add("the inside shows: " + place + shortened(reply.body()));
        }
        if (!"application/json".equals(reply.header("Content-Type").orElse("none"))) {
            wrong.add("no JSON: " + place);
        }
        try {
            boolean hasShape =
                    hasShape(reply.json(), route.errors())
                            || route.notes()
                                    .otherErrors()
                                    .filter(shape -> hasShape(reply.json(), shape))
                                    .isPresent();
            if (!hasShape) {
                wrong.add("not the dialect's error: " + place + shortened(reply.body()));
            }
        } catch (JsonSyntaxException malformed) {
            wrong.add("malformed: " + place);
        }
    }

    private static boolean hasShape(Json body, ErrorShape shape) {
        return switch (shape) {
            case TEI -> body.has("error") && body.has("error_type");
            case OBJECT ->
                    body.has("error") && body.at("error").has("message") && !body.has("detail");
            case OBJECT_AND_DETAIL -> body.at("error").has("message") && body.has("detail");
        };
    }

    private static String shortened(String body) {
        return body.length() > 300 ? body.substring(0, 300) + "…" : body;
    }

    /** Nothing was wrong, nothing runs on, and the next request is served. */
    private void assertCalm() {
        assertEquals("", String.join("\n", wrong));
        TestServer.await("all sequences have ended", () -> server.stats().inFlight() == 0);
        assertEquals(server.stats().totalBlocks(), server.stats().freeBlocks());
        assertEquals(0, server.stats().failed(), "no sequence ended by an error of the engine");
        HttpReply reply = server.post("/completions", "{\"prompt\":\"Once\",\"max_tokens\":2}");
        assertEquals(200, reply.status(), reply.body());
    }
}
