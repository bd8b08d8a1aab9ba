package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.auth.AuthConfig;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoreConfig;
import dev.nightjar.server.store.UsageRow;
import dev.nightjar.server.store.UsageTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows O2 to O5, O10, O33, O34, B16, B46 and X4: tokens from the first one to the last call. */
final class AccessTest {

    private static final String CHAT =
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":2}"
                    .formatted(TestModels.NAME);
    private static final String EMPTY = "";

    @TempDir private Path folder;
    private TestServer server;

    @BeforeEach
    void start() {
        server =
                TestServer.start(
                        LoadOptions.defaults(),
                        ServerOptions.defaults()
                                .withStore(StoreConfig.in(folder))
                                .withAuth(AuthConfig.defaults().withFailuresPerMinute(20)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpReply call(String method, String path, String body, String token) {
        Map<String, String> headers = token.isEmpty() ? Map.of() : TestTokens.bearer(token);
        return HttpReply.of(server.port(), method, path, body, headers);
    }

    private Json create(String body, String token) {
        HttpReply reply = call("POST", "/admin/tokens", body, token);
        assertEquals(201, reply.status(), reply.body());
        assertEquals("no-store", reply.header("Cache-Control").orElse(""));
        return reply.json();
    }

    private String admin() {
        return create("{\"name\":\"root\",\"admin\":true}", EMPTY).at("token").text();
    }

    private HttpReply chat(String token) {
        return call("POST", "/v1/chat/completions", CHAT, token);
    }

    private static String code(HttpReply reply) {
        return reply.json().at("error").at("code").text();
    }

    /** X4: nobody is asked until there is a token, and then everybody is. */
    @Test
    void theFirstTokenClosesTheServer() {
        assertEquals(200, chat(EMPTY).status());
        assertEquals(200, chat("anything").status(), "where nobody is asked, nothing is read");
        assertFalse(Files.exists(folder.resolve("nightjar.mv.db")), "nothing was kept so far");
        assertTrue(call("GET", "/admin/whoami", null, EMPTY).json().at("open").bool());
        HttpReply first = call("POST", "/admin/tokens", "{\"name\":\"a\"}", EMPTY);
        assertEquals(409, first.status(), first.body());
        assertEquals("admin_token_first", code(first));
        String admin = admin();
        assertEquals(401, chat(EMPTY).status());
        assertEquals(200, chat(admin).status());
        Json me = call("GET", "/admin/whoami", null, admin).json();
        assertEquals("root", me.at("name").text());
        assertFalse(me.at("open").bool());
        assertTrue(me.at("authenticated").bool() && me.at("admin").bool());
    }

    /** O2, O4. */
    @Test
    void aTokenIsShownOnceAndRevokedAtOnce() throws Exception {
        String admin = admin();
        Json made =
                create("{\"name\":\"new-token\",\"never_expires\":true,\"tier\":\"gold\"}", admin);
        String token = made.at("token").text();
        String second = create("{\"name\":\"second\"}", admin).at("token").text();
        assertTrue(made.at("expires_at").isNull());
        assertEquals(200, chat(token).status());
        HttpReply list = call("GET", "/admin/tokens", null, admin);
        assertFalse(list.body().contains(token), "shown once");
        Json listed = list.json().at("tokens.1");
        assertEquals("new-token", listed.at("name").text());
        assertEquals("active", listed.at("state").text());
        assertTrue(token.startsWith(listed.at("prefix").text()));
        assertFalse(listed.at("last_used_at").isNull());
        assertTrue(list.json().at("tokens.0.last_used_at").isNull());
        String id = made.at("id").text();
        HttpReply revoked = call("DELETE", "/admin/tokens/" + id, null, admin);
        assertEquals("revoked", revoked.json().at("state").text(), revoked.body());
        HttpReply refused = chat(token);
        assertEquals(401, refused.status());
        assertEquals("invalid_api_key", code(refused));
        assertEquals(200, chat(second).status(), "several are active at once");
        assertEquals(404, call("DELETE", "/admin/tokens/tok_none", null, admin).status());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        Files.readString(file, StandardCharsets.ISO_8859_1).contains(token),
                        file.toString());
            }
        }
    }

    /** O3, O33. */
    @Test
    void tokensEnd() throws InterruptedException {
        String admin = admin();
        assertTrue(chat(admin).header("X-Token-Expires-In").isEmpty(), "90 days");
        Json made = create("{\"name\":\"short\",\"expires_in\":1}", admin);
        String token = made.at("token").text();
        HttpReply early = chat(token);
        Instant end = Instant.parse(made.at("expires_at").text());
        if (Instant.now().isBefore(end)) { // else this machine is too slow to tell
            assertEquals(200, early.status(), early.body());
            assertTrue(Long.parseLong(early.header("X-Token-Expires-In").orElseThrow()) <= 1);
        }
        while (Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
        HttpReply late = chat(token);
        assertEquals(401, late.status());
        assertEquals("token_expired", code(late));
        assertEquals(
                "expired",
                call("GET", "/admin/tokens", null, admin).json().at("tokens.0.state").text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"\"}",
                "{\"name\":7}",
                "{\"name\":\"a\",\"expires_in\":0}",
                "{\"name\":\"a\",\"expires_at\":\"2001-01-01T00:00:00Z\"}",
                "{\"name\":\"a\",\"expires_at\":\"tomorrow\"}",
                "{\"name\":\"a\",\"expires_in\":5,\"never_expires\":true}",
                "{\"name\":\"a\",\"tasks\":[\"sing\"]}",
                "{\"name\":\"a\",\"models\":[\"\"]}",
                "{\"name\":\"a\",\"models\":\"b\"}"
            })
    void whatIsAskedForHasToMakeSense(String body) {
        HttpReply reply = call("POST", "/admin/tokens", body, EMPTY);
        assertEquals(400, reply.status(), reply.body());
        assertFalse(reply.json().at("error").at("param").isNull(), reply.body());
        assertFalse(Files.exists(folder.resolve("nightjar.mv.db")));
    }

    /** O5, O34: each way to fail has a code of its own. */
    @Test
    void errorsSayWhich() {
        String admin = admin();
        String ofTask = create("{\"name\":\"e\",\"tasks\":[\"embed\"]}", admin).at("token").text();
        assertEquals("authentication_required", code(chat(EMPTY)));
        assertEquals("invalid_token", code(chat("nonsense")));
        assertEquals("invalid_token", code(chat(admin.substring(1))));
        HttpReply denied = chat(ofTask);
        assertEquals(403, denied.status());
        assertEquals("permission_denied", code(denied));
        HttpReply noModel =
                call(
                        "POST",
                        "/v1/chat/completions",
                        "{\"model\":\"none\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                        admin);
        assertEquals(404, noModel.status());
        assertEquals("model_not_found", code(noModel));
    }

    /** B16: a model's token, under all names of its versions; lists show no other model. */
    @Test
    void aModelsTokenIsForThatModel() {
        String admin = admin();
        String path = "/admin/models/" + TestModels.NAME + "/tokens";
        HttpReply made = call("POST", path, "{\"name\":\"m\"}", admin);
        assertEquals(201, made.status(), made.body());
        assertEquals(TestModels.NAME, made.json().at("models.0").text());
        assertEquals(1, call("GET", path, null, admin).json().at("tokens").size());
        assertEquals(
                1,
                call("GET", "/admin/tokens?model=" + TestModels.NAME, null, admin)
                        .json()
                        .at("tokens")
                        .size());
        assertEquals(404, call("GET", "/admin/models/none/tokens", null, admin).status());
        String token = made.json().at("token").text();
        assertEquals(200, chat(token).status());
        Json models = call("GET", "/v1/models", null, token).json().at("data");
        assertEquals(1, models.size());
        assertEquals(TestModels.NAME, models.at("0").at("id").text());
        assertEquals(403, call("GET", "/v1/models/bluefly-text-1", null, token).status());
        String other = "{\"prompt\":\"Once\",\"max_tokens\":2,\"model\":\"bluefly-text-1\"}";
        assertEquals("permission_denied", code(call("POST", "/v1/completions", other, token)));
        HttpReply unknown =
                call("POST", "/v1/completions", other.replace("bluefly-text-1", "none"), token);
        assertEquals("model_not_found", code(unknown));
        assertFalse(unknown.body().contains("bluefly"), unknown.body());
        String blue =
                create("{\"name\":\"v\",\"models\":[\"bluefly-text-1\"]}", admin)
                        .at("token")
                        .text();
        assertEquals(200, call("POST", "/v1/completions", other, blue).status());
        assertEquals(
                200,
                call("POST", "/v1/completions", other.replace("text-1", "text-1-stable"), blue)
                        .status());
        assertEquals(403, chat(blue).status());
        HttpReply lenient =
                call("POST", "/completions", "{\"prompt\":\"Once\",\"max_tokens\":2}", blue);
        assertEquals(200, lenient.status(), "the first model is the first of its own");
    }

    /** O10, and what clients of Anthropic and Azure send. */
    @Test
    void headersThatMayCarryTheToken() {
        String admin = admin();
        for (String name : List.of("Bearer", "x-api-key", "api-key")) {
            assertEquals(
                    200,
                    HttpReply.of(server.port(), "GET", "/v1/models", null, Map.of(name, admin))
                            .status(),
                    name);
        }
        for (String value : List.of("bearer " + admin, "Bearer: " + admin, "BEARER   " + admin)) {
            assertEquals(
                    200,
                    HttpReply.of(
                                    server.port(),
                                    "GET",
                                    "/v1/models",
                                    null,
                                    Map.of("Authorization", value))
                            .status(),
                    value.substring(0, 8));
        }
    }

    /** Whoever guesses is slowed down; whoever knows a token is not. */
    @Test
    void guessersAreSlowedDown() {
        String admin = admin();
        for (int i = 0; i < 20; i++) {
            assertEquals(401, chat("guess").status());
        }
        HttpReply refused = chat("guess");
        assertEquals(429, refused.status());
        assertEquals("too_many_failed_attempts", code(refused));
        assertTrue(Integer.parseInt(refused.header("Retry-After").orElseThrow()) > 0);
        assertEquals(200, chat(admin).status());
        assertEquals(401, chat(EMPTY).status(), "no token is no guess");
    }

    /** Pages of other sites reach the server through a browser on this machine. */
    @Test
    void pagesOfOtherSitesChangeNothing() {
        String body = "{\"name\":\"a\",\"admin\":true}";
        for (String header :
                List.of("Host: evil.example", "Host: 127.0.0.1\r\nOrigin: http://evil.example")) {
            try (RawClient client = server.connect()) {
                String reply =
                        client.write(
                                        "POST /admin/tokens HTTP/1.1\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
                                                .formatted(header, body.length(), body))
                                .readReply();
                assertTrue(reply.startsWith("HTTP/1.1 403"), reply);
            }
        }
        assertFalse(Files.exists(folder.resolve("nightjar.mv.db")));
    }

    /** B46. */
    @Test
    void theAuditLogTellsWhoDidWhat() {
        String admin = admin();
        Json made = create("{\"name\":\"x\"}", admin);
        call("DELETE", "/admin/tokens/" + made.at("id").text(), null, admin);
        chat("nj_wrong");
        chat("nj_wrong");
        HttpReply log = call("GET", "/admin/audit?limit=10", null, admin);
        assertFalse(log.body().contains(made.at("token").text()));
        Json events = log.json().at("events");
        assertEquals("authenticate", events.at("0").at("action").text(), log.body());
        assertEquals("POST /v1/chat/completions and 1 more", events.at("0").at("target").text());
        assertEquals("invalid_token", events.at("0").at("outcome").text());
        assertEquals("127.0.0.1", events.at("0").at("remote").text());
        assertEquals("token.revoke", events.at("1").at("action").text());
        assertEquals("ok", events.at("1").at("outcome").text());
        assertEquals("token.create", events.at("2").at("action").text());
        assertEquals("anybody", events.at("3").at("actor").text());
        assertEquals(400, call("GET", "/admin/audit?limit=many", null, admin).status());
    }

    /** B46: what is kept of a user can be seen and erased; that it was is kept. */
    @Test
    void theNameOfAUserIsErased() {
        String admin = admin();
        try (Store store = Store.of(StoreConfig.in(folder))) {
            new UsageTable(store)
                    .add(
                            List.of(
                                    new UsageRow(
                                            LocalDate.of(2026, 3, 1),
                                            "tok_1",
                                            "mine",
                                            "tiny",
                                            "u1",
                                            1,
                                            0,
                                            5,
                                            6,
                                            0)));
        }
        HttpReply export = call("GET", "/admin/data?user=u1", null, admin);
        assertEquals(5, export.json().at("usage.0.prompt_tokens").integer(), export.body());
        HttpReply erased = call("DELETE", "/admin/data?user=u1", null, admin);
        assertEquals(1, erased.json().at("erased").integer(), erased.body());
        HttpReply after = call("GET", "/admin/data?user=u1", null, admin);
        assertEquals(0, after.json().at("usage").size());
        assertEquals(400, call("DELETE", "/admin/data", null, admin).status());
        HttpReply log = call("GET", "/admin/audit", null, admin);
        assertTrue(log.body().contains("data.erase"), log.body());
        assertFalse(log.body().contains("u1"), log.body());
    }

    /**
     * Where nobody is asked, only what a page of the server itself or a program on this machine
     * sends may change the server; what a page from elsewhere has a browser send may not, nor learn
     * from the cache what others have asked.
     */
    @Test
    void pagesFromElsewhereAreNoAdministrators() {
        Map<String, Integer> expected = new LinkedHashMap<>();
        expected.put("Host: localhost:PORT", 200);
        expected.put("Host: 127.0.0.1:PORT", 200);
        expected.put("Host: [::1]:PORT", 200);
        expected.put("Host: [0:0:0:0:0:0:0:1]", 200);
        expected.put("Host: localhost:PORT\r\nOrigin: http://localhost:PORT", 200);
        expected.put("Host: localhost:PORT\r\nSec-Fetch-Site: same-origin", 200);
        expected.put("Host: localhost:PORT\r\nSec-Fetch-Site: none", 200);
        expected.put("Host: evil.example", 403);
        expected.put("Host: localhost.evil.example:PORT", 403);
        expected.put("Host: 127.0.0.1.evil.example", 403);
        expected.put("Host: [0:ffff::1]", 403);
        expected.put("Host: localhost:PORT\r\nOrigin: http://localhost:1", 403);
        expected.put("Host: localhost:PORT\r\nOrigin: https://evil.example", 403);
        expected.put("Host: localhost:PORT\r\nOrigin: null", 403);
        expected.put("Host: localhost:PORT\r\nSec-Fetch-Site: cross-site", 403);
        expected.put("Host: localhost:PORT\r\nSec-Fetch-Site: same-site", 403);
        expected.forEach(
                (headers, status) -> {
                    String head =
                            "GET /admin/audit HTTP/1.1\r\n"
                                    + headers.replace("PORT", Integer.toString(server.port()));
                    try (RawClient client = server.connect()) {
                        String reply = client.write(head + "\r\n\r\n").readReply();
                        assertTrue(reply.startsWith("HTTP/1.1 " + status), headers + "\n" + reply);
                    }
                });
    }

    @Test
    void pagesFromElsewhereDoNotShareKnownResults() {
        String body = CHAT.replace("\"max_tokens\"", "\"temperature\":0,\"max_tokens\"");
        for (String cache : List.of("MISS", "HIT")) {
            HttpReply own =
                    HttpReply.of(server.port(), "POST", "/v1/chat/completions", body, Map.of());
            assertEquals(cache, own.header("X-Cache").orElse(""), own.body());
        }
        for (String cache : List.of("MISS", "HIT")) {
            try (RawClient client = server.connect()) { // it calls the server by no loopback name
                String foreign = client.post("/v1/chat/completions", body).readReply();
                assertTrue(foreign.contains("X-Cache: " + cache), foreign);
            }
        }
    }

    @Test
    void otherMachinesAreLetInWithTokensOnly() {
        ServerOptions everywhere = ServerOptions.defaults().withAddress("0.0.0.0", 0);
        UnguardedAddressException refused =
                assertThrows(
                        UnguardedAddressException.class,
                        () -> NightjarServer.openWithoutModels(everywhere));
        assertTrue(refused.getMessage().contains("token create"), refused.getMessage());
        AuthConfig auth = AuthConfig.defaults();
        NightjarServer.openWithoutModels(everywhere.withAuth(auth.openToAll())).close();
        try (NightjarServer asking =
                NightjarServer.openWithoutModels(everywhere.withAuth(auth.always()))) {
            assertEquals(401, HttpReply.of(asking.port(), "GET", "/v1/models", null).status());
        }
    }
}
