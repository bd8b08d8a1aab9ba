package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.auth.AuthConfig;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.store.StoreConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * B16, X4: every route by every method without a token, and with tokens that are wrong in every
 * way: 401 or 403, in the form of all errors, and nothing reaches an engine.
 */
final class AccessWalkTest {

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE");

    /** What tells nothing but that the process runs. */
    private static final Set<String> PROBES = Set.of("/health/live", "/health/ready");

    /** Those, and the files of the console, which hold no data. */
    private static final Set<String> PUBLIC =
            Set.of("/health/live", "/health/ready", "/console", "/console/", "/console/{+file}");

    /** Ways to write a public path that are none. */
    private static final List<String> DISGUISES =
            List.of(
                    "/health",
                    "/health/live/",
                    "/health/live/..",
                    "/health/live/../../v1/models",
                    "/health/live%2f..%2f..%2fv1%2fmodels",
                    "/health/live/v1/models",
                    "/console/../v1/models",
                    "/console/%2e%2e/v1/models",
                    "/console/..%2fv1%2fmodels",
                    "/consolex",
                    "//health/live/../v1/models",
                    "/nowhere",
                    "/v1",
                    "/");

    private static final Set<String> CODES =
            Set.of(
                    "authentication_required",
                    "invalid_api_key",
                    "invalid_token",
                    "token_expired",
                    "permission_denied");

    @TempDir private static Path folder;

    private static TestServer server;
    private static final Map<String, Map<String, String>> UNKNOWN = new LinkedHashMap<>();
    private static String otherModel;
    private static String noTask;
    private static String plain;

    @BeforeAll
    static void start() {
        UNKNOWN.put("no token", Map.of());
        try (TestTokens tokens = new TestTokens(folder)) {
            String admin = tokens.admin();
            char end = admin.charAt(admin.length() - 1) == 'x' ? 'y' : 'x';
            UNKNOWN.put(
                    "malformed", TestTokens.bearer(admin.substring(0, admin.length() - 1) + end));
            UNKNOWN.put("another scheme", Map.of("Authorization", "Basic " + admin));
            UNKNOWN.put("expired", TestTokens.bearer(tokens.expired()));
            UNKNOWN.put("revoked", TestTokens.bearer(tokens.revoked()));
            UNKNOWN.put("JWT", TestTokens.bearer("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."));
            otherModel = tokens.ofModels("no-such-model");
            noTask = tokens.ofTasks("metrics");
            plain = tokens.plain();
        }
        try (TestTokens elsewhere = new TestTokens(folder.resolve("elsewhere"))) {
            UNKNOWN.put("of another server", TestTokens.bearer(elsewhere.admin()));
        }
        server =
                TestServer.startWithEncoders(
                        LoadOptions.defaults(),
                        ServerOptions.defaults()
                                .withStore(StoreConfig.in(folder))
                                .withAuth(AuthConfig.defaults().withFailuresPerMinute(1_000_000)));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private final List<String> wrong = new ArrayList<>();

    @Test
    void onlyHealthIsPublic() {
        TreeSet<String> open = new TreeSet<>();
        server.routes().stream()
                .filter(route -> route.access() == Access.PUBLIC)
                .forEach(route -> open.add(route.path()));
        assertEquals(new TreeSet<>(PUBLIC), open);
        for (String path : PROBES) {
            HttpReply reply = server.get(path);
            assertEquals(200, reply.status());
            assertTrue(reply.body().matches("\\{\"status\":\"[a-z]+\"}"), reply.body());
        }
    }

    @Test
    void nobodyWhoIsNotKnownGetsAnywhere() {
        for (Map.Entry<String, Map<String, String>> sender : UNKNOWN.entrySet()) {
            for (Route route : server.routes()) {
                for (String method : METHODS) {
                    boolean isProbe =
                            PUBLIC.contains(route.path()) && Set.of("GET", "HEAD").contains(method);
                    if (!isProbe) {
                        checkRefused(
                                sender.getKey(), method, RouteCall.of(route), sender.getValue());
                    }
                }
            }
        }
        assertNothingRan();
    }

    private void checkRefused(
            String who, String method, RouteCall call, Map<String, String> headers) {
        boolean hasBody = method.equals("POST") && call.route().body().isPresent();
        HttpReply reply =
                HttpReply.of(
                        server.port(), method, call.path(), hasBody ? call.body() : null, headers);
        check("%s: %s %s".formatted(who, method, call.path()), method, reply, 401);
    }

    private void check(String what, String method, HttpReply reply, int status) {
        String place = "%s: %d %s".formatted(what, reply.status(), reply.body());
        if (reply.status() != status) {
            wrong.add(place);
            return;
        }
        if (status == 401 && reply.header("WWW-Authenticate").isEmpty()) {
            wrong.add("no challenge: " + place);
        }
        boolean hasCode =
                method.equals("HEAD")
                        ? reply.body().isEmpty()
                        : CODES.contains(reply.json().at("error").at("code").text());
        if (!hasCode) {
            wrong.add("no code of its own: " + place);
        }
    }

    @Test
    void disguisedPathsAreNotPublic() {
        for (String path : DISGUISES) {
            try (RawClient client = server.connect()) {
                String reply =
                        client.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                                .readReply();
                boolean isRefused =
                        reply.startsWith("HTTP/1.1 401")
                                || reply.startsWith("HTTP/1.1 400")
                                || reply.startsWith("HTTP/1.1 404") && path.startsWith("/console/")
                                || reply.contains("{\"status\":\"live\"}");
                if (!isRefused) {
                    wrong.add(path + ": " + reply);
                }
            }
        }
        assertNothingRan();
    }

    /** 403 wherever a model is used or shown; what remains tells of no model. */
    @Test
    void anotherModelsTokenUsesAndSeesNoModel() {
        Map<String, String> headers = TestTokens.bearer(otherModel);
        for (Route route : server.routes()) {
            RouteCall call = RouteCall.of(route);
            HttpReply reply = call.send(server.port(), headers);
            boolean isHidden = !reply.body().contains(TestModels.NAME);
            boolean isNothing = route.state() == Route.State.NOT_BUILT && reply.status() == 501;
            if (route.access() == Access.PUBLIC
                    || isHidden && (isNothing || isAboutNoModel(route))) {
                continue;
            }
            check("another model's token: " + call, route.method().text(), reply, 403);
        }
        assertNothingRan();
    }

    private static boolean isAboutNoModel(Route route) {
        return Set.of(
                                "/health",
                                "/openapi.json",
                                "/chat",
                                "/v1/models",
                                "/models",
                                "/api/v1/models",
                                "/api/ps",
                                "/v2",
                                "/v2/health/live",
                                "/v2/health/ready",
                                "/admin/whoami")
                        .contains(route.path())
                && route.method().text().equals("GET");
    }

    /** The scope of another task, in the form of a token for nothing but figures. */
    @Test
    void aTokenWithoutTheTaskRunsNothing() {
        Map<String, String> headers = TestTokens.bearer(noTask);
        for (Route route : server.routes()) {
            boolean runs =
                    route.needs() == Route.Needs.MODELS
                            && route.state() == Route.State.SERVED
                            && route.body().isPresent()
                            && RouteCall.isAnswered(route);
            if (runs) {
                RouteCall call = RouteCall.of(route);
                HttpReply reply = call.send(server.port(), headers);
                check("without the task: " + call, "POST", reply, 403);
            }
        }
        assertEquals(
                200,
                HttpReply.of(server.port(), "GET", "/metrics", null, headers).status(),
                "what it is for");
        assertNothingRan();
    }

    @Test
    void onlyAdministratorsGetToAdminRoutes() {
        Map<String, String> headers = TestTokens.bearer(plain);
        int numAdmin = 0;
        for (Route route : server.routes()) {
            if (route.access() == Access.ADMIN || route.access() == Access.METRICS) {
                RouteCall call = RouteCall.of(route);
                HttpReply reply = call.send(server.port(), headers);
                check("plain token: " + call, route.method().text(), reply, 403);
                numAdmin++;
            }
        }
        assertTrue(numAdmin > 5, "there are such routes");
        assertNothingRan();
    }

    private void assertNothingRan() {
        assertEquals("", String.join("\n", wrong));
        assertEquals(0, server.stats().submitted(), "sequences of the engine");
    }
}
