package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.auth.AuthConfig;
import dev.nightjar.server.store.AuditEvent;
import dev.nightjar.server.store.AuditTable;
import dev.nightjar.server.store.PostgresServer;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.UsageFilter;
import dev.nightjar.server.store.UsageRow;
import dev.nightjar.server.store.UsageTable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** O4: two nodes over one PostgreSQL. */
@Tag("full")
@SuppressWarnings("try") // the database goes while the servers are there
final class SharedStoreTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private static NightjarServer node(PostgresServer database) {
        return NightjarServer.openWithoutModels(
                ServerOptions.defaults()
                        .withAddress("127.0.0.1", 0)
                        .withStore(database.config())
                        .withAuth(AuthConfig.defaults()));
    }

    private static HttpReply call(
            NightjarServer node, String method, String path, String body, String token) {
        return HttpReply.of(node.port(), method, path, body, TestTokens.bearer(token));
    }

    @Test
    void aTokenIsRevokedOnAllNodesWithinASecond() throws Exception {
        try (PostgresServer database = PostgresServer.start();
                NightjarServer here = node(database);
                NightjarServer there = node(database)) {
            HttpReply first =
                    HttpReply.of(
                            here.port(),
                            "POST",
                            "/admin/tokens",
                            "{\"name\":\"root\",\"admin\":true}");
            assertEquals(201, first.status(), first.body());
            String admin = first.json().at("token").text();
            HttpReply made = call(here, "POST", "/admin/tokens", "{\"name\":\"x\"}", admin);
            String token = made.json().at("token").text();
            Thread.sleep(600); // the other node notices that there are tokens
            assertEquals(401, HttpReply.of(there.port(), "GET", "/v1/models", null).status());
            assertEquals(200, call(there, "GET", "/admin/whoami", null, token).status());
            String id = made.json().at("id").text();
            assertEquals(200, call(here, "DELETE", "/admin/tokens/" + id, null, admin).status());
            long begin = System.nanoTime();
            boolean isTaken = true;
            while (isTaken) {
                long elapsed = System.nanoTime() - begin;
                isTaken = call(there, "GET", "/admin/whoami", null, token).status() != 401;
                assertTrue(!isTaken || elapsed < Duration.ofSeconds(1).toNanos());
                Thread.sleep(20);
            }
            assertTrue(call(there, "GET", "/admin/audit", null, admin).body().contains(id));
            database.close();
            Thread.sleep(600);
            HttpReply without = call(there, "GET", "/admin/whoami", null, admin);
            assertEquals(503, without.status(), "nobody is let in unchecked");
            assertEquals(
                    "authentication_unavailable", without.json().at("error").at("code").text());
        }
    }

    @Test
    void usageOfManyNodesAddsUp() throws Exception {
        try (PostgresServer database = PostgresServer.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> nodes = new ArrayList<>();
            for (int node = 0; node < 8; node++) {
                nodes.add(threads.submit(adding(database)));
            }
            for (Future<?> node : nodes) {
                await(node);
            }
            try (Store store = Store.of(database.config())) {
                UsageRow total = new UsageTable(store).totals(UsageFilter.ALL).getFirst();
                assertEquals(400, total.requests());
                assertEquals(1_200, total.promptTokens());
                UsageTable usage = new UsageTable(store);
                assertEquals(2, usage.rows(UsageFilter.ALL).size());
                assertEquals(1, usage.forget("u1"));
                assertEquals(400, usage.totals(UsageFilter.ALL).getFirst().requests());
                AuditTable audit = new AuditTable(store);
                audit.add(List.of(new AuditEvent(Instant.now(), "a\0", "b", "c", "ok", "-", "-")));
                assertEquals("a", audit.latest(1).getFirst().actor());
                assertEquals(1, audit.trim(Instant.now().plusSeconds(1), 10));
            }
        }
    }

    private static Callable<Void> adding(PostgresServer database) {
        return () -> {
            try (Store store = Store.of(database.config())) {
                UsageTable usage = new UsageTable(store);
                for (int i = 0; i < 50; i++) {
                    String user = i % 2 == 0 ? "u1" : "";
                    usage.add(List.of(new UsageRow(DAY, "tok_1", "t", "m", user, 1, 0, 3, 0, 0)));
                }
            }
            return null;
        };
    }

    private static void await(Future<?> node) throws InterruptedException {
        try {
            node.get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
    }
}
