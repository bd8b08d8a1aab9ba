package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.config.NightjarConfig;
import dev.nightjar.server.limit.count.RedisProcess;
import dev.nightjar.server.yaml.YamlFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers with one Redis and one PostgreSQL act as one. */
@Tag("full")
final class TwoNodesTest {

    private static RedisProcess redis;
    private static PostgresProcess database;

    @BeforeAll
    static void startStores() throws IOException {
        redis = RedisProcess.start();
        database = PostgresProcess.start();
    }

    @AfterAll
    static void stopStores() {
        if (redis != null) {
            redis.close();
        }
        if (database != null) {
            database.close();
        }
    }

    private static TestServer node(String limits) {
        String yaml =
                """
                store:
                  url: %s
                limits:
                  anonymous: small
                  redis: %s
                  tiers:
                    small: {%s}
                """
                        .formatted(database.url(), redis.url(), limits);
        NightjarConfig config =
                NightjarConfig.of(YamlFile.parse("test", yaml, NightjarConfig.KEYS, name -> null));
        return TestServer.start(
                LoadOptions.defaults(),
                ServerOptions.defaults().withStore(config.store()).withLimits(config.limits()));
    }

    private static HttpReply ask(TestServer node, int seed) {
        return node.post(
                "/v1/completions",
                "{\"model\":\"%s\",\"prompt\":\"Hi\",\"max_tokens\":2,\"seed\":%d,\"user\":\"u\"}"
                        .formatted(TestModels.NAME, seed));
    }

    private static Queue<HttpReply> askAtOnce(List<TestServer> nodes) throws InterruptedException {
        Queue<HttpReply> replies = new ConcurrentLinkedQueue<>();
        List<Thread> clients =
                IntStream.range(0, 64)
                        .mapToObj(
                                i ->
                                        Thread.ofVirtual()
                                                .start(() -> replies.add(ask(nodes.get(i % 2), i))))
                        .toList();
        for (Thread client : clients) {
            client.join();
        }
        return replies;
    }

    @Test
    void shareOneBudget() throws Exception {
        int most = 20;
        String limits = "requests_per_minute: %d, tokens_per_day: 100000".formatted(most);
        try (TestServer one = node(limits);
                TestServer other = node(limits)) {
            long begin = System.nanoTime();
            Queue<HttpReply> replies = askAtOnce(List.of(one, other));
            long refilled = Duration.ofNanos(System.nanoTime() - begin).toMillis() * most / 60_000;
            List<HttpReply> answered =
                    replies.stream().filter(reply -> reply.status() == 200).toList();
            long refused = replies.stream().filter(reply -> reply.status() == 429).count();
            assertEquals(64, answered.size() + refused);
            assertTrue(
                    answered.size() >= most && answered.size() <= most + refilled,
                    "%d admitted, %d refilled".formatted(answered.size(), refilled));
            long used =
                    answered.stream()
                            .mapToLong(reply -> reply.json().at("usage.total_tokens").integer())
                            .sum();
            for (TestServer node : List.of(one, other)) {
                Json limitsNow = node.get("/admin/limits").json();
                assertEquals("redis", limitsNow.at("store").text());
                long left = limitsNow.at("callers.0.tokens_per_day_left").integer();
                assertEquals(100_000 - used, left);
            }
            assertUsageAfterAWhile(one, used);
            assertUsageAfterAWhile(other, used);
        }
    }

    /** Each node shows what both have written, and what itself has not yet. */
    private static void assertUsageAfterAWhile(TestServer node, long used) {
        TestServer.await(
                "both have written",
                () -> {
                    Json rows = node.get("/admin/usage?user=u").json().at("rows");
                    long sum = 0;
                    for (int i = 0; i < rows.size(); i++) {
                        Json row = rows.at(Integer.toString(i));
                        sum += row.at("prompt_tokens").integer();
                        sum += row.at("completion_tokens").integer();
                    }
                    return sum == used;
                });
    }
}
